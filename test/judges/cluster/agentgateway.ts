import { ApiServer } from './api-server';
import { Manifest } from './client';
import { Agentgateway } from './controllers/agentgateway';
import { codesIn, examplesForAgentgateway, gatewayOf } from './examples/programs';
import { table } from '../../contract/declarations';
import { isSupported, TestedPlatform, testedPlatforms } from '../../contract/platforms';
import { World } from '../../contract/world';
import { AgentgatewayRelease, CrdTarget } from '../crd/release-set';
import { JudgeResult } from '../results';

const API_SERVER = 'API server, agentgateway';
const CONTROLLER = 'agentgateway controller';

/** Each release, with the Envoy Gateway that brings the same Gateway API. */
const TARGETS: { readonly [release: string]: CrdTarget & { readonly agentgateway: AgentgatewayRelease } } = {
  'v1.0': { aiGateway: 'v1.1.0', envoyGateway: 'v1.8.1', agentgateway: 'v1.0.0' },
  'v1.4': { aiGateway: 'v1.1.0', envoyGateway: 'v1.9.0', agentgateway: 'v1.4.1' },
};
/** The release of the controller that we are given. */
const CONTROLLER_RELEASE = 'v1.4';

/** Every program of the table of platforms, and every example, that agentgateway can express: before an API server and before its controller. */
export async function judgeAgentgateway(): Promise<JudgeResult[]> {
  const results: JudgeResult[] = [];
  for (const tested of testedPlatforms.filter(({ id }) => id === 'agentgateway')) results.push(...await judgeRelease(tested));
  if (Agentgateway.program() === undefined) results.push({ judge: CONTROLLER, cases: 0, failed: 0, skipped: 'AGENTGATEWAY_CONTROLLER_BIN is not set' });
  return results;
}

async function judgeRelease(tested: TestedPlatform): Promise<JudgeResult[]> {
  const programs = [...programsOf(tested), ...await examplesOf(tested)];
  const server = await ApiServer.start(TARGETS[tested.release]);
  const program = tested.release === CONTROLLER_RELEASE ? Agentgateway.program() : undefined;
  const controller = program === undefined ? undefined : await Agentgateway.start(server, program);
  try {
    let refused = 0;
    let bad = 0;
    await controller?.assertJudges();
    for (const { what, manifests } of programs) {
      const refusals = await apply(server, manifests);
      refused += tell(API_SERVER, what, refusals);
      if (controller && refusals.length === 0) bad += tell(CONTROLLER, what, await controller.complaintsAbout(manifests));
      await server.reset();
    }
    server.assertRunning();
    process.stdout.write(`${tested.platform.name}: ${programs.length} programs, ${refused} refused by the API server${controller ? `, ${bad} by the controller` : ''}\n`);
    return [
      { judge: API_SERVER, cases: programs.length, failed: refused },
      ...(controller ? [{ judge: CONTROLLER, cases: programs.length, failed: bad }] : []),
    ];
  } finally {
    await controller?.stop();
    await server.stop();
  }
}

interface Program {
  readonly what: string;
  readonly manifests: readonly Manifest[];
}

/** What an example declares that agentgateway lacks has to be told by codes, or at once by a call that names the platform. */
async function examplesOf({ release, platform }: TestedPlatform): Promise<Program[]> {
  const examples = (await examplesForAgentgateway(release)).filter(example => gatewayOf(example) !== 'kgateway');
  const refused = examples.flatMap(example => (example.refused === undefined ? [] : [`${example.name} [${codesIn(example.refused).join(', ') || 'misuse'}]`]));
  const unexplained = examples.find(({ refused: why }) => why !== undefined && codesIn(why).length === 0 && !why.includes(platform.name));
  if (unexplained) throw new Error(`${unexplained.name} does not synthesize for ${platform.name}, and no code says why: ${unexplained.refused}`);
  process.stdout.write(`${platform.name}: refused at synth: ${refused.join(', ')}\n`);
  return examples.filter(example => gatewayOf(example) === 'agentgateway')
    .map(({ name, manifests }) => ({ what: `example ${name}`, manifests: manifests.map(({ manifest }) => manifest) }));
}

function programsOf(tested: TestedPlatform): Program[] {
  const declarations = table.flatMap(section => section.declarations).filter(({ on }) => isSupported(on[tested.id], tested));
  return declarations.map(({ what, program }) => {
    const world = new World(tested);
    program(world);
    return { what, manifests: world.manifests() as Manifest[] };
  });
}

async function apply(server: ApiServer, manifests: readonly Manifest[]): Promise<string[]> {
  const complaints: string[] = [];
  for (const manifest of manifests) {
    const { refused, warnings } = await server.apply(manifest);
    complaints.push(...[...(refused === undefined ? [] : [refused]), ...warnings].map(complaint => `${manifest.kind} ${manifest.metadata.name}: ${complaint}`));
  }
  return complaints;
}

/** One failed case, or none. */
function tell(judge: string, what: string, complaints: readonly string[]): number {
  for (const complaint of complaints) process.stdout.write(`FAILED ${judge}, ${what}: ${complaint}\n`);
  return complaints.length > 0 ? 1 : 0;
}

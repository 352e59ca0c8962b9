import { judgeAgentgateway } from './agentgateway';
import { ApiServer } from './api-server';
import { Agentgateway } from './controllers/agentgateway';
import { AiGateway } from './controllers/ai-gateway';
import { EnvoyGateway } from './controllers/envoy-gateway';
import { complaintsOfRole, identitiesProgram } from './controllers/identities';
import { assertEnvoyGatewayJudges, Case, complaintsOfBoth, complaintsOfEnvoyGateway, forget } from './controllers/judge';
import { besideOf } from './examples/beside';
import { codesIn, examplesFor, gatewayOf, Program } from './examples/programs';
import { AI_GATEWAY_RELEASES, CrdTarget, envoyGatewayOf } from '../crd/release-set';
import { JudgeResult, recordResult, table } from '../results';

type Target = CrdTarget & Required<Pick<CrdTarget, 'channel'>>;

const TARGETS: readonly Target[] = AI_GATEWAY_RELEASES.flatMap(aiGateway =>
  (['standard', 'experimental'] as const).map(channel => ({ aiGateway, channel })));

const API_SERVER = 'API server';
const ENVOY_GATEWAY = 'Envoy Gateway controller';
const AI_GATEWAY = 'AI gateway controller';
/** The release of the controller that we can build, and of the one that we are given. */
const ENVOY_GATEWAY_RELEASE = 'v1.8.1';
const AI_GATEWAY_RELEASE = 'v1.1.0';

// Until it is through, it failed: a process that waits for nothing any more ends without a word.
process.exitCode = 1;
void main(process.argv.slice(2)).then(failed => process.exitCode = failed ? 1 : 0);

async function main(only: readonly string[]): Promise<boolean> {
  const results: JudgeResult[] = [];
  const missing = ApiServer.missing();
  if (missing !== undefined) {
    results.push(...[API_SERVER, ENVOY_GATEWAY].map(judge => ({ judge, cases: 0, failed: 0, skipped: missing })));
    process.stdout.write(`test:cluster: skipped, ${missing}\n`);
  } else {
    const targets = TARGETS.filter(({ aiGateway }) => only.length === 0 || only.includes(aiGateway));
    const jobs = targets.map(target => async () => judgeTarget(target));
    if (only.length === 0 || only.includes('agentgateway')) jobs.push(judgeAgentgateway);
    // The controllers that we are given listen on fixed ports.
    const given = [AiGateway.program(), Agentgateway.program()].some(program => program !== undefined);
    results.push(...(await sideBySide(jobs, given ? 1 : 2)).flat());
  }
  if (AiGateway.program() === undefined) results.push({ judge: AI_GATEWAY, cases: 0, failed: 0, skipped: 'AIGW_CONTROLLER_BIN is not set' });
  for (const result of results) recordResult(result);
  process.stdout.write(`\n${table(results)}\n`);
  return results.some(({ failed }) => failed > 0);
}

/** Each waits for its servers most of the time. */
async function sideBySide<T>(jobs: readonly (() => Promise<T>)[], workers: number): Promise<T[]> {
  const results = new Array<T>(jobs.length);
  const waiting = jobs.entries();
  await Promise.all(Array.from({ length: workers }, async () => {
    for (const [at, job] of waiting) results[at] = await job();
  }));
  return results;
}

async function judgeTarget(target: Target): Promise<JudgeResult[]> {
  // Of kgateway there are no CRD files.
  const programs = (await examplesFor(target)).filter(program => gatewayOf(program) !== 'kgateway');
  const label = `${target.aiGateway} ${target.channel}`;
  const server = await ApiServer.start(target);
  const stops: (() => Promise<void>)[] = [];
  try {
    await assertServerJudges(server);
    const results = [await judgeByServer(programs, server, label)];
    if (envoyGatewayOf(target) === ENVOY_GATEWAY_RELEASE) {
      const gateway = await EnvoyGateway.start(server, target.channel);
      stops.push(async () => gateway.stop());
      await assertEnvoyGatewayJudges(server, gateway);
      results.push(await judgeByControllers(ENVOY_GATEWAY, programs, server, gateway, label,
        async given => complaintsOfEnvoyGateway(server, gateway, given)));
      const program = AiGateway.program();
      if (program !== undefined && target.aiGateway === AI_GATEWAY_RELEASE) {
        const ai = await AiGateway.start(server, program);
        stops.push(async () => ai.stop());
        results.push(await judgeByControllers(AI_GATEWAY, programs, server, gateway, label,
          async given => complaintsOfBoth(server, gateway, ai, given)));
        results.push(await judgeIdentities(server, gateway, ai, label));
      }
    }
    server.assertRunning();
    return results;
  } finally {
    for (const stop of stops.reverse()) await stop();
    await server.stop();
  }
}

async function judgeByServer(programs: readonly Program[], server: ApiServer, target: string): Promise<JudgeResult> {
  const refusals = programs.filter(({ refused }) => refused !== undefined);
  let failed = 0;
  for (const program of programs) {
    failed += tell(API_SERVER, target, program, await complaintsOfServer(program, server));
    await server.reset();
  }
  const told = refusals.map(({ name, refused }) => `${name} [${codesIn(refused!).join(', ')}]`);
  process.stdout.write(`${API_SERVER}, ${target}: ${programs.length} programs, ${failed} failed${told.length > 0 ? `; refused at synth: ${told.join(', ')}` : ''}\n`);
  return { judge: API_SERVER, cases: programs.length, refused: refusals.length, failed };
}

async function judgeByControllers(
  judge: string, programs: readonly Program[], server: ApiServer, gateway: EnvoyGateway, target: string,
  complaintsAbout: (given: Case) => Promise<string[]>,
): Promise<JudgeResult> {
  const synthesized = programs.filter(program => program.refused === undefined && gatewayOf(program) === 'envoy');
  let failed = 0;
  for (const program of synthesized) {
    const refusals = await complaintsOfServer(program, server);
    const complaints = await complaintsAbout({ manifests: program.manifests.map(({ manifest }) => manifest), beside: besideOf(program, programs) });
    failed += tell(judge, target, program, [...refusals, ...complaints]);
    await server.reset();
    await forget(server);
    await gateway.idle();
  }
  process.stdout.write(`${judge}, ${target}: ${synthesized.length} programs, ${failed} failed\n`);
  return { judge, cases: synthesized.length, failed };
}

/** Every credential for which somebody is asked for a token, and what the controller makes of the answer. */
async function judgeIdentities(server: ApiServer, gateway: EnvoyGateway, ai: AiGateway, target: string): Promise<JudgeResult> {
  const program: Program = { name: 'identities', manifests: identitiesProgram().map(manifest => ({ manifest, text: JSON.stringify(manifest) })) };
  const refusals = await complaintsOfServer(program, server);
  const complaints = await complaintsOfBoth(server, gateway, ai, { manifests: program.manifests.map(({ manifest }) => manifest), beside: [] });
  const failed = tell(AI_GATEWAY, target, program, [...refusals, ...complaints, ...await complaintsOfRole(server)]);
  await server.reset();
  await forget(server);
  await gateway.idle();
  process.stdout.write(`${AI_GATEWAY}, ${target}: tokens for identities, ${failed} failed\n`);
  return { judge: AI_GATEWAY, cases: 1, failed };
}

/** One failed case, or none. */
function tell(judge: string, target: string, { name }: Program, complaints: readonly string[]): number {
  for (const complaint of complaints) process.stdout.write(`FAILED ${judge}, ${target}, ${name}: ${complaint}\n`);
  return complaints.length > 0 ? 1 : 0;
}

async function complaintsOfServer({ refused, manifests }: Program, server: ApiServer): Promise<string[]> {
  if (refused !== undefined) return codesIn(refused).length > 0 ? [] : [`does not synthesize, and no code says why: ${refused}`];
  const complaints: string[] = [];
  for (const { manifest, text } of manifests) {
    const { refused: reason, warnings } = await server.apply(manifest, text);
    complaints.push(...[...(reason === undefined ? [] : [reason]), ...warnings].map(complaint => `${manifest.kind} ${manifest.metadata.name}: ${complaint}`));
  }
  return complaints;
}

/** A judge that takes everything would find nothing wrong with us either. */
async function assertServerJudges(server: ApiServer): Promise<void> {
  const metadata = { name: 'judge', namespace: 'judge' };
  const backend = { apiVersion: 'gateway.envoyproxy.io/v1alpha1', kind: 'Backend', metadata };
  const endpoint = { fqdn: { hostname: 'example.com', port: 443 } };
  const unknownField = await server.apply({ ...backend, spec: { endpoints: [endpoint], endpoint: [] } });
  const brokenRule = await server.apply({ ...backend, spec: { endpoints: [{ ...endpoint, ip: { address: '10.0.0.1', port: 443 } }] } });
  const deprecated = await server.apply({ apiVersion: 'v1', kind: 'Endpoints', metadata });
  await server.reset();
  if (!unknownField.refused?.includes('unknown field "spec.endpoint"')) throw new Error(`an unknown field passed: ${JSON.stringify(unknownField)}`);
  if (brokenRule.refused === undefined) throw new Error('a broken rule of a CRD passed');
  if (deprecated.warnings.length === 0) throw new Error('a deprecated kind passed without a warning');
}

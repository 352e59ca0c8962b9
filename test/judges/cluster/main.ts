import { ApiServer } from './api-server';
import { codesIn, examplesFor, Program } from './examples/programs';
import { AI_GATEWAY_RELEASES, CrdTarget } from '../crd/release-set';
import { JudgeResult, recordResult, table } from '../results';

const TARGETS: readonly Required<Pick<CrdTarget, 'aiGateway' | 'channel'>>[] = AI_GATEWAY_RELEASES.flatMap(aiGateway =>
  (['standard', 'experimental'] as const).map(channel => ({ aiGateway, channel })));

const API_SERVER = 'API server';

void main().then(failed => process.exitCode = failed ? 1 : 0);

async function main(): Promise<boolean> {
  const results: JudgeResult[] = [];
  const missing = ApiServer.missing();
  if (missing !== undefined) {
    results.push({ judge: API_SERVER, cases: 0, failed: 0, skipped: missing });
    // Without a Go there is nothing to do; a lack of CRD files is told the same way.
    process.stdout.write(`test:cluster: skipped, ${missing}\n`);
  } else {
    for (const target of TARGETS) results.push(await judgeTarget(target));
  }
  for (const result of results) recordResult(result);
  process.stdout.write(`\n${table(results)}\n`);
  return results.some(({ failed }) => failed > 0);
}

async function judgeTarget(target: CrdTarget): Promise<JudgeResult> {
  const programs = examplesFor(target);
  const server = await ApiServer.start(target);
  const label = `${target.aiGateway} ${target.channel}`;
  try {
    await assertJudges(server);
    let failed = 0;
    for (const program of programs) {
      const complaints = await complaintsAbout(program, server);
      await server.reset();
      if (complaints.length > 0) failed++;
      for (const complaint of complaints) process.stdout.write(`FAILED ${label} ${program.name}: ${complaint}\n`);
    }
    const refusals = programs.filter(({ refused }) => refused !== undefined);
    const told = refusals.map(({ name, refused }) => `${name} [${codesIn(refused!).join(', ')}]`);
    process.stdout.write(`${label}: ${programs.length} programs, ${failed} failed${told.length > 0 ? `; refused at synth: ${told.join(', ')}` : ''}\n`);
    return { judge: API_SERVER, cases: programs.length, refused: refusals.length, failed };
  } finally {
    await server.stop();
  }
}

/** A judge that takes everything would find nothing wrong with us either. */
async function assertJudges(server: ApiServer): Promise<void> {
  const metadata = { name: 'judge', namespace: 'judge' };
  const backend = { apiVersion: 'gateway.envoyproxy.io/v1alpha1', kind: 'Backend', metadata };
  const unknownField = await server.apply({ ...backend, spec: { endpoints: [{ fqdn: { hostname: 'example.com', port: 443 } }], endpoint: [] } });
  const brokenRule = await server.apply({ ...backend, spec: { endpoints: [{ fqdn: { hostname: 'example.com', port: 443 }, ip: { address: '10.0.0.1', port: 443 } }] } });
  const deprecated = await server.apply({ apiVersion: 'v1', kind: 'Endpoints', metadata });
  await server.reset();
  if (!unknownField.refused?.includes('unknown field "spec.endpoint"')) throw new Error(`an unknown field passed: ${JSON.stringify(unknownField)}`);
  if (brokenRule.refused === undefined) throw new Error('a broken rule of a CRD passed');
  if (deprecated.warnings.length === 0) throw new Error('a deprecated kind passed without a warning');
}

async function complaintsAbout({ refused, manifests }: Program, server: ApiServer): Promise<string[]> {
  if (refused !== undefined) return codesIn(refused).length > 0 ? [] : [`does not synthesize, and no code says why: ${refused}`];
  const complaints: string[] = [];
  for (const { manifest, text } of manifests) {
    const { refused: reason, warnings } = await server.apply(manifest, text);
    complaints.push(...[...(reason === undefined ? [] : [reason]), ...warnings].map(complaint => `${manifest.kind} ${manifest.metadata.name}: ${complaint}`));
  }
  return complaints;
}

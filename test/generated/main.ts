import { isDeepStrictEqual } from 'node:util';
import { Cluster, LEAST_PER_PAIR, slotOf, WHOLE_RUN } from './arbitraries/slots';
import { NEVER_MADE } from './coverage';
import { printed } from './json';
import { keep, keptPrograms } from './kept';
import { run, RunResult } from './run';
import { Ahead } from './ahead';
import { ServerJudge } from './server-judge';
import { ApiServer } from '../judges/cluster/api-server';
import { CrdJudge } from '../judges/crd/judge';
import { recordResult } from '../judges/results';

/**
 * Generates programs and judges each by the CRDs, and its manifests by a real API server. `GENERATED_COUNT` programs
 * (1000) of `GENERATED_SEED` (another one each time), or only `GENERATED_ONLY`, a number of a run before.
 */
const JUDGE = 'generated programs';
const LEAST_MADE = 0.6;

async function main(): Promise<number> {
  const seed = Number(process.env.GENERATED_SEED ?? Date.now() % 1_000_000);
  const only = process.env.GENERATED_ONLY;
  const count = Number(process.env.GENERATED_COUNT ?? WHOLE_RUN);
  if (!CrdJudge.available()) {
    const skipped = 'no CRD folder (set CRDS_DIR)';
    console.log(`${JUDGE}: skipped, ${skipped}`);
    recordResult({ judge: JUDGE, cases: 0, failed: 0, skipped });
    return 0;
  }
  const missing = ApiServer.missing();
  if (missing !== undefined) console.log(`API server: skipped, ${missing}; the CRDs judge alone`);
  const numbers = only === undefined ? Array.from({ length: count }, (_, number) => number) : [Number(only)];
  console.log(`seed ${seed}: GENERATED_SEED=${seed} npm run test:generated makes the same programs`);
  const started = Date.now();
  const results: RunResult[] = [];
  const clusters = [...byCluster(numbers)];
  const servers = new Ahead(clusters.map(([cluster]) => async () => ServerJudge.start(cluster)));
  for (const [cluster, own] of clusters) {
    const server = await servers.next();
    try {
      results.push(await run({
        seed,
        numbers: own,
        kept: keptPrograms().filter(({ program: { platform: { on: _, ...at } } }) => isDeepStrictEqual(at, cluster)),
        judge: server && (async (_, yaml) => server.complaints(yaml)),
      }));
    } catch (error) {
      await servers.drop();
      throw error;
    } finally {
      await server?.stop();
    }
    console.log(`${describe(cluster)}: ${own.length} programs`);
  }
  return report(results, only === undefined && count >= WHOLE_RUN, Date.now() - started);
}

function byCluster(numbers: readonly number[]): Map<Cluster, number[]> {
  const clusters = new Map<string, Cluster>();
  const groups = new Map<Cluster, number[]>();
  for (const number of numbers) {
    const { cluster } = slotOf(number);
    const key = JSON.stringify(cluster);
    const same = clusters.get(key) ?? cluster;
    clusters.set(key, same);
    groups.set(same, [...groups.get(same) ?? [], number]);
  }
  return groups;
}

function report(results: readonly RunResult[], whole: boolean, ms: number): number {
  const sum = (of: (result: RunResult) => number) => results.reduce((total, result) => total + of(result), 0);
  const [made, refused, manifests] = [sum(r => r.made), sum(r => r.refused), sum(r => r.manifests)];
  const failures = results.flatMap(result => result.failures);
  const cases = made + refused + sum(r => r.crashed);
  console.log(`${cases} programs in ${Math.round(ms / 1000)} s: ${made} made ${manifests} manifests, ${refused} were refused with a code, ${failures.length} failed`);
  const coverage = results.map(result => result.coverage).reduce((all, next) => all.with(next));
  console.log(coverage.summary(NEVER_MADE));
  console.log(`refused by: ${frequent(results)}`);
  for (const { name, program, complaints } of failures) {
    console.error(`\n${name}, kept as ${keep(program)}:\n${complaints.join('\n')}\n${printed(program)}`);
  }
  const lacking = whole ? [
    ...coverage.lacking(LEAST_PER_PAIR, NEVER_MADE),
    ...(made < LEAST_MADE * cases ? [`${made} of ${cases} programs were synthesized, ${LEAST_MADE * 100} % are asked for`] : []),
  ] : [];
  for (const text of lacking) console.error(text);
  recordResult({ judge: JUDGE, cases, refused, failed: failures.length + lacking.length });
  return failures.length + lacking.length === 0 ? 0 : 1;
}

function frequent(results: readonly RunResult[]): string {
  const all = new Map<string, number>();
  for (const { codes } of results) for (const [code, count] of codes) all.set(code, (all.get(code) ?? 0) + count);
  return [...all].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([code, count]) => `${code} ${count}`).join(', ');
}

function describe({ gateway, release, envoyGateway, channel }: Cluster): string {
  if (gateway !== undefined) return `${gateway} ${release}`;
  return [`Envoy AI Gateway ${release}`, envoyGateway && `Envoy Gateway ${envoyGateway}`, channel].filter(Boolean).join(', ');
}

void main().then(code => {
  process.exitCode = code;
});

import { accountOf, CEL_ACCOUNTS } from './limits/cel-accounts';
import { celRulesOf, CLUSTERS, limitsOf, writtenKinds } from './limits/crd-limits';
import { survey } from './limits/survey';
import { tryAccount, tryLimit } from './limits/verdicts';
import { definitionOf } from '../../src/catalogue';
import { describeWithCrds } from '../judges/crd/judge';

describeWithCrds('limits of the CRDs', () => {
  test('each that a schema sets is found by us where the server finds it, and none can be acknowledged', () => {
    const seen = new Set<object>();
    const missed: string[] = [];
    let count = 0;
    for (const cluster of CLUSTERS) {
      for (const kind of writtenKinds(cluster)) {
        if (seen.has(kind.version)) continue;
        seen.add(kind.version);
        for (const limit of limitsOf(kind)) {
          const verdict = tryLimit(limit, kind, cluster);
          count++;
          if (verdict?.refusedThere && verdict.codes.some(code => definitionOf(code)?.final)) continue;
          missed.push(`${cluster.release} ${limit.kind} ${limit.path} ${limit.keyword}: ${verdict ? JSON.stringify(verdict) : 'nothing breaks it'}`);
        }
      }
    }
    expect(missed).toEqual([]);
    expect(count).toBeGreaterThan(5000);
  }, 120_000);

  test.each(CEL_ACCOUNTS.map(account => [account.kind, account.message, account] as const))('%s: %s', (_, message, account) => {
    const { good, broken, codes } = tryAccount(account);
    expect(good).toEqual([]);
    expect(broken).toContainEqual(expect.stringContaining(message));
    if (account.left === undefined) expect(codes).not.toEqual([]);
  });

  test('every CEL rule on what constructs write is accounted for', () => {
    const reached = survey();
    const open = new Set<string>();
    for (const cluster of CLUSTERS) {
      for (const rule of writtenKinds(cluster).flatMap(celRulesOf)) {
        if (!reached.get(rule.kind)?.has(rule.path) || accountOf(rule) || /\boldSelf\b/.test(rule.rule)) continue;
        open.add(`${rule.kind} ${rule.path}: ${rule.message ?? rule.rule}`);
      }
    }
    expect([...open]).toEqual([]);
  }, 120_000);
});

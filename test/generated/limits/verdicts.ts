import { CrdJudge } from '../../judges/crd/judge';
import { Cluster } from '../arbitraries/slots';
import { crdTarget } from '../judgement';
import { accountOf, CEL_ACCOUNTS, CelAccount, manifestsOf } from './cel-accounts';
import { celRulesOf, CLUSTERS, Limit, WrittenKind, writtenKinds } from './crd-limits';
import { codesOf, generalErrors } from './ours';
import { violate } from './violate';

/** What becomes of a manifest that breaks one limit. */
export interface LimitVerdict {
  readonly limit: Limit;
  /** Whether the server refuses it at that place. */
  readonly refusedThere: boolean;
  /** Our codes at that place. */
  readonly codes: readonly string[];
}

/** Breaks a limit, and asks both. */
export function tryLimit(limit: Limit, { crd, version }: WrittenKind, cluster: Cluster): LimitVerdict | undefined {
  const violation = violate(limit, { apiVersion: `${crd.group}/${version.name}`, namespaced: crd.namespaced });
  if (!violation) return undefined;
  const { manifest, at } = violation;
  const there = (path: string) => path === at || path.startsWith(`${at}[`) || path.startsWith(`${at}.`);
  const ours = generalErrors(manifest, cluster);
  const exact = ours.filter(({ prop }) => prop === at);
  const complaints = CrdJudge.load(crdTarget(cluster)).judge(manifest);
  return {
    limit,
    refusedThere: complaints.some(complaint => there(complaint.split(': ')[0])),
    codes: [...new Set((exact.length > 0 ? exact : ours.filter(({ prop }) => there(prop))).map(({ code }) => code))],
  };
}

/** What becomes of a manifest that breaks a CEL rule. */
export interface CelVerdict {
  readonly account: CelAccount;
  /** What the server says to the manifest as it was, and to the broken one. */
  readonly good: readonly string[];
  readonly broken: readonly string[];
  /** Codes of ours that the break adds. */
  readonly codes: readonly string[];
}

/** Breaks the rule of an account in the newest release that has it. */
export function tryAccount(account: CelAccount): CelVerdict {
  const cluster = [...CLUSTERS].reverse().find(at => writtenKinds(at).some(kind => celRulesOf(kind).some(rule => accountOf(rule) === account)));
  if (!cluster) throw new Error(`no release has the rule "${account.message}" of ${account.kind}`);
  const target = crdTarget(cluster);
  const { good, broken } = manifestsOf(account, target.aiGateway);
  const before = codesOf(good, cluster);
  const judge = CrdJudge.load(target);
  return { account, good: judge.judge(good), broken: judge.judge(broken), codes: codesOf(broken, cluster).filter(code => !before.includes(code)) };
}

export function celVerdicts(): CelVerdict[] {
  return CEL_ACCOUNTS.map(tryAccount);
}

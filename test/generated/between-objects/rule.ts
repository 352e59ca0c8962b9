import { ENVOY_AI_GATEWAY, Cluster, World } from './world';

/** What must hold between objects, and how a program in which it does is changed so that it does not. */
export interface ObjectRule {
  /** Kind whose field says it. */
  readonly kind: string;
  readonly rule: string;
  /** Code that tells it. */
  readonly code: string;
  /** @default - the newest release of Envoy AI Gateway */
  readonly cluster?: Cluster;
  breakIn(world: World): void;
}

/** What became of a program with a broken rule. */
export interface ObjectVerdict {
  readonly rule: ObjectRule;
  /** With what severity the code is told where nothing else exists in the namespaces. */
  readonly told?: 'error' | 'warning';
  /** The same where it is not known what else exists. */
  readonly toldUnknowing?: 'error' | 'warning';
  /** Why an API server refuses the manifests; it accepts them when there is no reason. */
  readonly refusals: readonly string[];
}

export function tryObjectRule(rule: ObjectRule): ObjectVerdict {
  const world = new World(rule.cluster ?? ENVOY_AI_GATEWAY);
  rule.breakIn(world);
  const severity = (complete: boolean) => {
    const severities = world.findings(complete).filter(({ code }) => code === rule.code).map(finding => finding.severity);
    return severities.includes('error') ? 'error' : severities.includes('warning') ? 'warning' : undefined;
  };
  return { rule, told: severity(true), toldUnknowing: severity(false), refusals: world.refusals() };
}

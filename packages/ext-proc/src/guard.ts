import { createHash } from 'node:crypto';
import { Log } from './log';
import { Metrics } from './metrics';
import { CompiledPolicy, decide, Decision, deny, DenyCode, dialectOf, Front, KeySource, PolicyRequest } from '../../../src/policy';

/** A policy for each front that is served, all of one file. */
export interface ActivePolicy {
  readonly hash: string;
  readonly fronts: { readonly [front in Front]?: CompiledPolicy };
  readonly maxBodyBytes: number;
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** Decides with the policy of the moment, and tells log and metrics. */
export class Guard {
  private active: ActivePolicy | undefined;
  private keys: KeySource = () => undefined;

  constructor(private readonly log: Log, private readonly metrics: Metrics) {}

  public get policy(): ActivePolicy | undefined {
    return this.active;
  }

  public use(policy: ActivePolicy): void {
    this.active = policy;
    this.metrics.policy(policy.hash);
  }

  public useKeys(keys: KeySource): void {
    this.keys = keys;
  }

  public decide(front: Front, request: PolicyRequest, requestId: string | undefined): Decision {
    const started = process.hrtime.bigint();
    const decision = decide(this.active?.fronts[front], request, this.keys);
    this.metrics.decision(front, decision, Number(process.hrtime.bigint() - started) / 1e9);
    return this.told(front, decision, requestId);
  }

  /** For what is wrong before there is anything to decide on. */
  public refuse(code: DenyCode, front: Front, target: string, requestId: string | undefined): Decision {
    const decision = deny(code, dialectOf(target));
    this.metrics.decision(front, decision, 0);
    return this.told(front, decision, requestId);
  }

  private told(front: Front, decision: Decision, requestId: string | undefined): Decision {
    const { tenant, model, endpoint, rules, bodyBytes } = decision.audit;
    this.log.audit({
      front,
      decision: decision.allowed ? 'allow' : 'deny',
      code: decision.allowed ? undefined : decision.code,
      redacted: decision.allowed && decision.body !== undefined ? true : undefined,
      requestId: requestId !== undefined && /^[\w-]{1,64}$/.test(requestId) ? requestId : undefined,
      tenant, model, endpoint, rules, bodyBytes,
      policy: this.active?.hash,
    }, decision.allowed);
    return decision;
  }
}

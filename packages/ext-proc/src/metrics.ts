import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { Decision, Front } from '../../../src/policy';

/** Names of tenants in one policy beyond which they are not told apart. */
const MOST_TENANTS = 200;

/** What a scrape sees. Labels are words of ours, rules and tenants of the policy: never a client's text. */
export class Metrics {
  public readonly registry = new Registry();
  private readonly tenants = new Set<string>();
  private readonly decisions = new Counter({
    name: 'policy_decisions_total', help: 'Decisions on requests.', labelNames: ['front', 'decision', 'code', 'tenant'], registers: [this.registry],
  });
  private readonly ruleHits = new Counter({
    name: 'policy_rule_hits_total', help: 'Texts in which a rule found something.', labelNames: ['rule'], registers: [this.registry],
  });
  private readonly seconds = new Histogram({
    name: 'policy_decision_seconds', help: 'Time to decide.', labelNames: ['front'],
    buckets: [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1], registers: [this.registry],
  });
  private readonly loadErrors = new Counter({
    name: 'policy_load_errors_total', help: 'Policies that were refused while an older one stayed.', registers: [this.registry],
  });
  private readonly resets = new Counter({
    name: 'policy_streams_reset_total', help: 'Streams that the gateway reset, as it does at the end of most.', registers: [this.registry],
  });
  private readonly failures = new Counter({
    name: 'policy_failures_total', help: 'Errors inside of the server; each refused a request.', registers: [this.registry],
  });
  private readonly info = new Gauge({
    name: 'policy_info', help: 'The policy in use, by its hash.', labelNames: ['hash'], registers: [this.registry],
  });

  constructor(streams: () => number) {
    collectDefaultMetrics({ register: this.registry });
    new Gauge({
      name: 'policy_streams', help: 'Calls that are open.', registers: [this.registry],
      collect() { this.set(streams()); },
    });
    this.loadErrors.inc(0);
    this.failures.inc(0);
  }

  public decision(front: Front, decision: Decision, seconds: number): void {
    const { tenant = '', rules } = decision.audit;
    this.decisions.inc({ front, decision: decision.allowed ? 'allow' : 'deny', code: decision.allowed ? '' : decision.code, tenant: this.known(tenant) });
    for (const [rule, count] of Object.entries(rules)) this.ruleHits.inc({ rule }, count);
    this.seconds.observe({ front }, seconds);
  }

  public policy(hash: string): void {
    this.info.reset();
    this.info.set({ hash }, 1);
    this.tenants.clear();
  }

  public loadError(): void {
    this.loadErrors.inc();
  }

  public reset(): void {
    this.resets.inc();
  }

  public failure(): void {
    this.failures.inc();
  }

  private known(tenant: string): string {
    if (this.tenants.size < MOST_TENANTS) this.tenants.add(tenant);
    return this.tenants.has(tenant) ? tenant : 'other';
  }
}

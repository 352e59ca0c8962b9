import { attemptsPerLevel, retriesOf } from '../../fallbacks';
import { Links, RouteRule } from '../../links';
import { duration } from '../../read';
import { Rule } from '../../rule';
import { settingOf, Traffic, trafficsOf } from '../../traffic';

/** What the gateway writes where a rule says nothing. */
const DEFAULT_REQUEST_MS = 60_000;

export const timeoutTooShort: Rule = {
  code: 'TIMEOUT_TOO_SHORT',
  severity: 'error',
  title: 'The request timeout ends before every attempt had its turn',
  cause: 'The timeout of a request is shorter than its attempts together: the number of levels times the attempts per level times the timeout of one attempt.',
  consequence: 'While the first providers stay silent, the request is cut with 504 before the last fallback answered or was even tried.',
  fix: 'Raise the timeout of the request, or lower the timeout of one attempt.',
  covers: ['DEFAULT_TIMEOUT'],
  * check(graph) {
    const links = Links.of(graph);
    for (const rule of links.rules) {
      const excess = excessOf(rule, links);
      if (!excess) continue;
      const { attempts, perTryMs, requestMs } = excess;
      const given = rule.timeouts.request;
      yield {
        node: rule.route.node,
        prop: `${rule.path}.timeouts.request`,
        message: `${given === undefined ? 'is not set, and the 60s of the gateway are' : 'is'} shorter than ${attempts} attempts of ${seconds(perTryMs)} each`,
        value: given,
        fix: `use at least ${seconds(attempts * perTryMs)}, or lower the timeout of one attempt`,
        inCode: { fix: `use at least ${seconds(attempts * perTryMs)}, or lower \`failover.perTryTimeout\`` },
        // Without a fallback only repetitions on the same provider are lost.
        severity: rule.levels < 2 && perTryMs < requestMs ? 'warning' : undefined,
      };
    }
  },
};

interface Excess {
  readonly attempts: number;
  readonly perTryMs: number;
  readonly requestMs: number;
}

function excessOf(rule: RouteRule, links: Links): Excess | undefined {
  // What a policy on the gateway does to rules without fallback is the business of the gateway's owner.
  if (rule.levels < 2 && rule.route.trafficPolicies.length === 0) return undefined;
  const given = rule.timeouts.request;
  const requestMs = given === undefined ? DEFAULT_REQUEST_MS : duration(given);
  if (requestMs === undefined || requestMs === 0) return undefined;
  for (const traffic of trafficsOf(rule, links)) {
    const perTryMs = duration(settingOf(traffic, 'retry', 'perRetry', 'timeout')?.value) ?? 0;
    const attempts = attemptsOf(rule, traffic);
    if (attempts > 1 && attempts * perTryMs > requestMs) return { attempts, perTryMs, requestMs };
  }
  return undefined;
}

function attemptsOf({ levels }: RouteRule, traffic: Traffic): number {
  const perLevel = attemptsPerLevel(traffic);
  return levels > 1 && perLevel !== undefined ? levels * perLevel : 1 + retriesOf(traffic);
}

function seconds(ms: number): string {
  return `${ms / 1000}s`;
}

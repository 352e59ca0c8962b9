import { httpRules, parentGateways } from '../../../agentgateway';
import { GraphNode } from '../../../graph';
import { GATEWAY_API } from '../../../links';
import { labelOf } from '../../../identity';
import { at, fields, isToken, list, text } from '../../../read';
import { Rule } from '../../../rule';
import { modelCondition } from './model-header-unset';

export const modelRoutedTwice: Rule = {
  code: 'MODEL_ROUTED_TWICE',
  severity: 'error',
  title: 'Two HTTPRoutes are for the same model',
  cause: 'Two rules match the same model, path, hostname and headers on one gateway.',
  consequence: 'The route whose name comes first in the alphabet gets all requests, whatever was declared first.',
  fix: 'Remove one of them, or tell them apart by a header or hostname.',
  * check(graph) {
    const seen = new Map<string, GraphNode>();
    for (const node of graph.ofKind(GATEWAY_API, 'HTTPRoute')) {
      const places = new Set(parentGateways(node).map(({ namespace, name }) => `${namespace ?? ''}/${name}`));
      const hostnames = JSON.stringify(list(at(node.manifest, 'spec', 'hostnames')));
      for (const [index, rule] of httpRules(node).entries()) {
        for (const [match, value] of list(rule.matches).entries()) {
          const condition = modelCondition(value);
          if (condition === undefined || isToken(condition.value)) continue;
          for (const place of places) {
            const key = [place, hostnames, JSON.stringify(fields(value).path ?? null), sorted(value)].join('|');
            const other = seen.get(key);
            // Of two patterns in one route the first is tried, which has a rule of its own.
            if (other && !(other === node && condition.type === 'RegularExpression')) {
              yield {
                node, prop: `spec.rules[${index}].matches[${match}]`, message: other === node ? 'matches what another match of this route does' : `matches what ${labelOf(other)} does`,
                value: text(condition.value), fix: 'remove one of the two, or tell them apart by a header or hostname',
              };
            }
            seen.set(key, node);
          }
        }
      }
    }
  },
};

function sorted(match: unknown): string {
  return list(fields(match).headers).map(fields).map(({ type, name, value }) => JSON.stringify([text(name)?.toLowerCase(), type ?? 'Exact', value])).sort().join();
}

import { ENVOY_GATEWAY } from '../../../links';
import { at, fields, list } from '../../../read';
import { Rule } from '../../../rule';

export const filterOrder: Rule = {
  code: 'FILTER_ORDER',
  severity: 'error',
  title: 'An entry of the filter order does not say where its filter goes',
  cause: 'An entry of `filterOrder` in an EnvoyProxy has both `before` and `after`, or neither.',
  consequence: 'The API server refuses the EnvoyProxy.',
  fix: 'Write one of the two; a filter between two others has two entries.',
  final: true,
  * check(graph) {
    for (const node of graph.ofKind(ENVOY_GATEWAY, 'EnvoyProxy')) {
      for (const [index, entry] of list(at(node.manifest, 'spec', 'filterOrder')).entries()) {
        const { before, after } = fields(entry);
        if ((before === undefined) !== (after === undefined)) continue;
        yield {
          node,
          prop: `spec.filterOrder[${index}]`,
          message: before === undefined ? 'has neither `before` nor `after`' : 'has both `before` and `after`',
          value: entry,
          fix: before === undefined ? 'write one of them' : 'write an entry for each, or keep one',
        };
      }
    }
  },
};

import { Links } from '../../links';
import { Rule } from '../../rule';

const MOST = 16;

export const tooManyTargets: Rule = {
  code: 'TOO_MANY_TARGETS',
  severity: 'error',
  title: 'A rule has more targets than the generated route can hold',
  cause: 'A rule has more than 16 backendRefs: the AIGatewayRoute takes up to 128, the HTTPRoute generated from it 16.',
  consequence: 'The whole route is NotAccepted, and no change of it reaches the gateway any more.',
  fix: 'Use 16 targets or fewer in one rule, fallbacks and members of splits together.',
  final: true,
  * check(graph) {
    for (const { node, rules } of Links.of(graph).routes) {
      for (const { path, refs } of rules) {
        if (refs.length <= MOST) continue;
        yield { node, prop: `${path}.backendRefs`, message: `has ${refs.length} targets, ${MOST} are allowed`, fix: 'remove some' };
      }
    }
  },
};

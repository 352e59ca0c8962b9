import { Links } from '../../links';
import { MOST_TARGETS } from '../../room';
import { Rule } from '../../rule';
import { repeatedTargets } from '../../targets';

export const tooManyTargets: Rule = {
  code: 'TOO_MANY_TARGETS',
  severity: 'error',
  title: 'A rule has more targets than the generated route can hold',
  cause: 'A rule has more than 16 backendRefs: the AIGatewayRoute takes up to 128, the HTTPRoute generated from it 16.',
  consequence: 'The whole route is NotAccepted, and no change of it reaches the gateway any more.',
  fix: 'Use 16 targets or fewer in one rule, fallbacks and members of splits together.',
  final: true,
  * check(graph) {
    for (const { route: { node }, path, refs } of Links.of(graph).sharedRules) {
      if (refs.length <= MOST_TARGETS) continue;
      const equal = repeatedTargets(refs).length;
      yield {
        node,
        prop: `${path}.backendRefs`,
        message: `has ${refs.length} targets, ${MOST_TARGETS} are allowed`,
        fix: equal === 0 ? 'remove some' : `remove some, first ${equal === 1 ? 'the one that is the same as another' : `the ${equal} that are the same as others`}`,
      };
    }
  },
};

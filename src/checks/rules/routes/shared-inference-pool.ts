import { Links } from '../../links';
import { Rule } from '../../rule';

export const sharedInferencePool: Rule = {
  code: 'SHARED_INFERENCE_POOL',
  severity: 'error',
  title: 'An InferencePool shares a rule with another target',
  cause: 'A rule refers to an InferencePool and to something else.',
  consequence: 'The API server refuses the route: a pool chooses among its own servers and knows no priorities, weights or fallbacks.',
  fix: 'Give the InferencePool a rule of its own.',
  final: true,
  * check(graph) {
    for (const { route, path, refs } of Links.of(graph).sharedRules) {
      if (!refs.some(ref => ref.pool)) continue;
      yield { node: route.node, prop: `${path}.backendRefs`, message: 'has an InferencePool beside other targets', fix: 'give the InferencePool a rule of its own' };
    }
  },
};

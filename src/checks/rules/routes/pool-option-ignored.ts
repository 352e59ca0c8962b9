import { Links } from '../../links';
import { Rule } from '../../rule';

const IGNORED = ['priority', 'modelNameOverride', 'headerMutation', 'bodyMutation'] as const;

export const poolOptionIgnored: Rule = {
  code: 'POOL_OPTION_IGNORED',
  severity: 'warning',
  title: 'An option has no effect on an InferencePool',
  cause: 'A backendRef to an InferencePool has a priority, a model name or mutations.',
  consequence: 'They are ignored without a word: the pool\'s servers get the model name and headers of the client.',
  fix: 'Remove the option; servers that need another model name are reached by an AIServiceBackend.',
  * check(graph) {
    for (const { rule, ref, path } of Links.of(graph).refs.filter(({ pool }) => pool)) {
      for (const option of IGNORED) {
        const value = ref[option];
        if (value === undefined || value === null || value === 0) continue;
        yield { node: rule.route.node, prop: `${path}.${option}`, message: 'has no effect on an InferencePool', value, fix: 'remove it' };
      }
    }
  },
};

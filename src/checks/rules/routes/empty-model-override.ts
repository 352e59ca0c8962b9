import { Links } from '../../links';
import { isToken } from '../../read';
import { Rule } from '../../rule';

export const emptyModelOverride: Rule = {
  code: 'EMPTY_MODEL_OVERRIDE',
  severity: 'error',
  title: 'The model name for a provider is empty or has spaces around it',
  cause: '`modelNameOverride` of a backendRef is an empty text, or begins or ends with a space.',
  consequence: 'An empty name counts as none, so the provider gets the name clients use; one with spaces is sent as it is and no provider knows it.',
  fix: 'Write the provider\'s own id of the model, or leave the name out where it is the one clients use.',
  * check(graph) {
    for (const { node, rules } of Links.of(graph).routes) {
      for (const { refs } of rules) {
        for (const { path, ref: { modelNameOverride: model } } of refs) {
          if (typeof model !== 'string' || isToken(model) || (model !== '' && model.trim() === model)) continue;
          yield {
            node,
            prop: `${path}.modelNameOverride`,
            message: model === '' ? 'is empty, so the provider gets the name clients use' : 'begins or ends with a space',
            value: model,
            fix: 'write the provider\'s own id of the model, or leave it out',
          };
        }
      }
    }
  },
};

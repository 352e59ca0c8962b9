import { Links } from '../../links';
import { kindFields, llmProviders } from '../../agentgateway';
import { GraphNode } from '../../graph';
import { isToken } from '../../read';
import { Rule, RuleFinding } from '../../rule';

export const emptyModelOverride: Rule = {
  code: 'EMPTY_MODEL_OVERRIDE',
  severity: 'error',
  title: 'The model name for a provider is empty or has spaces around it',
  cause: '`modelNameOverride` of a backendRef, or the `model` of a provider of agentgateway, is an empty text, or begins or ends with a space.',
  consequence: 'An empty name counts as none, so the provider gets the name clients use; one with spaces is sent as it is and no provider knows it.',
  fix: 'Write the provider\'s own id of the model, or leave the name out where it is the one clients use.',
  * check(graph) {
    for (const { rule, ref, path } of Links.of(graph).refs.filter(({ ref: { modelNameOverride } }) => isWrong(modelNameOverride))) {
      yield finding(rule.route.node, `${path}.modelNameOverride`, ref.modelNameOverride);
    }
    for (const provider of llmProviders(graph)) {
      for (const { path, value } of kindFields(provider, 'model', 'deploymentName')) if (isWrong(value)) yield finding(provider.node, path, value);
    }
  },
};

function isWrong(model: unknown): boolean {
  return typeof model === 'string' && !isToken(model) && (model === '' || model.trim() !== model);
}

function finding(node: GraphNode, prop: string, model: unknown): RuleFinding {
  return {
    node,
    prop,
    message: model === '' ? 'is empty, so the provider gets the name clients use' : 'begins or ends with a space',
    value: model,
    fix: 'write the provider\'s own id of the model, or leave it out',
  };
}

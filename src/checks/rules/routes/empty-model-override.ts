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
    for (const { node, rules } of Links.of(graph).routes) {
      for (const { refs } of rules) {
        for (const { path, ref: { modelNameOverride: model } } of refs) yield* judge(node, `${path}.modelNameOverride`, model);
      }
    }
    for (const provider of llmProviders(graph)) {
      for (const { path, value } of kindFields(provider, 'model', 'deploymentName')) yield* judge(provider.node, path, value);
    }
  },
};

function* judge(node: GraphNode, prop: string, model: unknown): Iterable<RuleFinding> {
  if (typeof model !== 'string' || isToken(model) || (model !== '' && model.trim() === model)) return;
  yield {
    node,
    prop,
    message: model === '' ? 'is empty, so the provider gets the name clients use' : 'begins or ends with a space',
    value: model,
    fix: 'write the provider\'s own id of the model, or leave it out',
  };
}

import { Links, MODEL_HEADER } from '../../links';
import { Rule } from '../../rule';

export const modelNotListed: Rule = {
  code: 'MODEL_NOT_LISTED',
  severity: 'warning',
  title: 'A match does not say which model it is for',
  cause: 'A match has conditions on other headers than `x-ai-eg-model`, or writes that name with capitals.',
  consequence: 'Without a condition on the model the rule takes requests for every model. With capitals it works, but `/v1/models` does not list the model.',
  fix: 'Match the header `x-ai-eg-model`, in lower case, exactly.',
  * check(graph) {
    for (const { route: { node }, matches } of Links.of(graph).rules) {
      for (const match of matches) {
        const { bare, model } = match;
        // One without a name may be meant for the model, and is told to lack it.
        if (bare || (!model && match.headers.some(({ writtenName }) => writtenName === ''))) continue;
        if (!model) {
          yield { node, prop: match.path, message: 'has no condition on x-ai-eg-model, so it takes every model', fix: 'add one, with the pattern ".+" where every model is meant' };
        } else if (model.writtenName !== MODEL_HEADER) {
          yield { node, prop: `${model.path}.name`, message: 'is written with capitals, so /v1/models does not list the model', value: model.writtenName, fix: `write "${MODEL_HEADER}"` };
        }
      }
    }
  },
};

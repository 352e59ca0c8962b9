import { mutationsOf } from '../../../mutations';
import { Rule } from '../../../rule';

export const modelInBodyMutation: Rule = {
  code: 'MODEL_IN_BODY_MUTATION',
  severity: 'warning',
  title: 'A body mutation changes the model',
  cause: 'A body mutation, or an override of agentgateway, sets or removes the field `model`. It runs after `modelNameOverride`, or after the `model` of the provider.',
  consequence: 'The set wins over the override of every route that uses the provider; a removal sends no model at all. Providers with the model in the path keep the other one.',
  fix: 'Give the model with `modelNameOverride` on the backendRef, or with `model` of the provider; with constructs, `provider.model("…")`.',
  * check(graph) {
    for (const { node, pool, provider, body } of mutationsOf(graph)) {
      if (pool) continue;
      for (const { path, name } of [...body.set, ...body.removed]) {
        if (name !== 'model') continue;
        const isRemoval = body.removed.some(change => change.path === path);
        yield {
          node,
          prop: path,
          message: isRemoval ? 'takes the model out of the request' : 'wins over the model that routes give',
          value: name,
          fix: provider ? 'set `model` of the provider instead' : 'use `modelNameOverride` on the backendRef instead',
          inCode: { fix: 'name the model by model() instead' },
        };
      }
    }
  },
};

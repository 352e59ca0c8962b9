import { mutationsOf } from '../../../mutations';
import { Rule } from '../../../rule';

const IGNORED = /^(host$|:|x-ai-eg-|x-envoy-original-path$)/i;
/** Written after mutations, so that nothing takes them away. */
const NOT_REMOVED = /^(x-forwarded-host|x-envoy-external-address)$/i;

export const mutationIgnored: Rule = {
  code: 'MUTATION_IGNORED',
  severity: 'error',
  title: 'A mutation changes what the gateway does not let it change',
  cause: 'A header mutation is for `Host`, for a name that begins with `:` or `x-ai-eg-`, or for `x-envoy-original-path`; or it removes `x-forwarded-host` or `x-envoy-external-address`.',
  consequence: 'The mutation is ignored without a word, and the provider gets the header as it was.',
  fix: 'Remove the mutation. The provider\'s host comes from its Backend, the path from the schema\'s `prefix`, the model from `modelNameOverride`.',
  * check(graph) {
    for (const { node, pool, headers, wins } of mutationsOf(graph)) {
      // Nothing is changed on the way to a pool, which is a matter of its own.
      // agentgateway changes what it is told to.
      if (pool || wins === 'removal') continue;
      for (const change of [...headers.set, ...headers.removed]) {
        const isRemoval = headers.removed.includes(change);
        if (!IGNORED.test(change.name) && !(isRemoval && NOT_REMOVED.test(change.name))) continue;
        yield {
          node,
          prop: change.path,
          message: isRemoval ? 'is a header that no mutation can remove' : 'is a header that no mutation can set',
          value: change.name,
          fix: 'remove it; host, path and model come from the Backend, the schema and `modelNameOverride`',
          inCode: { fix: 'remove it; host and path are properties of the provider, the model is that of model()' },
        };
      }
    }
  },
};

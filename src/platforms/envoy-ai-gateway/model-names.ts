import { Problem } from '../../findings/finding';
import { EntryIntent, ModelTargetIntent, ProviderApi } from '../../intent';
import { MODEL_NAME_NEEDED } from '../codes';

/** Forms of model ids where a provider has one that common aliases do not have. */
const FORMS: { readonly [api in ProviderApi]?: { readonly pattern: RegExp; readonly example: string } } = {
  'bedrock': { pattern: /^(arn:|[a-z0-9-]+\.)/, example: 'us.amazon.nova-pro-v1:0' },
  'bedrock-anthropic': { pattern: /^(arn:|[a-z0-9-]+\.)/, example: 'us.anthropic.claude-sonnet-4-20250514-v1:0' },
  'anthropic': { pattern: /^claude-/, example: 'claude-sonnet-4-5' },
  'vertex-anthropic': { pattern: /^claude-/, example: 'claude-sonnet-4@20250514' },
};

/** Names of clients that would reach a provider unchanged and cannot mean a model there. */
export function checkModelNames(entry: EntryIntent, targets: readonly ModelTargetIntent[], prop: string): Problem[] {
  if (entry.match.kind !== 'exact') return [];
  const { models } = entry.match;
  return targets.filter(target => target.model === undefined).flatMap(({ provider }) => {
    const api = provider.provider?.api ?? provider.api;
    const form = api && FORMS[api];
    if (!form) return [];
    return models.filter(model => typeof model === 'string' && !form.pattern.test(model)).map(model => ({
      definition: MODEL_NAME_NEEDED,
      prop,
      message: `sends the client's name to ${provider.path} unchanged, which is no model id there`,
      value: model,
      fix: `give the provider's own id, such as model("${form.example}")`,
    }));
  });
}

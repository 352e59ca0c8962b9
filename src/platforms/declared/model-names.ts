import { Problem } from '../../findings/finding';
import { isToken } from '../../findings/token';
import { EntryIntent, ModelTargetIntent, ProviderApi } from '../../intent';
import { MODEL_NAME_NEEDED } from '../codes';

/** Forms of model ids where a provider has one that common aliases do not have. */
const FORMS: { readonly [api in ProviderApi]?: { readonly pattern: RegExp; readonly example: string } } = {
  'bedrock': { pattern: /^(arn:|([a-z-]+\.)?[a-z][a-z\d]*\.[a-z])/, example: 'us.amazon.nova-pro-v1:0' },
  'bedrock-anthropic': { pattern: /^(arn:|([a-z-]+\.)?anthropic\.)/, example: 'us.anthropic.claude-sonnet-4-20250514-v1:0' },
  'anthropic': { pattern: /^claude-/, example: 'claude-sonnet-4-5' },
  'vertex-anthropic': { pattern: /^claude-/, example: 'claude-sonnet-4@20250514' },
  // The gateway writes the name into the path as it is.
  'azure-openai': { pattern: /^[\w.-]+$/, example: 'gpt-4o' },
};

/** Names of clients that would reach a provider unchanged and cannot mean a model there. */
export function checkModelNames(entry: EntryIntent, targets: readonly ModelTargetIntent[], prop: string): Problem[] {
  return targets.filter(target => target.model === undefined).flatMap(({ provider }) => {
    const api = provider.provider?.api ?? provider.api;
    if (api === undefined) return [];
    return entry.match.kind === 'exact'
      ? checkNames(entry.match.models, api, provider.path, prop)
      : checkFreeNames(entry.match.kind === 'pattern' ? entry.match.pattern : undefined, api, provider.path, prop);
  });
}

function checkNames(models: readonly string[], api: ProviderApi, provider: string, prop: string): Problem[] {
  const form = FORMS[api];
  if (!form) return [];
  return models.filter(model => isKnown(model) && !form.pattern.test(model)).map(model => ({
    definition: MODEL_NAME_NEEDED,
    prop,
    message: `sends the client's name to ${provider} unchanged, which is no model id there`,
    value: model,
    fix: `give the provider's own id, such as model("${form.example}")`,
  }));
}

/** What stands for characters that are safe in a path, in a regular expression. */
const SAFE_PARTS = /\\[.\-_dw]|\[(\\[.\-_dw]|[\w.-])*\]|[\w\-()|?*+{},:]/g;

/** A client that may choose any name may choose any path, with our key. */
function checkFreeNames(pattern: string | undefined, api: ProviderApi, provider: string, prop: string): Problem[] {
  if (api !== 'azure-openai') return [];
  if (pattern !== undefined && (!isKnown(pattern) || pattern.replace(SAFE_PARTS, '') === '')) return [];
  return [{
    definition: MODEL_NAME_NEEDED,
    prop,
    message: `lets clients choose the deployment in the path of ${provider}, where only letters, digits, ".", "_" and "-" are safe`,
    value: pattern,
    fix: 'give the deployment: model("…"), match names by a pattern such as "gpt-[a-z0-9.-]+", or use AzureOpenAIApi.v1()',
  }];
}

/** Values that are resolved later are neither accepted nor refused. */
function isKnown(value: unknown): boolean {
  return typeof value === 'string' && !isToken(value);
}

import { Release, since } from './releases';
import { Problem } from '../../findings/finding';
import { isToken } from '../../findings/token';
import { ProviderApi, ProviderIntent } from '../../intent';
import { NOT_EXPRESSIBLE, NOT_IN_RELEASE } from '../codes';

/** What each API is called here, and the version it has where an author names none. */
const SCHEMAS: { readonly [api in Exclude<ProviderApi, 'http'>]: { readonly name: string; readonly version?: string } } = {
  'openai': { name: 'OpenAI' },
  'anthropic': { name: 'Anthropic' },
  'bedrock': { name: 'AWSBedrock' },
  'bedrock-anthropic': { name: 'AWSAnthropic', version: 'bedrock-2023-05-31' },
  'azure-openai': { name: 'AzureOpenAI' },
  'vertex': { name: 'GCPVertexAI' },
  'vertex-anthropic': { name: 'GCPAnthropic', version: 'vertex-2023-10-16' },
  'cohere': { name: 'Cohere', version: 'v2' },
};

/** What is known of APIs, by the names of their schemas. */
export function bySchema<T>(facts: { readonly [api in ProviderApi]?: T }): { readonly [schema: string]: T } {
  return Object.fromEntries(Object.entries(SCHEMAS).flatMap(([api, { name }]) => {
    const fact = facts[api as ProviderApi];
    return fact === undefined ? [] : [[name, fact]];
  }));
}

const DEFAULT_PREFIXES: readonly unknown[] = ['v1', '/v1', 'v1/', '/v1/'];

/** The `schema` of an AIServiceBackend: what the provider speaks. */
export function renderSchema(intent: ProviderIntent, release: Release): { schema: object; problems: Problem[] } {
  if (intent.api === 'http') return { schema: SCHEMAS.openai, problems: [refuseTransparent(release)] };
  const { name, version } = SCHEMAS[intent.api];
  const prefix = pathPrefix(intent);
  return {
    schema: {
      name,
      ...optional('version', intent.apiVersion ?? version),
      ...optional('prefix', prefix),
    },
    problems: prefix === undefined ? [] : checkPrefix(intent, prefix, release),
  };
}

function refuseTransparent(release: Release): Problem {
  return {
    definition: NOT_EXPRESSIBLE,
    prop: 'transparent',
    message: `lets requests through unread, while ${release.label} reads all of them`,
    value: true,
    fix: 'leave it out, or route to the server by an HTTPRoute of your own',
  };
}

/** An empty prefix means the default to the gateway, so none at all is written as a slash. */
function pathPrefix({ pathPrefix: prefix }: ProviderIntent): string | undefined {
  return prefix === '' ? '/' : prefix;
}

function checkPrefix(intent: ProviderIntent, prefix: unknown, release: Release): Problem[] {
  if (intent.api !== 'anthropic' || release.has('anthropicPrefix') || typeof prefix !== 'string' || isToken(prefix) || DEFAULT_PREFIXES.includes(prefix)) return [];
  return [{
    definition: NOT_IN_RELEASE,
    prop: intent.props?.pathPrefix ?? 'pathPrefix',
    message: `is ignored by ${release.label} for Anthropic's API, which sends requests to /v1/messages; it came with ${since('anthropicPrefix')}`,
    value: prefix,
    fix: `leave it out, or target ${since('anthropicPrefix')} with Platform.use()`,
  }];
}

function optional(field: string, value: string | undefined): object {
  return value === undefined ? {} : { [field]: value };
}

import { notExpressible, lacking } from './refusals';
import { Release } from './releases';
import { Problem } from '../../findings/finding';
import { ProviderIntent } from '../../intent';

/** A provider in the words of an AI backend. */
export interface RenderedLlm {
  readonly provider?: object;
  /** True where the host is given, which switches TLS, cloud identities and paths of the gateway off. */
  readonly ownHost: boolean;
  readonly problems: readonly Problem[];
}

const GEMINI_HOST = 'generativelanguage.googleapis.com';
const GEMINI_PREFIX = '/v1beta/openai';
const PREFIX = '/v1';

export function renderLlm(intent: ProviderIntent, model: string | undefined, release: Release): RenderedLlm {
  const named = model === undefined ? {} : { model };
  switch (intent.api) {
    case 'http': return { ownHost: true, problems: [] };
    case 'openai': return openai(intent, named, release);
    case 'anthropic': return intent.endpoint.standard && (intent.pathPrefix === undefined || intent.pathPrefix === PREFIX)
      ? atHome({ anthropic: named })
      : elsewhere(intent, { anthropic: named }, release, 'messages');
    case 'bedrock':
    case 'bedrock-anthropic': return cloud(intent, { bedrock: { region: intent.region, ...named } }, release);
    case 'vertex':
    case 'vertex-anthropic': return cloud(intent, { vertexai: { projectId: projectOf(intent), region: intent.region, ...named } }, release);
    case 'azure-openai': return azureDeployments(intent, named, release);
    case 'cohere': return cohere(intent, named, release);
  }
}

function openai(intent: ProviderIntent, named: object, release: Release): RenderedLlm {
  const { endpoint, pathPrefix, resource } = intent;
  const usual = endpoint.port === 443 && endpoint.tls !== undefined && Object.values(endpoint.tls).every(value => value === undefined);
  if (endpoint.standard && pathPrefix === undefined) return atHome({ openai: named });
  if (usual && endpoint.hostname === GEMINI_HOST && pathPrefix === GEMINI_PREFIX) return atHome({ gemini: named });
  if (usual && resource !== undefined && endpoint.hostname === `${resource}.openai.azure.com`) {
    const { model } = named as { model?: string };
    return atHome(release.has('azure')
      ? { azure: { resourceName: resource, resourceType: 'OpenAI', ...named } }
      : { azureopenai: { endpoint: endpoint.hostname, ...(model === undefined ? {} : { deploymentName: model }) } });
  }
  return elsewhere(intent, { openai: named }, release, 'chat/completions');
}

function azureDeployments(intent: ProviderIntent, named: object, release: Release): RenderedLlm {
  const provider = { azure: { resourceName: intent.resource, resourceType: 'OpenAI', apiVersion: intent.apiVersion, ...named } };
  if (!release.has('azure')) return { ownHost: false, problems: lacking(release, 'azure', 'api', 'names a version of the API') };
  return cloud(intent, provider, release);
}

function cohere(intent: ProviderIntent, named: object, release: Release): RenderedLlm {
  const { hostname, port } = intent.endpoint;
  if (!release.has('customProvider')) return { ownHost: true, problems: lacking(release, 'customProvider', 'class', 'speaks Cohere\'s rerank API') };
  const formats = [{ type: 'Rerank', path: `/${intent.apiVersion ?? 'v2'}/rerank` }];
  return { provider: { custom: { formats, ...named }, host: hostname, port }, ownHost: true, problems: [] };
}

/** Cloud APIs have paths that only the gateway knows, also where the host is another one. */
function cloud(intent: ProviderIntent, provider: object, release: Release): RenderedLlm {
  const { endpoint } = intent;
  if (endpoint.standard) return atHome(provider);
  const { hostname: host, port } = endpoint;
  if (!release.has('pathPrefix')) {
    return { ownHost: true, problems: lacking(release, 'pathPrefix', endpoint.chosenBy ?? endpoint.hostnameProp ?? 'hostname', 'leads to another address than the usual one of this API') };
  }
  return { provider: { ...provider, host, port, pathPrefix: '/' }, ownHost: true, problems: [] };
}

/** @param operation what v1.0 calls on every request, because it sends the client's path otherwise */
function elsewhere(intent: ProviderIntent, provider: object, release: Release, operation: string): RenderedLlm {
  const { hostname: host, port } = intent.endpoint;
  const prefix = slashed(intent.pathPrefix ?? PREFIX);
  const path = release.has('pathPrefix') ? { pathPrefix: prefix } : { path: `${prefix === '/' ? '' : prefix}/${operation}` };
  return { provider: { ...provider, host, port, ...path }, ownHost: true, problems: [] };
}

function slashed(prefix: string): string {
  // What is known only later stays as it is.
  if (typeof prefix !== 'string') return prefix;
  return `/${prefix.replace(/^\/+|\/+$/g, '')}`;
}

function atHome(provider: object): RenderedLlm {
  return { provider, ownHost: false, problems: [] };
}

function projectOf({ project, credential }: ProviderIntent): string | undefined {
  return project ?? (credential.kind === 'gcp' ? credential.project : undefined);
}

/** APIs that v1.0 cannot serve where it has one path for all. */
export function checkFixedPath(provider: ProviderIntent, apis: readonly string[] | undefined, prop: string, release: Release): Problem[] {
  if (release.has('pathPrefix') || apis === undefined || (provider.api !== 'openai' && provider.api !== 'anthropic')) return [];
  const rendered = renderLlm(provider, undefined, release).provider as { path?: string } | undefined;
  if (rendered?.path === undefined) return [];
  const others = apis.filter(api => api !== 'chat-completions' && !(provider.api === 'anthropic' && api === 'messages'));
  return others.map(api => notExpressible(
    prop, `must serve ${api}, while ${release.label} calls ${rendered.path} of this host for every request`, 'target agentgateway v1.4 with Platform.use()', api));
}

import { Service } from 'cdk8s-plus-28';
import { apiKey, aws, azure, gcp } from './credentials';
import { Surroundings } from './secrets';
import {
  AnthropicProvider, AzureOpenAIApi, AzureOpenAIEndpoint, AzureOpenAIProvider, BedrockAnthropicProvider, BedrockEndpoint, BedrockProvider,
  BodyMutation, CohereProvider, ExistingProvider, GeminiProvider, HeaderMutation, InClusterProvider, InClusterService, IProvider, JsonValue,
  ModelServer, OpenAICompatibleProvider, OpenAIProvider, ProviderApi, ProviderTls, Vendor, VertexAIProvider, VertexAnthropicProvider,
} from '../../../src';
import { BodyDescription, HeadersDescription, ProviderDescription, SettingDescription } from '../program';

export function provider(described: ProviderDescription, at: Surroundings): IProvider {
  const made = make(described, at);
  // Who makes an existing provider lets routes in.
  if (!(made instanceof ExistingProvider)) (made as OpenAIProvider).allowRoutesFrom(...described.admits);
  return made;
}

function make(described: ProviderDescription, at: Surroundings): IProvider {
  const { kind, id, credential, pathPrefix, port } = described;
  const common = { name: described.name, headers: headers(described.headers), body: body(described.body) };
  const connection = { port, tls: tls(described) };
  const endpoint = { ...connection, hostname: described.hostname };
  switch (kind) {
    case 'openai': return new OpenAIProvider(at.scope, id, {
      ...common, ...endpoint, apiKey: apiKey(credential, at), organization: at.text(described.organization), project: described.project,
    });
    case 'anthropic': return new AnthropicProvider(at.scope, id, { ...common, ...endpoint, pathPrefix, apiKey: apiKey(credential, at) });
    case 'gemini': return new GeminiProvider(at.scope, id, { ...common, ...endpoint, apiKey: apiKey(credential, at) });
    case 'cohere': return new CohereProvider(at.scope, id, { ...common, ...endpoint, apiKey: apiKey(credential, at) });
    case 'compatible': return new OpenAICompatibleProvider(at.scope, id, {
      ...common, ...endpoint, pathPrefix, vendor: vendor(described), apiKey: apiKey(credential, at),
    });
    case 'bedrock': return new BedrockProvider(at.scope, id, bedrock(described));
    case 'bedrockAnthropic': return new BedrockAnthropicProvider(at.scope, id, bedrock(described));
    case 'azureV1': return new AzureOpenAIProvider(at.scope, id, { ...azureProps(described), api: AzureOpenAIApi.v1() });
    case 'azureDeployments': return new AzureOpenAIProvider(at.scope, id, {
      ...azureProps(described), api: AzureOpenAIApi.deployments(described.apiVersion!),
    });
    case 'vertex': return new VertexAIProvider(at.scope, id, vertex(described));
    case 'vertexAnthropic': return new VertexAnthropicProvider(at.scope, id, vertex(described));
    case 'inCluster': return new InClusterProvider(at.scope, id, {
      ...common, ...connection, pathPrefix, server: server(described), service: service(described, at), transparent: described.transparent,
      apiKey: credential.kind === 'none' ? undefined : apiKey(credential, at),
    });
    case 'existing': return new ExistingProvider(at.scope, id, {
      name: described.name ?? 'existing', api: described.api as ProviderApi | undefined,
    });
  }

  function bedrock({ region, endpoint: form }: ProviderDescription) {
    return { ...common, ...connection, region: region!, endpoint: bedrockEndpoint(form), credentials: aws(credential, at) };
  }

  function azureProps({ resource, endpoint: form }: ProviderDescription) {
    return { ...common, ...connection, resource: resource!, endpoint: azureEndpoint(form), credentials: azure(credential, at) };
  }

  function vertex({ project, location }: ProviderDescription) {
    return { ...common, ...endpoint, project: project ?? 'acme-prod-1234', location: location!, credentials: gcp(credential, at) };
  }
}

function tls({ tls: described }: ProviderDescription): ProviderTls | undefined {
  switch (described?.form) {
    case undefined: return undefined;
    case 'public': return ProviderTls.publicCa({ serverName: described.serverName });
    case 'private': return ProviderTls.privateCa(described.configMap!, { serverName: described.serverName });
    case 'plaintext': return ProviderTls.plaintext();
  }
}

function vendor({ vendor: name, hostname, pathPrefix }: ProviderDescription): Vendor {
  const known = Vendor as unknown as { readonly [name: string]: Vendor };
  return name === undefined ? Vendor.of({ hostname: hostname ?? 'llm.example.com', pathPrefix }) : known[name];
}

/** Constants of `Vendor`. */
export const VENDORS: readonly string[] = Object.keys(Vendor).filter(name => /^[A-Z_]+$/.test(name));

function bedrockEndpoint(endpoint: ProviderDescription['endpoint']): BedrockEndpoint | undefined {
  switch (endpoint?.form) {
    case 'fips': return BedrockEndpoint.fips();
    case 'dualStack': return BedrockEndpoint.dualStack();
    case 'privateLink': return BedrockEndpoint.privateLink(endpoint.text ?? 'vpce-0a1b2c3d4e5f67890-a1b2c3d4');
    case 'custom': return BedrockEndpoint.custom(endpoint.text ?? 'bedrock.example.com');
    default: return undefined;
  }
}

function azureEndpoint(endpoint: ProviderDescription['endpoint']): AzureOpenAIEndpoint | undefined {
  switch (endpoint?.form) {
    case 'fips': return AzureOpenAIEndpoint.foundry();
    case 'dualStack': return AzureOpenAIEndpoint.cognitiveServices();
    case 'privateLink':
    case 'custom': return AzureOpenAIEndpoint.custom(endpoint.text ?? 'azure.example.com');
    default: return undefined;
  }
}

function server({ server: described, pathPrefix }: ProviderDescription): ModelServer {
  switch (described?.form) {
    case 'vllm': return ModelServer.VLLM;
    case 'litellm': return ModelServer.LITELLM;
    case 'of': return ModelServer.of({ port: described.port, pathPrefix });
    default: return ModelServer.OLLAMA;
  }
}

function service({ service: described, id }: ProviderDescription, at: Surroundings): InClusterService {
  const { form, name, namespace, domain, port } = described!;
  if (form === 'construct') {
    return InClusterService.fromService(new Service(at.scope, `service-${id.replace(/[^a-z0-9]/g, '')}`, {
      // The Service itself is none of ours.
      ports: [{ port: Number.isInteger(port) && port > 0 && port < 65_536 ? port : 80 }], metadata: { namespace },
    }));
  }
  return InClusterService.fromServiceName(name, { namespace, clusterDomain: domain });
}

export function headers(described: HeadersDescription | undefined): HeaderMutation | undefined {
  return described && { set: fromSettings(described.set, text => text), remove: [...described.remove] };
}

export function body(described: BodyDescription | undefined): BodyMutation | undefined {
  if (!described) return undefined;
  const values = (settings: readonly SettingDescription[]) => fromSettings(settings, jsonValue);
  return {
    set: values(described.set),
    setPaths: values(described.setPaths),
    remove: [...described.remove],
    removePaths: [...described.removePaths],
  };
}

function fromSettings<T>(settings: readonly SettingDescription[], convert: (text: string) => T): { [name: string]: T } {
  return Object.fromEntries(settings.map(({ name, value }) => [name, convert(value)]));
}

/** `JsonValue.json()` throws for what is no JSON, as it says; such a text is sent as text. */
function jsonValue(text: string): JsonValue {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return JsonValue.text(text);
  }
  switch (typeof value) {
    case 'string': return JsonValue.text(value);
    case 'number': return Number.isFinite(value) ? JsonValue.number(value) : JsonValue.json(text);
    case 'boolean': return JsonValue.boolean(value);
    default: return JsonValue.json(text);
  }
}

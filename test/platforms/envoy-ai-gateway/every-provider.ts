import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import {
  AnthropicProvider, ApiKey, AwsCredentials, AzureCredentials, AzureOpenAIApi, AzureOpenAIProvider, BedrockAnthropicProvider, BedrockProvider,
  ConnectionProps, CohereProvider, GcpCredentials, GeminiProvider, InClusterProvider, InClusterService, IProvider, ModelServer,
  OpenAICompatibleProvider, OpenAIProvider, ProviderProps, Vendor, VertexAIProvider, VertexAnthropicProvider,
} from '../../../src';

/** What every provider class has beside `IProvider`. */
export interface AnyProvider extends IProvider {
  readonly backend?: ApiObject;
  readonly tlsPolicy?: ApiObject;
  readonly securityPolicy?: ApiObject;
}

export type AnyProps = ProviderProps & ConnectionProps;

/** One provider class, as the contract makes it. */
export interface ProviderCase {
  readonly title: string;
  /** A model id of the provider's own. */
  readonly model: string;
  /** Port and protection where nothing is said. */
  readonly port: number;
  readonly tls: boolean;
  /** Properties of its own that are text, each with a valid value. */
  readonly texts: { readonly [prop: string]: string };
  /** `texts` replaces values of its own. */
  make(scope: Construct, id: string, props?: AnyProps, texts?: { readonly [prop: string]: any }): AnyProvider;
}

const apiKey = ApiKey.fromSecretName('provider-key');
const aws = AwsCredentials.podIdentity();
const azure = AzureCredentials.fromApiKey(apiKey);
const gcp = GcpCredentials.fromSecretName('google-key');
const onVertex = { project: 'acme-prod-1234', location: 'us-central1', credentials: gcp };
const overTls = { port: 443, tls: true };
const host = { hostname: 'llm.example.com' };

export const everyProvider: readonly ProviderCase[] = [
  {
    title: 'OpenAIProvider',
    model: 'gpt-4o',
    ...overTls,
    texts: { ...host, organization: 'org-abc', project: 'proj_abc' },
    make: (scope, id, props, texts) => new OpenAIProvider(scope, id, { apiKey, ...props, ...texts }),
  },
  {
    title: 'AnthropicProvider',
    model: 'claude-sonnet-4-5',
    ...overTls,
    texts: { ...host, pathPrefix: '/v1' },
    make: (scope, id, props, texts) => new AnthropicProvider(scope, id, { apiKey, ...props, ...texts }),
  },
  {
    title: 'GeminiProvider',
    model: 'gemini-2.5-flash',
    ...overTls,
    texts: host,
    make: (scope, id, props, texts) => new GeminiProvider(scope, id, { apiKey, ...props, ...texts }),
  },
  {
    title: 'CohereProvider',
    model: 'rerank-english-v3.0',
    ...overTls,
    texts: host,
    make: (scope, id, props, texts) => new CohereProvider(scope, id, { apiKey, ...props, ...texts }),
  },
  {
    title: 'OpenAICompatibleProvider',
    model: 'llama-3.1-8b-instant',
    ...overTls,
    texts: { ...host, pathPrefix: '/openai/v1' },
    make: (scope, id, props, texts) => new OpenAICompatibleProvider(scope, id, { vendor: Vendor.GROQ, apiKey, ...props, ...texts }),
  },
  {
    title: 'BedrockProvider',
    model: 'us.amazon.nova-pro-v1:0',
    ...overTls,
    texts: { region: 'us-east-1' },
    make: (scope, id, props, texts) => new BedrockProvider(scope, id, { region: 'us-east-1', credentials: aws, ...props, ...texts }),
  },
  {
    title: 'BedrockAnthropicProvider',
    model: 'us.anthropic.claude-sonnet-4-20250514-v1:0',
    ...overTls,
    texts: { region: 'us-east-1' },
    make: (scope, id, props, texts) => new BedrockAnthropicProvider(scope, id, { region: 'us-east-1', credentials: aws, ...props, ...texts }),
  },
  {
    title: 'AzureOpenAIProvider, v1',
    model: 'my-gpt-4o',
    ...overTls,
    texts: { resource: 'acme-openai' },
    make: (scope, id, props, texts) => new AzureOpenAIProvider(scope, id, { resource: 'acme-openai', credentials: azure, ...props, ...texts }),
  },
  {
    title: 'AzureOpenAIProvider, deployments',
    model: 'my-gpt-4o',
    ...overTls,
    texts: { resource: 'acme-openai', api: '2025-01-01-preview' },
    // Factories refuse what is no text at once, where it is written.
    make: (scope, id, props, { api, ...texts } = {}) => new AzureOpenAIProvider(scope, id, {
      resource: 'acme-openai', credentials: azure, api: AzureOpenAIApi.deployments(typeof api === 'string' ? api : '2025-01-01-preview'), ...props, ...texts,
    }),
  },
  {
    title: 'VertexAIProvider',
    model: 'gemini-2.5-flash',
    ...overTls,
    texts: { project: 'acme-prod-1234', location: 'us-central1' },
    make: (scope, id, props, texts) => new VertexAIProvider(scope, id, { ...onVertex, ...props, ...texts }),
  },
  {
    title: 'VertexAnthropicProvider',
    model: 'claude-sonnet-4@20250514',
    ...overTls,
    texts: { project: 'acme-prod-1234', location: 'us-central1' },
    make: (scope, id, props, texts) => new VertexAnthropicProvider(scope, id, { ...onVertex, ...props, ...texts }),
  },
  {
    title: 'InClusterProvider',
    model: 'qwen2.5:0.5b',
    port: 11434,
    tls: false,
    texts: { pathPrefix: '/v1', service: 'ollama' },
    make: (scope, id, props, { service = 'ollama', ...texts } = {}) => new InClusterProvider(scope, id, {
      server: ModelServer.OLLAMA, service: InClusterService.fromServiceName(service), ...props, ...texts,
    }),
  },
];

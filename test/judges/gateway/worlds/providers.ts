import { deepEqual, equal, match } from 'node:assert/strict';
import { sign } from 'aws4';
import { Case, Kit, worldOf } from './kit';
import { REQUESTS } from './requests';
import {
  AnthropicProvider, ApiKey, AwsCredentials, AzureCredentials, AzureOpenAIApi, AzureOpenAIProvider, BedrockAnthropicProvider, BedrockEndpoint,
  BedrockProvider, ClientApi, CohereProvider, GeminiProvider, InClusterProvider, InClusterService, IProvider, ModelServer,
  OpenAICompatibleProvider, OpenAIProvider, Vendor,
} from '../../../../src';
import { hidesCaller } from '../expect';
import { Attempt } from '../upstream/provider';
import { hosted, plain, Pretended } from '../world';

const KEY = 'key-of-the-provider';
const AWS = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret-of-aws', sessionToken: 'session-of-aws' };

const apiKey = ApiKey.fromSecretName('provider-key');
const aws = AwsCredentials.fromSecretName('aws-credentials');
const azure = AzureCredentials.fromApiKey(apiKey);

/** What a provider must see of a request by one of the client APIs. */
interface Row {
  readonly name: string;
  readonly at: Pretended;
  readonly model: string;
  /** Path by client API. */
  readonly paths: { readonly [api: string]: string };
  /** Headers that must have exactly these values; undefined for none. */
  readonly headers?: { readonly [name: string]: string | undefined };
  /** Region in whose name the request is signed for Amazon. */
  readonly signedFor?: string;
  make(kit: Kit): IProvider;
}

const bearer = { 'authorization': `Bearer ${KEY}`, 'x-api-key': undefined, 'api-key': undefined, 'cookie': undefined };
const xApiKey = { ...bearer, 'authorization': undefined, 'x-api-key': KEY };
const azureKey = { ...bearer, 'authorization': undefined, 'api-key': KEY };
const none = { ...bearer, authorization: undefined };
const nova = 'us.amazon.nova-pro-v1:0';
const claude = 'us.anthropic.claude-sonnet-4-20250514-v1:0';
const profile = 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc123';

/** Paths of a provider that follows OpenAI's API. */
function openAIPaths(prefix: string): Row['paths'] {
  return {
    [ClientApi.CHAT_COMPLETIONS]: `${prefix}/chat/completions`,
    [ClientApi.COMPLETIONS]: `${prefix}/completions`,
    [ClientApi.EMBEDDINGS]: `${prefix}/embeddings`,
    [ClientApi.RESPONSES]: `${prefix}/responses`,
    [ClientApi.MESSAGES]: `${prefix}/chat/completions`,
  };
}

const VENDORS: readonly (readonly [keyof typeof Vendor, string, string])[] = [
  ['ANTHROPIC', 'api.anthropic.com', '/v1'],
  ['COHERE', 'api.cohere.com', '/compatibility/v1'],
  ['DEEPINFRA', 'api.deepinfra.com', '/v1/openai'],
  ['DEEPSEEK', 'api.deepseek.com', '/v1'],
  ['GROQ', 'api.groq.com', '/openai/v1'],
  ['HUNYUAN', 'api.hunyuan.cloud.tencent.com', '/v1'],
  ['MISTRAL', 'api.mistral.ai', '/v1'],
  ['SAMBANOVA', 'api.sambanova.ai', '/v1'],
  ['TARS', 'api.router.tetrate.ai', '/v1'],
  ['TENCENT_LKEAP', 'api.lkeap.cloud.tencent.com', '/v1'],
  ['TOGETHER', 'api.together.xyz', '/v1'],
  ['XAI', 'api.x.ai', '/v1'],
];

const rows: readonly Row[] = [
  {
    name: 'openai', at: hosted('api.openai.com'), model: 'gpt-4o', paths: { ...openAIPaths('/v1'), [ClientApi.TOKENIZE]: '/tokenize' },
    headers: { ...bearer, 'openai-organization': 'org-abc', 'openai-project': 'proj_abc' },
    make: ({ chart }) => new OpenAIProvider(chart, 'openai', { apiKey, organization: 'org-abc', project: 'proj_abc' }),
  },
  {
    name: 'openai-eu', at: hosted('eu.api.openai.com'), model: 'gpt-4o', paths: openAIPaths('/v1'), headers: bearer,
    make: ({ chart }) => new OpenAIProvider(chart, 'openai-eu', { apiKey, hostname: OpenAIProvider.EU_HOSTNAME }),
  },
  {
    name: 'anthropic', at: hosted('api.anthropic.com'), model: 'claude-sonnet-4-5', headers: xApiKey,
    paths: { [ClientApi.MESSAGES]: '/v1/messages', [ClientApi.COUNT_TOKENS]: '/v1/messages/count_tokens' },
    make: ({ chart }) => new AnthropicProvider(chart, 'anthropic', { apiKey }),
  },
  {
    name: 'anthropic-prefix', at: hosted('claude.example.com'), model: 'claude-sonnet-4-5', headers: xApiKey,
    paths: { [ClientApi.MESSAGES]: '/api/v1/messages' },
    make: ({ chart }) => new AnthropicProvider(chart, 'anthropic-prefix', { apiKey, hostname: 'claude.example.com', pathPrefix: '/api/v1' }),
  },
  {
    name: 'gemini', at: hosted('generativelanguage.googleapis.com'), model: 'gemini-2.5-flash', headers: bearer,
    paths: openAIPaths('/v1beta/openai'),
    make: ({ chart }) => new GeminiProvider(chart, 'gemini', { apiKey }),
  },
  {
    name: 'cohere', at: hosted('api.cohere.com'), model: 'rerank-v3.5', headers: bearer, paths: { [ClientApi.RERANK]: '/v2/rerank' },
    make: ({ chart }) => new CohereProvider(chart, 'cohere', { apiKey }),
  },
  {
    name: 'azure', at: hosted('acme.openai.azure.com'), model: 'my-gpt-4o', headers: azureKey, paths: openAIPaths('/openai/v1'),
    make: ({ chart }) => new AzureOpenAIProvider(chart, 'azure', { resource: 'acme', credentials: azure }),
  },
  {
    name: 'azure-deployments', at: hosted('acme-old.openai.azure.com'), model: 'my-gpt-4o', headers: azureKey,
    paths: {
      [ClientApi.CHAT_COMPLETIONS]: '/openai/deployments/my-gpt-4o/chat/completions?api-version=2025-01-01-preview',
      [ClientApi.EMBEDDINGS]: '/openai/deployments/my-gpt-4o/embeddings?api-version=2025-01-01-preview',
      [ClientApi.RESPONSES]: '/openai/responses?api-version=2025-01-01-preview',
    },
    make: ({ chart }) => new AzureOpenAIProvider(chart, 'azure-deployments', {
      resource: 'acme-old', credentials: azure, api: AzureOpenAIApi.deployments('2025-01-01-preview'),
    }),
  },
  {
    name: 'bedrock', at: hosted('bedrock-runtime.us-east-1.amazonaws.com'), model: nova, signedFor: 'us-east-1',
    paths: { [ClientApi.CHAT_COMPLETIONS]: `/model/${nova}/converse`, [ClientApi.MESSAGES]: `/model/${nova}/converse` },
    make: ({ chart }) => new BedrockProvider(chart, 'bedrock', { region: 'us-east-1', credentials: aws }),
  },
  {
    name: 'bedrock-profile', at: hosted('bedrock-runtime.us-east-2.amazonaws.com'), model: profile, signedFor: 'us-east-2',
    paths: { [ClientApi.CHAT_COMPLETIONS]: `/model/${profile.replace('/', '%2F')}/converse` },
    make: ({ chart }) => new BedrockProvider(chart, 'bedrock-profile', { region: 'us-east-2', credentials: aws }),
  },
  {
    name: 'bedrock-embeddings', at: hosted('bedrock-runtime.eu-west-1.amazonaws.com'), model: 'amazon.titan-embed-text-v2:0', signedFor: 'eu-west-1',
    paths: { [ClientApi.EMBEDDINGS]: '/model/amazon.titan-embed-text-v2:0/invoke' },
    make: ({ chart }) => new BedrockProvider(chart, 'bedrock-embeddings', { region: 'eu-west-1', credentials: aws }),
  },
  {
    name: 'bedrock-fips', at: hosted('bedrock-runtime-fips.us-east-1.amazonaws.com'), model: nova, signedFor: 'us-east-1',
    paths: { [ClientApi.CHAT_COMPLETIONS]: `/model/${nova}/converse` },
    make: ({ chart }) => new BedrockProvider(chart, 'bedrock-fips', { region: 'us-east-1', credentials: aws, endpoint: BedrockEndpoint.fips() }),
  },
  {
    name: 'bedrock-dual-stack', at: hosted('bedrock-runtime.us-west-2.api.aws'), model: nova, signedFor: 'us-west-2',
    paths: { [ClientApi.CHAT_COMPLETIONS]: `/model/${nova}/converse` },
    make: ({ chart }) => new BedrockProvider(chart, 'bedrock-dual', { region: 'us-west-2', credentials: aws, endpoint: BedrockEndpoint.dualStack() }),
  },
  {
    name: 'bedrock-private-link', at: hosted('vpce-0a1b.bedrock-runtime.eu-central-1.vpce.amazonaws.com'), model: nova, signedFor: 'eu-central-1',
    paths: { [ClientApi.CHAT_COMPLETIONS]: `/model/${nova}/converse` },
    make: ({ chart }) => new BedrockProvider(chart, 'bedrock-vpce', {
      region: 'eu-central-1', credentials: aws, endpoint: BedrockEndpoint.privateLink('vpce-0a1b'),
    }),
  },
  {
    name: 'bedrock-custom', at: hosted('bedrock.example.com'), model: nova, signedFor: 'ap-southeast-2',
    paths: { [ClientApi.CHAT_COMPLETIONS]: `/model/${nova}/converse` },
    make: ({ chart }) => new BedrockProvider(chart, 'bedrock-custom', {
      region: 'ap-southeast-2', credentials: aws, endpoint: BedrockEndpoint.custom('bedrock.example.com'),
    }),
  },
  {
    name: 'bedrock-anthropic', at: hosted('bedrock-runtime.us-west-1.amazonaws.com'), model: claude, signedFor: 'us-west-1',
    paths: {
      [ClientApi.CHAT_COMPLETIONS]: `/model/${claude}/invoke`,
      [ClientApi.MESSAGES]: `/model/${claude}/invoke`,
    },
    make: ({ chart }) => new BedrockAnthropicProvider(chart, 'bedrock-anthropic', { region: 'us-west-1', credentials: aws }),
  },
  {
    name: 'vllm', at: plain('llama.inference.svc.cluster.local', 8000), model: 'meta-llama/Llama-3.3-70B-Instruct', headers: none,
    paths: openAIPaths('/v1'),
    make: ({ chart }) => new InClusterProvider(chart, 'vllm', {
      server: ModelServer.VLLM, service: InClusterService.fromServiceName('llama', { namespace: 'inference' }),
    }),
  },
  {
    name: 'ollama', at: plain('ollama.ai.svc.cluster.local', 11434), model: 'qwen2.5:0.5b', headers: none, paths: openAIPaths('/v1'),
    make: ({ chart }) => new InClusterProvider(chart, 'ollama', { server: ModelServer.OLLAMA, service: InClusterService.fromServiceName('ollama') }),
  },
  {
    name: 'litellm', at: plain('litellm.ai.svc.cluster.local', 4000), model: 'research', headers: bearer, paths: openAIPaths('/v1'),
    make: ({ chart }) => new InClusterProvider(chart, 'litellm', {
      server: ModelServer.LITELLM, service: InClusterService.fromServiceName('litellm'), apiKey,
    }),
  },
  {
    name: 'no-prefix', at: hosted('llm.example.com'), model: 'some-model', headers: bearer, paths: openAIPaths(''),
    make: ({ chart }) => new OpenAICompatibleProvider(chart, 'no-prefix', { vendor: Vendor.of({ hostname: 'llm.example.com', pathPrefix: '/' }), apiKey }),
  },
  ...VENDORS.map(([vendor, hostname, prefix]): Row => ({
    name: `vendor-${vendor.toLowerCase().replace('_', '-')}`, at: hosted(hostname), model: 'some-model', headers: bearer,
    paths: { [ClientApi.CHAT_COMPLETIONS]: `${prefix}/chat/completions` },
    make: ({ chart }) => new OpenAICompatibleProvider(chart, `vendor-${vendor}`.toLowerCase(), { vendor: Vendor[vendor] as Vendor, apiKey }),
  })),
];

const cases: readonly Case[] = rows.map(({ name, model, paths, headers = {}, signedFor, at, make }) => ({
  name: `provider-${name}`,
  says: 'requests have the path, the credential and the model that the provider expects, whatever API the client uses, and nothing of the caller',
  declare: kit => kit.gateway.addModel(name, make(kit).model(model)),
  run: async client => {
    for (const [api, path] of Object.entries(paths)) {
      const { status, text, attempts } = await client.send(REQUESTS[api as ClientApi](name));
      equal(status, 200, `${api}: ${status} ${text}`);
      equal(attempts.length, 1, api);
      const [attempt] = attempts;
      equal(`${attempt.host}${attempt.url}`, `${at.hostname}${path}`, api);
      equal(attempt.headers.host, at.hostname, 'the Host header');
      equal(attempt.sni, at.tls && at.hostname, 'the name asked for in TLS');
      equal(attempt.question.model, model, `the model, by ${api}`);
      for (const [header, value] of Object.entries(headers)) equal(attempt.headers[header], value, `${header}, by ${api}`);
      if (signedFor !== undefined) checkSignature(attempt, signedFor);
      hidesCaller(attempt);
    }
  },
}));

/** Headers that the library signs unless it is told; its types do not know the option. */
const UNSIGNED = { extraHeadersToIgnore: { 'content-length': true, 'content-type': true } };

/** Signs the request as it arrived, with the keys Amazon knows, and compares. */
function checkSignature({ method, url, headers, raw }: Attempt, region: string): void {
  const { authorization = '' } = headers;
  match(authorization, new RegExp(`Credential=${AWS.accessKeyId}/\\d+/${region}/bedrock/aws4_request`));
  equal(headers['x-amz-security-token'], AWS.sessionToken);
  const signed = /SignedHeaders=([^,]+)/.exec(authorization)![1].split(';');
  const again = sign({
    service: 'bedrock', region, method, path: url, body: raw,
    headers: Object.fromEntries(signed.map(name => [name, headers[name]])),
    ...UNSIGNED,
  }, AWS);
  deepEqual(/Signature=(\w+)/.exec(String(again.headers!.Authorization))?.[1], /Signature=(\w+)/.exec(authorization)?.[1], 'the signature');
}

export const providers = worldOf('providers', cases, {
  providers: [...new Map(rows.map(({ at }) => [at.hostname, at])).values()],
  secrets: () => ({
    'provider-key': { apiKey: KEY },
    'aws-credentials': {
      credentials: `[default]\naws_access_key_id = ${AWS.accessKeyId}\naws_secret_access_key = ${AWS.secretAccessKey}\naws_session_token = ${AWS.sessionToken}\n`,
    },
  }),
});

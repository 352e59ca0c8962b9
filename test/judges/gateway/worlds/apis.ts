import { deepEqual } from 'node:assert/strict';
import { tokens } from './identities';
import { Case, Kit, worldOf } from './kit';
import { REQUESTS } from './requests';
import {
  AnthropicProvider, ApiKey, AwsCredentials, AzureCredentials, AzureOpenAIApi, AzureOpenAIProvider, BedrockAnthropicProvider, BedrockProvider,
  ClientApi, CohereProvider, GcpCredentials, IProvider, OpenAIProvider, VertexAIProvider, VertexAnthropicProvider,
} from '../../../../src';
import { SERVED } from '../../../../src/platforms/envoy-ai-gateway/client-apis';
import { serviceAccountFile } from '../../service-account';

interface Row {
  readonly host: string;
  readonly model: string;
  make(kit: Kit): IProvider;
}

const apiKey = ApiKey.fromSecretName('provider-key');
const credentials = AwsCredentials.fromSecretName('aws-credentials');
const google = { project: 'acme', credentials: GcpCredentials.fromSecretName('service-account') };

const ROWS: { readonly [api in keyof typeof SERVED]: Row } = {
  'openai': {
    host: 'api.openai.com', model: 'gpt-4o',
    make: ({ chart }) => new OpenAIProvider(chart, 'openai', { apiKey }),
  },
  'azure-openai': {
    host: 'acme.openai.azure.com', model: 'my-gpt-4o',
    make: ({ chart }) => new AzureOpenAIProvider(chart, 'azure', {
      resource: 'acme', credentials: AzureCredentials.fromApiKey(apiKey), api: AzureOpenAIApi.deployments('2025-01-01-preview'),
    }),
  },
  'anthropic': {
    host: 'api.anthropic.com', model: 'claude-sonnet-4-5',
    make: ({ chart }) => new AnthropicProvider(chart, 'anthropic', { apiKey }),
  },
  'bedrock': {
    host: 'bedrock-runtime.us-east-1.amazonaws.com', model: 'us.amazon.nova-pro-v1:0',
    make: ({ chart }) => new BedrockProvider(chart, 'bedrock', { region: 'us-east-1', credentials }),
  },
  'bedrock-anthropic': {
    host: 'bedrock-runtime.us-west-2.amazonaws.com', model: 'us.anthropic.claude-sonnet-4-20250514-v1:0',
    make: ({ chart }) => new BedrockAnthropicProvider(chart, 'bedrock-anthropic', { region: 'us-west-2', credentials }),
  },
  'vertex': {
    host: 'us-central1-aiplatform.googleapis.com', model: 'gemini-2.5-flash',
    make: ({ chart }) => new VertexAIProvider(chart, 'vertex', { ...google, location: 'us-central1' }),
  },
  'vertex-anthropic': {
    host: 'us-east5-aiplatform.googleapis.com', model: 'claude-sonnet-4@20250514',
    make: ({ chart }) => new VertexAnthropicProvider(chart, 'vertex-anthropic', { ...google, location: 'us-east5' }),
  },
  'cohere': {
    host: 'api.cohere.com', model: 'rerank-v3.5',
    make: ({ chart }) => new CohereProvider(chart, 'cohere', { apiKey }),
  },
};

/** Amazon's embeddings are of models of their own. */
const TITAN = 'titan';

const cases: readonly Case[] = Object.entries(ROWS).map(([name, { model, make }]) => ({
  name: `apis-${name}`,
  says: 'clients can call the APIs that are said to be served, and no other: there the gateway answers 500 and asks nobody',
  declare: kit => {
    const provider = make(kit);
    kit.gateway.addModel(name, provider.model(model));
    if (name === 'bedrock') kit.gateway.addModel(TITAN, provider.model('amazon.titan-embed-text-v2:0'));
  },
  run: async client => {
    const results: { [api: string]: string } = {};
    for (const api of Object.values(ClientApi)) {
      const asked = name === 'bedrock' && api === ClientApi.EMBEDDINGS ? TITAN : name;
      const { status, attempts } = await client.send(REQUESTS[api](asked));
      results[api] = `${status} after ${attempts.length} attempts`;
    }
    const served: readonly string[] = SERVED[name as keyof typeof SERVED] ?? [];
    const expected = Object.values(ClientApi).map(api => [api, served.includes(api) ? '200 after 1 attempts' : '500 after 0 attempts']);
    deepEqual(results, Object.fromEntries(expected));
  },
}));

export const apis = worldOf('apis', cases, {
  hosts: Object.values(ROWS).map(({ host }) => host),
  tokens,
  secrets: () => ({
    'provider-key': { apiKey: 'key' },
    'aws-credentials': { credentials: '[default]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = secret\n' },
    'service-account': { 'service_account.json': serviceAccountFile() },
  }),
});

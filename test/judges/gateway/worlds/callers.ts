import { equal } from 'node:assert/strict';
import { Case, Kit, keyOf, PRIMARY, secretOf, STANDBY, worldOf } from './kit';
import {
  AnthropicProvider, ApiKey, AzureCredentials, AzureOpenAIProvider, Checks, InClusterProvider, InClusterService, IProvider, ModelServer,
  OpenAIProvider,
} from '../../../../src';
import { CALLERS, Client } from '../client';
import { hidesCaller } from '../expect';
import { hosted, plain } from '../world';

const OPENAI = 'api.openai.com';
const ANTHROPIC = 'api.anthropic.com';
const AZURE = 'acme.openai.azure.com';
const SERVER = 'server.ai.svc.cluster.local';

interface Pass {
  readonly name: string;
  readonly says: string;
  readonly passed: readonly string[];
  readonly api?: 'messages';
  make(kit: Kit): IProvider;
}

const server = InClusterService.fromServiceName('server');

const PASSES: readonly Pass[] = [
  {
    name: 'openai', says: 'passThrough lets the header pass in which the provider expects its key, and no other', passed: ['authorization'],
    make: ({ chart }) => new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.passThrough() }),
  },
  {
    name: 'anthropic', says: 'that is x-api-key at Anthropic', passed: ['x-api-key'], api: 'messages',
    make: ({ chart }) => new AnthropicProvider(chart, 'anthropic', { apiKey: ApiKey.passThrough() }),
  },
  {
    name: 'azure', says: 'and api-key at Azure', passed: ['api-key'],
    make: ({ chart }) => new AzureOpenAIProvider(chart, 'azure', { resource: 'acme', credentials: AzureCredentials.fromApiKey(ApiKey.passThrough()) }),
  },
  {
    name: 'named', says: 'headers that are named pass, and no other', passed: ['cookie', 'x-api-key'],
    make: ({ chart }) => new InClusterProvider(chart, 'named', { server: ModelServer.VLLM, service: server, apiKey: ApiKey.passThrough('Cookie', 'x-api-key') }),
  },
  {
    name: 'none', says: 'a provider without a key sees nothing of the caller\'s', passed: [],
    make: ({ chart }) => new InClusterProvider(chart, 'none', { server: ModelServer.VLLM, service: server, apiKey: ApiKey.none() }),
  },
];

async function ask(client: Client, model: string, api: Pass['api']) {
  return api === 'messages' ? client.messages(model) : client.chat(model);
}

const cases: readonly Case[] = [
  ...PASSES.map(({ name, says, passed, api, make }): Case => ({
    name: `caller-${name}`,
    says,
    declare: kit => kit.gateway.addModel(name, make(kit).model('theirs')),
    run: async client => {
      const { status, attempts: [attempt], text } = await ask(client, name, api);
      equal(status, 200, text);
      for (const header of passed) equal(attempt.headers[header], CALLERS[header], header);
      hidesCaller(attempt, ...passed);
    },
  })),
  {
    name: 'caller-standby-without-key',
    says: 'a standby without a key sees neither the caller\'s nor the primary\'s',
    declare: ({ chart, gateway, at }) => {
      const keyless = new InClusterProvider(chart, 'keyless', { server: ModelServer.VLLM, service: server });
      const route = gateway.addModel('keyless', at(PRIMARY).model('do-status-503').fallbackTo(keyless.model('spare')));
      Checks.acknowledge(route, 'KEYLESS_MIX', 'that is the question');
    },
    run: async client => {
      const { status, attempts } = await client.chat('keyless');
      equal(status, 200);
      equal(attempts[1].headers.authorization, undefined);
      attempts.forEach(attempt => hidesCaller(attempt));
    },
  },
  {
    name: 'caller-three-kinds-of-key',
    says: 'in a chain of providers with different credential headers each sees its own alone',
    declare: ({ chart, gateway, at }) => {
      const azure = new AzureOpenAIProvider(chart, 'azure-keyed', {
        resource: 'acme', credentials: AzureCredentials.fromApiKey(ApiKey.fromSecretName(secretOf(AZURE))),
      });
      gateway.addModel('kinds', azure.model('do-status-503').fallbackTo(at(STANDBY).model('do-status-503')).fallbackTo(azure.model('spare')));
    },
    run: async client => {
      const { status, attempts } = await client.chat('kinds');
      equal(status, 200);
      const expected = [['api-key', keyOf(AZURE)], ['authorization', `Bearer ${keyOf(STANDBY)}`], ['api-key', keyOf(AZURE)]];
      equal(attempts.length, expected.length);
      attempts.forEach((attempt, index) => {
        const [carrier, value] = expected[index];
        for (const header of Object.keys(CALLERS)) equal(attempt.headers[header], header === carrier ? value : undefined, header);
      });
    },
  },
];

export const callers = worldOf('callers', cases, {
  hosts: [PRIMARY, STANDBY],
  providers: [hosted(OPENAI), hosted(ANTHROPIC), hosted(AZURE), plain(SERVER, 8000)],
});

import { deepEqual, equal, match } from 'node:assert/strict';
import { Construct } from 'constructs';
import { Case, secretOf, worldOf } from './kit';
import {
  AnthropicProvider, ApiKey, AwsCredentials, AzureCredentials, AzureOpenAIApi, AzureOpenAIProvider, BedrockAnthropicProvider, BedrockProvider,
  ClientApi, IProvider, OpenAIProvider,
} from '../../../../src';
import { streamedMessage, streamedText } from '../client';
import { answeredBy } from '../expect';

interface Side {
  readonly host: string;
  /** Beginning of the path of a request, streamed or not. */
  readonly path: RegExp;
  make(scope: Construct): IProvider;
}

const key = (host: string) => ApiKey.fromSecretName(secretOf(host));
const aws = AwsCredentials.fromSecretName('aws-credentials');

const SIDES = {
  'openai': {
    host: 'api.openai.com', path: /^\/v1\/chat\/completions$/,
    make: chart => new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSecretName('openai-key') }),
  },
  'anthropic': {
    host: 'api.anthropic.com', path: /^\/v1\/messages$/,
    make: chart => new AnthropicProvider(chart, 'anthropic', { apiKey: ApiKey.fromSecretName('anthropic-key') }),
  },
  'azure': {
    host: 'acme.openai.azure.com', path: /^\/openai\/deployments\/[^/]+\/chat\/completions\?api-version=2025-01-01-preview$/,
    make: chart => new AzureOpenAIProvider(chart, 'azure', {
      resource: 'acme', credentials: AzureCredentials.fromApiKey(key('acme.openai.azure.com')), api: AzureOpenAIApi.deployments('2025-01-01-preview'),
    }),
  },
  'bedrock': {
    host: 'bedrock-runtime.us-east-1.amazonaws.com', path: /^\/model\/[^/]+\/converse(-stream)?$/,
    make: chart => new BedrockProvider(chart, 'bedrock', { region: 'us-east-1', credentials: aws }),
  },
  'bedrock-anthropic': {
    host: 'bedrock-runtime.us-west-2.amazonaws.com', path: /^\/model\/[^/]+\/invoke(-with-response-stream)?$/,
    make: chart => new BedrockAnthropicProvider(chart, 'bedrock-anthropic', { region: 'us-west-2', credentials: aws }),
  },
} as const satisfies { readonly [name: string]: Side };

type Name = keyof typeof SIDES;

const { CHAT_COMPLETIONS, MESSAGES } = ClientApi;

/** Client API, first provider, standby, and whether streams of that standby are pretended too. */
const PAIRS: readonly (readonly [ClientApi, Name, Name])[] = [
  [CHAT_COMPLETIONS, 'openai', 'bedrock'],
  [CHAT_COMPLETIONS, 'bedrock', 'openai'],
  [CHAT_COMPLETIONS, 'openai', 'azure'],
  [CHAT_COMPLETIONS, 'azure', 'openai'],
  [CHAT_COMPLETIONS, 'openai', 'bedrock-anthropic'],
  [CHAT_COMPLETIONS, 'bedrock-anthropic', 'openai'],
  [MESSAGES, 'openai', 'anthropic'],
  [MESSAGES, 'anthropic', 'openai'],
  [MESSAGES, 'bedrock', 'anthropic'],
  [MESSAGES, 'anthropic', 'bedrock'],
  [MESSAGES, 'bedrock-anthropic', 'anthropic'],
];

const made = new WeakMap<Construct, Map<Name, IProvider>>();

function provider(chart: Construct, name: Name): IProvider {
  const known = made.get(chart) ?? new Map<Name, IProvider>();
  made.set(chart, known);
  const found = known.get(name) ?? SIDES[name].make(chart);
  known.set(name, found);
  return found;
}

const cases: readonly Case[] = [
  ...PAIRS.map(([api, first, second]): Case => {
    const name = `${api === MESSAGES ? 'messages' : 'chat'}-${first}-to-${second}`;
    return {
      name: `across-${name}`,
      says: 'a standby of another API answers in the API of the client, in one piece and streaming',
      declare: ({ chart, gateway }) => gateway.addModel(
        name, provider(chart, first).model('do-status-503').fallbackTo(provider(chart, second).model('spare')),
        { apis: [api], failover: { consecutiveErrors: 1000 } },
      ),
      run: async client => {
        const ask = async (more?: object) => (api === MESSAGES ? client.messages(name, more) : client.chat(name, more));
        const whole = await ask();
        answeredBy(whole, SIDES[first].host, SIDES[second].host);
        for (const [attempt, side, model] of [[whole.attempts[0], first, 'do-status-503'], [whole.attempts[1], second, 'spare']] as const) {
          match(attempt.url, SIDES[side].path);
          equal(attempt.question.model, model);
        }
        const stream = await ask({ stream: true });
        deepEqual(stream.hosts, [SIDES[first].host, SIDES[second].host]);
        const text = api === MESSAGES ? streamedMessage(stream.text) : streamedText(stream.text);
        equal(text, `${SIDES[second].host} says hello`, stream.text);
        match(stream.text, api === MESSAGES ? /message_stop/ : /\[DONE\]/);
      },
    };
  }),
  {
    name: 'across-anthropic-overloaded',
    says: 'Anthropic\'s own 529 makes a fallback move on',
    declare: ({ chart, gateway }) => gateway.addModel(
      'overloaded', provider(chart, 'anthropic').model('do-status-529').fallbackTo(provider(chart, 'openai').model('spare')), { apis: [MESSAGES] },
    ),
    run: async client => answeredBy(await client.messages('overloaded'), SIDES.anthropic.host, SIDES.openai.host),
  },
];

export const across = worldOf('across', cases, {
  hosts: Object.values(SIDES).map(({ host }) => host),
  secrets: () => ({
    'openai-key': { apiKey: 'key-of-openai' },
    'anthropic-key': { apiKey: 'key-of-anthropic' },
    'aws-credentials': { credentials: '[default]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = secret\n' },
  }),
});

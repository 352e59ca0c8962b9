import { deepEqual, equal, ok } from 'node:assert/strict';
import { Case, PRIMARY, STANDBY, worldOf } from './kit';
import { ApiKey, AwsCredentials, BedrockProvider, BodyMutation, HeaderMutation, JsonValue, OpenAIProvider } from '../../../../src';
import { Client } from '../client';
import { answeredBy, hidesCaller } from '../expect';
import { Attempt } from '../upstream/provider';

const BEDROCK = 'bedrock-runtime.us-east-1.amazonaws.com';
const OPENAI = 'api.openai.com';

/** A request with much in it, and what the provider saw of it. */
async function changed(client: Client, model: string, more: object = {}): Promise<Attempt> {
  const { attempts, status, text } = await client.chat(model, {
    user: 'ann', temperature: 1, metadata: { old: 1, kept: 2 }, ...more,
  }, { headers: { 'x-trace': 'abc', 'x-team': 'caller' } });
  equal(status, 200, text);
  hidesCaller(attempts[0]);
  return attempts[0];
}

interface Change {
  readonly name: string;
  readonly says: string;
  readonly headers?: HeaderMutation;
  readonly body?: BodyMutation;
  /** Properties of the body that must be so; undefined for absent. */
  readonly expected?: object;
  readonly seen?: { readonly [header: string]: string | undefined };
}

const CHANGES: readonly Change[] = [
  {
    name: 'headers', says: 'headers are set, replaced and removed',
    headers: { set: { 'x-cost-center': 'search', 'X-Team': 'platform', 'user-agent': 'acme' }, remove: ['X-Trace'] },
    seen: { 'x-cost-center': 'search', 'x-team': 'platform', 'user-agent': 'acme', 'x-trace': undefined },
  },
  {
    name: 'odd-values', says: 'values arrive letter by letter',
    headers: { set: { 'x-price': 'costs $5 or ${HOME}', 'x-yes': 'yes', 'x-number': '1.50', 'x-quotes': '"a" \'b\'', 'x-colon': 'a: b # c' } },
    seen: { 'x-price': 'costs $5 or ${HOME}', 'x-yes': 'yes', 'x-number': '1.50', 'x-quotes': '"a" \'b\'', 'x-colon': 'a: b # c' },
  },
  {
    name: 'types', says: 'each kind of JSON arrives as that kind',
    body: { set: {
      a: JsonValue.text('0.2'), b: JsonValue.number(0.2), c: JsonValue.boolean(false), d: JsonValue.json('{"x": [1, null]}'), e: JsonValue.text('true'),
      f: JsonValue.text('$HOME "quoted"\n'), g: JsonValue.json('null'), n: JsonValue.number(1),
    } },
    expected: { a: '0.2', b: 0.2, c: false, d: { x: [1, null] }, e: 'true', f: '$HOME "quoted"\n', g: null, n: 1 },
  },
  {
    name: 'fields', says: 'fields are set and removed',
    body: { set: { temperature: JsonValue.number(0), store: JsonValue.boolean(false) }, remove: ['user'] },
    expected: { temperature: 0, store: false, user: undefined, metadata: { old: 1, kept: 2 } },
  },
  {
    name: 'paths', says: 'nested fields and items of lists are set and removed',
    body: {
      setPaths: { 'metadata.team.name': JsonValue.text('search'), 'messages.0.content': JsonValue.text('ho') },
      removePaths: ['metadata.old'],
    },
    expected: { metadata: { kept: 2, team: { name: 'search' } }, messages: [{ role: 'user', content: 'ho' }] },
  },
  {
    name: 'dots', says: 'a dot in the name of a field is a dot',
    body: { set: { 'a.b': JsonValue.number(1) }, setPaths: { 'metadata.c\\.d': JsonValue.number(2) }, remove: ['to.go'] },
    expected: { 'a.b': 1, 'metadata': { 'old': 1, 'kept': 2, 'c.d': 2 }, 'to.go': undefined },
  },
];

const cases: readonly Case[] = [
  ...CHANGES.map(({ name, says, headers, body, expected = {}, seen = {} }): Case => ({
    name: `change-${name}`,
    says,
    declare: ({ gateway, at }) => gateway.addModel(name, at(PRIMARY).model('theirs', { headers, body })),
    run: async client => {
      for (const stream of [false, true]) {
        const attempt = await changed(client, name, { stream, 'to.go': 1 });
        for (const [field, value] of Object.entries(expected)) deepEqual(attempt.body[field], value, field);
        for (const [header, value] of Object.entries(seen)) equal(attempt.headers[header], value, header);
        equal(attempt.question.model, 'theirs');
      }
    },
  })),
  {
    name: 'change-of-provider',
    says: 'changes of a provider are made in all requests to it; those of a target win',
    declare: ({ gateway, chart }) => {
      const openai = new OpenAIProvider(chart, 'openai', {
        apiKey: ApiKey.fromSecretName('api-key'),
        headers: { set: { 'x-cost-center': 'platform', 'x-both': 'provider' }, remove: ['x-trace'] },
        body: { set: { store: JsonValue.boolean(false), temperature: JsonValue.number(0.5) }, remove: ['user'] },
      });
      gateway.addModel('all', openai.model('theirs'));
      gateway.addModel('restored', openai.model('theirs', { headers: { set: { 'x-trace': 'target' } } }));
      gateway.addModel('one', openai.model('theirs', {
        headers: { set: { 'X-Both': 'target' } }, body: { set: { temperature: JsonValue.number(0) } },
      }));
    },
    run: async client => {
      const all = await changed(client, 'all');
      deepEqual([all.headers['x-cost-center'], all.headers['x-both'], all.headers['x-trace']], ['platform', 'provider', undefined]);
      deepEqual([all.body.store, all.body.temperature, all.body.user], [false, 0.5, undefined]);
      // What a target sets is sent, although its provider removes it.
      equal((await changed(client, 'restored')).headers['x-trace'], 'target');
      const one = await changed(client, 'one');
      deepEqual([one.headers['x-cost-center'], one.headers['x-both'], one.headers['x-trace']], ['platform', 'target', undefined]);
      deepEqual([one.body.store, one.body.temperature, one.body.user], [false, 0, undefined]);
    },
  },
  {
    name: 'change-on-bedrock',
    says: 'on Bedrock the fields are those of Converse',
    declare: ({ gateway, chart }) => {
      const bedrock = new BedrockProvider(chart, 'bedrock', { region: 'us-east-1', credentials: AwsCredentials.fromSecretName('aws-credentials') });
      gateway.addModel('nova', bedrock.model('us.amazon.nova-pro-v1:0', { body: { setPaths: { 'inferenceConfig.maxTokens': JsonValue.number(99) } } }));
    },
    run: async client => {
      const { attempts } = await client.chat('nova');
      equal(attempts[0].body.inferenceConfig.maxTokens, 99);
    },
  },
  {
    name: 'change-of-one-level',
    says: 'the changes of a target are made for that target alone',
    declare: ({ gateway, at }) => gateway.addModel('levels', at(PRIMARY).model('do-status-503', {
      headers: { set: { 'x-level': 'first' }, remove: ['x-team'] }, body: { set: { level: JsonValue.number(1) } },
    }).fallbackTo(at(STANDBY).model('spare', { body: { remove: ['user'] } }))),
    run: async client => {
      const outcome = await client.chat('levels', { user: 'ann' }, { headers: { 'x-team': 'caller' } });
      answeredBy(outcome, PRIMARY, STANDBY);
      const [first, second] = outcome.attempts;
      deepEqual([first.headers['x-level'], first.headers['x-team'], first.body.level, first.body.user], ['first', undefined, 1, 'ann']);
      deepEqual([second.headers['x-level'], second.headers['x-team'], second.body.level, second.body.user], [undefined, 'caller', undefined, undefined]);
      ok(second.question.model === 'spare');
    },
  },
];

export const mutations = worldOf('mutations', cases, {
  hosts: [PRIMARY, STANDBY, BEDROCK, OPENAI],
  secrets: () => ({
    'api-key': { apiKey: 'key-of-openai' },
    'aws-credentials': { credentials: '[default]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = secret\n' },
  }),
});

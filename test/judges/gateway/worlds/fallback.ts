import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { Duration, JsonPatch } from 'cdk8s';
import { Case, keyOf, PRIMARY, SECOND, STANDBY, worldOf } from './kit';
import { AddModelOptions, Traffic } from '../../../../src';
import { answeredBy, between, failedWith, soon } from '../expect';
import { Pretended } from '../world';

/** The primary does something, and the standby answers. */
function movesOn(name: string, says: string, script: string, options: AddModelOptions = {}, more: object = {}): Case {
  return {
    name: `fallback-${name}`,
    says: `the standby answers inside the request after ${says}`,
    declare: kit => kit.guarded(name, script, options),
    run: async client => answeredBy(await client.chat(name, more), PRIMARY, STANDBY),
  };
}

/** The primary does something that is the client's to know. */
function goesToClient(status: number): Case {
  return {
    name: `fallback-not-on-${status}`,
    says: `status ${status} goes to the client, who is to blame`,
    declare: kit => kit.guarded(`status-${status}`, `do-status-${status}`),
    run: async client => failedWith(await client.chat(`status-${status}`), status, PRIMARY),
  };
}

interface Unreachable extends Pretended {
  readonly says: string;
  readonly seconds: number;
}

const UNREACHABLE: { readonly [name: string]: Unreachable } = {
  'refused': { hostname: 'refused.example.com', port: 443, instead: 'closed port', says: 'a refused connection', seconds: 2 },
  'dropped': { hostname: 'dropped.example.com', port: 443, instead: 'black hole', says: 'attempts to connect nobody answers', seconds: 6 },
  'no-such-name': { hostname: 'gone.invalid', port: 443, instead: 'closed port', says: 'a name that does not resolve', seconds: 2 },
  'wrong-name': {
    hostname: 'wrong-name.example.com', port: 443, tls: { issuer: 'public', name: 'other.example.com' }, says: 'a certificate for another name', seconds: 2,
  },
  'unknown-authority': {
    hostname: 'unknown-authority.example.com', port: 443, tls: { issuer: 'private' }, says: 'a certificate of an unknown authority', seconds: 2,
  },
};

const unreachable: Case[] = Object.entries(UNREACHABLE).map(([name, { hostname, says, seconds }]) => ({
  name: `fallback-${name}`,
  says: `the standby answers inside the request after ${says}`,
  declare: ({ gateway, at }) => gateway.addModel(name, at(hostname).model('any').fallbackTo(at(STANDBY).model('spare'))),
  run: async client => {
    const outcome = await client.chat(name);
    answeredBy(outcome, STANDBY);
    between(outcome.seconds, 0, seconds, 'the time in seconds');
  },
}));

const chains: Case[] = [
  {
    name: 'fallback-three-levels',
    says: 'three levels are tried in order, whatever the reasons',
    declare: ({ gateway, at }) => gateway.addModel(
      'three', at(PRIMARY).model('do-status-500').fallbackTo(at(SECOND).model('do-reset')).fallbackTo(at(STANDBY).model('spare')),
    ),
    run: async client => answeredBy(await client.chat('three'), PRIMARY, SECOND, STANDBY),
  },
  {
    name: 'fallback-all-fail',
    says: 'when all levels fail, each was tried once and the client sees the last one\'s error',
    declare: ({ gateway, at }) => gateway.addModel('all-fail', at(PRIMARY).model('do-status-503').fallbackTo(at(STANDBY).model('do-status-500'))),
    run: async client => failedWith(await client.chat('all-fail'), 500, PRIMARY, STANDBY),
  },
  {
    name: 'fallback-attempts-per-level',
    says: 'attemptsPerLevel tries a provider so often before the next',
    declare: kit => kit.guarded('twice', 'do-status-503', { failover: { attemptsPerLevel: 2 } }),
    run: async client => answeredBy(await client.chat('twice'), PRIMARY, PRIMARY, STANDBY),
  },
  {
    name: 'fallback-unused',
    says: 'while the primary answers, the standby gets nothing',
    declare: kit => kit.guarded('steady', 'fine'),
    run: async client => {
      for (let request = 0; request < 20; request++) answeredBy(await client.chat('steady'), PRIMARY);
    },
  },
  {
    name: 'fallback-same-provider',
    says: 'another model of the same provider can be the standby',
    declare: ({ gateway, at }) => gateway.addModel('smaller', at(PRIMARY).model('do-status-429').fallbackTo(at(PRIMARY).model('small'))),
    run: async client => {
      const outcome = await client.chat('smaller');
      answeredBy(outcome, PRIMARY, PRIMARY);
      deepEqual(outcome.attempts.map(({ question }) => question.model), ['do-status-429', 'small']);
    },
  },
  {
    name: 'fallback-isolation',
    says: 'the standby sees its own key and model, and nothing the primary was sent beside the prompt',
    declare: ({ gateway, at }) => gateway.addModel(
      'isolated',
      at(PRIMARY).model('do-status-503', { headers: { set: { 'x-only-primary': 'secret-of-primary' } }, body: { remove: ['user'] } })
        .fallbackTo(at(STANDBY).model('spare')),
    ),
    run: async client => {
      const outcome = await client.chat('isolated', { user: 'ann' });
      answeredBy(outcome, PRIMARY, STANDBY);
      const [first, second] = outcome.attempts;
      equal(first.headers.authorization, `Bearer ${keyOf(PRIMARY)}`);
      equal(first.headers['x-only-primary'], 'secret-of-primary');
      equal(first.body.user, undefined);
      equal(second.headers.authorization, `Bearer ${keyOf(STANDBY)}`);
      equal(second.headers['x-only-primary'], undefined);
      equal(second.body.user, 'ann');
      equal(second.question.model, 'spare');
      ok(!JSON.stringify(second.headers).includes(keyOf(PRIMARY)), 'the key of the primary reached the standby');
    },
  },
  {
    name: 'fallback-large-prompt',
    says: 'the standby gets all of a prompt of 20 MiB',
    declare: kit => kit.guarded('large', 'do-status-503'),
    run: async client => {
      const outcome = await client.chat('large', { messages: [{ role: 'user', content: 'x'.repeat(20 * 1024 * 1024) }] });
      answeredBy(outcome, PRIMARY, STANDBY);
      ok(outcome.attempts[1].bytes > 20 * 1024 * 1024, `the standby got ${outcome.attempts[1].bytes} bytes`);
    },
  },
  {
    name: 'fallback-none-declared',
    says: 'a model without fallback is tried once, and its error reaches the client',
    declare: ({ gateway, at }) => gateway.addModel('alone', at(PRIMARY).model('do-status-503')),
    run: async client => failedWith(await client.chat('alone'), 503, PRIMARY),
  },
  {
    name: 'fallback-retries',
    says: 'retries repeats a request on the same provider',
    declare: ({ gateway, at }) => gateway.addModel('again', at(PRIMARY).model('do-fail-2'), { retries: 2 }),
    run: async client => answeredBy(await client.chat('again'), PRIMARY, PRIMARY, PRIMARY),
  },
];

const times: Case[] = [
  movesOn('hang', 'an answer that never comes, after perTryTimeout', 'do-hang', { failover: { perTryTimeout: Duration.seconds(2) } }),
  movesOn('hang-streaming', 'a stream that never begins', 'do-hang', { failover: { perTryTimeout: Duration.seconds(2) } }, { stream: true }),
  {
    name: 'fallback-timeout-bounds-all',
    says: 'timeout bounds all attempts together, and each level has its share of it',
    declare: ({ gateway, at }) => gateway.addModel(
      'bounded', at(PRIMARY).model('do-hang').fallbackTo(at(STANDBY).model('do-hang')), { timeout: Duration.seconds(4) },
    ),
    run: async client => {
      const outcome = await client.chat('bounded');
      failedWith(outcome, 504, PRIMARY, STANDBY);
      between(outcome.seconds, 3.5, 6, 'the time in seconds');
    },
  },
  {
    name: 'fallback-per-try-spares-streams',
    says: 'perTryTimeout ends with the headers: a stream that began in time goes on',
    waits: true,
    declare: kit => kit.guarded('streams-on', 'do-slowly-6', { failover: { perTryTimeout: Duration.seconds(2) } }),
    run: async client => {
      const outcome = await client.chat('streams-on', { stream: true });
      deepEqual(outcome.hosts, [PRIMARY]);
      match(outcome.text, /\[DONE\]/);
      between(outcome.seconds, 5, 20, 'the time in seconds');
    },
  },
];

/** Where the promise ends. */
const ends: Case[] = [
  {
    name: 'fallback-not-in-body',
    says: 'an answer that breaks off in the middle of its body is not repeated',
    declare: kit => kit.guarded('half-body', 'do-half-body'),
    run: async client => {
      const { hosts, complete, status } = await client.chat('half-body');
      deepEqual(hosts, [PRIMARY]);
      ok(!complete || status >= 500, `the client takes a half answer for a whole one, status ${status}`);
    },
  },
  {
    name: 'fallback-not-in-stream',
    says: 'a stream that breaks off is not repeated, and the client can see that it broke off',
    declare: kit => kit.guarded('cut', 'do-cut'),
    run: async client => {
      const { hosts, complete, text } = await client.chat('cut', { stream: true });
      deepEqual(hosts, [PRIMARY]);
      ok(!complete || !text.includes('[DONE]'), 'the client takes half a stream for a whole one');
    },
  },
  {
    name: 'fallback-not-on-error-event',
    says: 'an error inside a stream is passed to the client',
    declare: kit => kit.guarded('error-event', 'do-error-event'),
    run: async client => {
      const { hosts, text } = await client.chat('error-event', { stream: true });
      deepEqual(hosts, [PRIMARY]);
      match(text, /fails in the middle/);
    },
  },
];

/** What is remembered between requests. */
const memory: Case[] = [
  {
    name: 'fallback-remembers',
    says: 'three errors in a row make requests skip the provider, and it is used again when the time is over',
    waits: true,
    declare: kit => kit.guarded('remembers', 'do-fail-3', { failover: { ejectionTime: Duration.seconds(3) } }),
    run: async client => {
      for (let request = 0; request < 3; request++) answeredBy(await client.chat('remembers'), PRIMARY, STANDBY);
      answeredBy(await soon(async () => client.chat('remembers'), ({ hosts }) => hosts[0] === STANDBY), STANDBY);
      for (let second = 0; second < 15; second++) {
        await new Promise(resolve => { setTimeout(resolve, 1000); });
        const outcome = await client.chat('remembers');
        if (outcome.hosts[0] === PRIMARY) return answeredBy(outcome, PRIMARY);
      }
      ok(false, 'the provider is still skipped after 15 s');
    },
  },
  {
    name: 'fallback-skips-silence-split-off',
    says: 'where local errors are counted apart and one is enough, a silent provider is skipped',
    declare: ({ gateway, at }) => gateway.addModel(
      'split-off', at(PRIMARY).model('do-hang').fallbackTo(at(STANDBY).model('spare')), { failover: { perTryTimeout: Duration.seconds(1) } },
    ).trafficPolicy!.addJsonPatch(
      JsonPatch.add('/spec/healthCheck/passive/splitExternalLocalOriginErrors', true),
      JsonPatch.add('/spec/healthCheck/passive/consecutiveLocalOriginFailures', 1),
    ),
    run: async client => {
      answeredBy(await client.chat('split-off'), PRIMARY, STANDBY);
      answeredBy(await soon(async () => client.chat('split-off'), ({ hosts }) => hosts.length === 1), STANDBY);
    },
  },
  {
    name: 'fallback-all-skipped',
    says: 'while all providers are to be skipped, requests try them all the same',
    declare: ({ gateway, at }) => gateway.addModel(
      'all-skipped', at(PRIMARY).model('do-fail-1@skipped').fallbackTo(at(STANDBY).model('do-fail-1@skipped')), { failover: { consecutiveErrors: 1 } },
    ),
    run: async client => {
      failedWith(await client.chat('all-skipped'), 500, PRIMARY, STANDBY);
      // Both are ejected for half a minute, and both are well again.
      for (let request = 0; request < 10; request++) {
        const { status, hosts } = await client.chat('all-skipped');
        equal(status, 200);
        equal(hosts.length, 1);
      }
    },
  },
  {
    name: 'fallback-fail-fast',
    says: 'with failFast requests answer 503 while all providers are skipped, and none is asked',
    declare: ({ gateway, at }) => gateway.addModel(
      'fail-fast', at(PRIMARY).model('do-fail-1@fast').fallbackTo(at(STANDBY).model('do-fail-1@fast')), { failover: { consecutiveErrors: 1, failFast: true } },
    ),
    run: async client => {
      failedWith(await client.chat('fail-fast'), 500, PRIMARY, STANDBY);
      const outcome = await soon(async () => client.chat('fail-fast'), ({ hosts }) => hosts.length === 0);
      failedWith(outcome, 503);
      between(outcome.seconds, 0, 1, 'the time in seconds');
    },
  },
];

const split: Case = {
  name: 'fallback-of-a-split',
  says: 'a failing member of a split falls over to the next level, the others go on',
  declare: ({ gateway, at }) => gateway.addModel('split', Traffic.split([
    { to: at(PRIMARY).model('do-status-503'), weight: 50 },
    { to: at(SECOND).model('fine'), weight: 50 },
  ]).fallbackTo(at(STANDBY).model('spare')), { failover: { consecutiveErrors: 1000 } }),
  run: async client => {
    const seen = new Map<string, number>();
    for (let request = 0; request < 40; request++) {
      const { status, hosts } = await client.chat('split');
      equal(status, 200);
      seen.set(hosts.join(), (seen.get(hosts.join()) ?? 0) + 1);
    }
    deepEqual([...seen.keys()].sort(), [`${PRIMARY},${STANDBY}`, SECOND]);
  },
};

const cases: readonly Case[] = [
  ...[429, 500, 502, 503, 504].map(status => movesOn(`status-${status}`, `status ${status}`, `do-status-${status}`)),
  movesOn('closed', 'a connection closed before the answer', 'do-close'),
  movesOn('reset', 'a connection reset before the answer', 'do-reset'),
  movesOn('half-headers', 'a connection closed in the middle of the headers', 'do-half-headers'),
  movesOn('streaming', 'status 503 to a streaming request', 'do-status-503', {}, { stream: true }),
  movesOn('chosen-code', 'a status that statusCodes names', 'do-status-403', { failover: { statusCodes: [403] } }),
  ...[400, 401, 403, 404, 408].map(goesToClient),
  ...unreachable, ...times, ...chains, ...ends, ...memory, split,
];

export const fallback = worldOf('fallback', cases, {
  hosts: [PRIMARY, SECOND, STANDBY],
  providers: Object.values(UNREACHABLE),
});

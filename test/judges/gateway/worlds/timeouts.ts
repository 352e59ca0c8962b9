import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { Duration } from 'cdk8s';
import { Case, PRIMARY, STANDBY, worldOf } from './kit';
import { answeredBy, between, failedWith } from '../expect';

const cases: readonly Case[] = [
  {
    name: 'answer-after-70-s',
    says: 'by default an answer may take more than a minute',
    waits: true,
    declare: ({ gateway, at }) => gateway.addModel('late', at(PRIMARY).model('do-late-70')),
    run: async client => answeredBy(await client.chat('late', {}, { patience: 90 }), PRIMARY),
  },
  {
    name: 'stream-of-70-s',
    says: 'by default a stream may last more than a minute',
    waits: true,
    declare: ({ gateway, at }) => gateway.addModel('long', at(PRIMARY).model('do-slowly-70')),
    run: async client => {
      const { text, complete } = await client.chat('long', { stream: true }, { patience: 90 });
      ok(complete);
      match(text, /\[DONE\]/);
    },
  },
  {
    name: 'no-timeout',
    says: 'a timeout of 0 is none',
    waits: true,
    declare: ({ gateway, at }) => gateway.addModel('endless', at(PRIMARY).model('do-late-65'), { timeout: Duration.seconds(0) }),
    run: async client => answeredBy(await client.chat('endless', {}, { patience: 90 }), PRIMARY),
  },
  {
    name: 'timeout-ends-answers',
    says: 'after timeout the client gets 504',
    declare: ({ gateway, at }) => gateway.addModel('short', at(PRIMARY).model('do-hang'), { timeout: Duration.seconds(2) }),
    run: async client => {
      const outcome = await client.chat('short');
      failedWith(outcome, 504, PRIMARY);
      between(outcome.seconds, 1.8, 4, 'the time in seconds');
    },
  },
  {
    name: 'timeout-ends-streams',
    says: 'timeout ends streams too, visibly',
    declare: ({ gateway, at }) => gateway.addModel('short-stream', at(PRIMARY).model('do-slowly-20'), { timeout: Duration.seconds(2) }),
    run: async client => {
      const { seconds, complete, text } = await client.chat('short-stream', { stream: true });
      between(seconds, 1.8, 4, 'the time in seconds');
      ok(!complete && !text.includes('[DONE]'), 'the client takes half a stream for a whole one');
    },
  },
  {
    name: 'timeout-is-ours',
    says: 'headers of a client change neither timeout nor retries',
    declare: ({ gateway, at }) => gateway.addModel('three-seconds', at(PRIMARY).model('do-late-3')),
    run: async client => answeredBy(await client.chat('three-seconds', {}, {
      headers: { 'x-envoy-upstream-rq-timeout-ms': '500', 'x-envoy-retry-on': '5xx', 'x-envoy-max-retries': '3' },
    }), PRIMARY),
  },
  {
    name: 'idle-spares-slow-streams',
    says: 'streamIdleTimeout spares a stream whose events come in time',
    declare: ({ gateway, at }) => gateway.addModel('steady', at(PRIMARY).model('do-slowly-4'), { streamIdleTimeout: Duration.seconds(3) }),
    run: async client => {
      const { text, complete } = await client.chat('steady', { stream: true });
      ok(complete);
      match(text, /\[DONE\]/);
    },
  },
  {
    name: 'idle-ends-silence',
    says: 'streamIdleTimeout ends a stream that falls silent',
    declare: ({ gateway, at }) => gateway.addModel('silent', at(PRIMARY).model('do-silence-20'), { streamIdleTimeout: Duration.seconds(2) }),
    run: async client => {
      const { seconds, complete } = await client.chat('silent', { stream: true });
      between(seconds, 1.8, 4.5, 'the time in seconds');
      ok(!complete);
    },
  },
  {
    name: 'idle-falls-over',
    says: 'silence before the headers makes a fallback move on',
    declare: kit => kit.guarded('silent-start', 'do-hang', { streamIdleTimeout: Duration.seconds(2) }),
    run: async client => {
      const outcome = await client.chat('silent-start', { stream: true });
      deepEqual(outcome.hosts, [PRIMARY, STANDBY]);
      equal(outcome.status, 200);
      between(outcome.seconds, 1.8, 4.5, 'the time in seconds');
    },
  },
];

export const timeouts = worldOf('timeouts', cases, { hosts: [PRIMARY, STANDBY] });

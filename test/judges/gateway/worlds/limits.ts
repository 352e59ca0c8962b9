import { equal, match, ok } from 'node:assert/strict';
import { Size } from 'cdk8s';
import { Case, PRIMARY, worldOf } from './kit';
import { Outcome } from '../client';
import { failedWith } from '../expect';

const MIB = 1024 * 1024;

function prompt(mebibytes: number): object {
  return { messages: [{ role: 'user', content: 'x'.repeat(mebibytes * MIB) }] };
}

function holdsPrompt({ status, attempts, text }: Outcome, mebibytes: number): void {
  equal(status, 200, text.slice(0, 300));
  ok(attempts[0].bytes > mebibytes * MIB, `the provider got ${attempts[0].bytes} bytes`);
}

function holdsAnswer({ status, text, complete }: Outcome, mebibytes: number): void {
  equal(status, 200, text.slice(0, 300));
  ok(complete && text.length > mebibytes * MIB, `the client got ${text.length} bytes`);
}

const usual: readonly Case[] = [
  {
    name: 'prompt-20-mib',
    says: 'a prompt of 20 MiB arrives whole',
    declare: ({ gateway, at }) => gateway.addModel('fine', at(PRIMARY).model()),
    run: async client => holdsPrompt(await client.chat('fine', prompt(20)), 20),
  },
  {
    name: 'prompt-45-mib',
    says: 'so does one of 45 MiB',
    declare: () => {},
    run: async client => holdsPrompt(await client.chat('fine', prompt(45)), 45),
  },
  {
    name: 'prompt-60-mib',
    says: 'one of 60 MiB is refused with 413, and no provider is asked',
    declare: () => {},
    run: async client => failedWith(await client.chat('fine', prompt(60)), 413),
  },
  {
    name: 'prompt-20-mib-http2',
    says: 'a client that speaks HTTP/2 can send as much',
    declare: () => {},
    run: async client => holdsPrompt(await client.sendByHttp2({ path: '/v1/chat/completions', body: { model: 'fine', ...prompt(20) } }), 20),
  },
  {
    name: 'answer-20-mib',
    says: 'an answer of 20 MiB arrives whole',
    declare: ({ gateway, at }) => gateway.addModel('large', at(PRIMARY).model('do-large-20')),
    run: async client => holdsAnswer(await client.chat('large'), 20),
  },
  {
    name: 'answer-60-mib',
    says: 'one of 60 MiB is refused with 500',
    declare: ({ gateway, at }) => gateway.addModel('too-large', at(PRIMARY).model('do-large-60')),
    run: async client => failedWith(await client.chat('too-large'), 500, PRIMARY),
  },
  {
    name: 'stream-burst',
    says: 'a stream that begins with 64 KiB at once arrives whole',
    declare: ({ gateway, at }) => gateway.addModel('burst', at(PRIMARY).model('do-burst-64')),
    run: async client => {
      const { status, text } = await client.chat('burst', { stream: true });
      equal(status, 200);
      match(text, /\[DONE\]/);
    },
  },
];

const small: readonly Case[] = [
  {
    name: 'chosen-limit',
    says: 'maxBodySize is the limit of prompts and answers, by HTTP/1 and HTTP/2',
    declare: ({ gateway, at }) => {
      gateway.addModel('fine', at(PRIMARY).model());
      gateway.addModel('answer-1', at(PRIMARY).model('do-large-1'));
      gateway.addModel('answer-3', at(PRIMARY).model('do-large-3'));
    },
    run: async client => {
      const http2 = async (mebibytes: number) => client.sendByHttp2({ path: '/v1/chat/completions', body: { model: 'fine', ...prompt(mebibytes) } });
      holdsPrompt(await client.chat('fine', prompt(1)), 1);
      failedWith(await client.chat('fine', prompt(3)), 413);
      holdsPrompt(await http2(1), 1);
      failedWith(await http2(3), 413);
      holdsAnswer(await client.chat('answer-1'), 1);
      failedWith(await client.chat('answer-3'), 500, PRIMARY);
    },
  },
];

export const limits = worldOf('limits', usual, { hosts: [PRIMARY] });
export const smallLimits = worldOf('small-limits', small, { hosts: [PRIMARY], gateway: { maxBodySize: Size.mebibytes(2) } });

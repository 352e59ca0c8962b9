import { deepEqual, equal } from 'node:assert/strict';
import { Case, PRIMARY, SECOND, STANDBY, worldOf } from './kit';
import { Traffic } from '../../../../src';
import { Client } from '../client';
import { between } from '../expect';

const REQUESTS = 1000;
const CLIENTS = 8;

/** How often each provider answered, and that nobody was asked twice. */
async function shares(client: Client, model: string): Promise<Map<string, number>> {
  const seen = new Map<string, number>();
  const ask = async () => {
    for (let request = 0; request < REQUESTS / CLIENTS; request++) {
      const { status, hosts } = await client.chat(model);
      equal(status, 200);
      equal(hosts.length, 1);
      seen.set(hosts[0], (seen.get(hosts[0]) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, ask));
  return seen;
}

/** Within five standard deviations of a fair draw. */
function isShare(seen: Map<string, number>, host: string, percent: number): void {
  const expected = REQUESTS * percent / 100;
  const tolerance = 5 * Math.sqrt(expected * (1 - percent / 100));
  between(seen.get(host) ?? 0, expected - tolerance, expected + tolerance, `the share of ${host}`);
}

const cases: readonly Case[] = [
  {
    name: 'split-90-10',
    says: 'a split of 90 and 10 sends nine of ten requests to the first',
    declare: ({ gateway, at }) => gateway.addModel('two', Traffic.split([
      { to: at(PRIMARY).model('a'), weight: 90 }, { to: at(SECOND).model('b'), weight: 10 },
    ])),
    run: async client => {
      const seen = await shares(client, 'two');
      isShare(seen, PRIMARY, 90);
      isShare(seen, SECOND, 10);
    },
  },
  {
    name: 'split-50-30-20',
    says: 'a split of three has three shares',
    declare: ({ gateway, at }) => gateway.addModel('three', Traffic.split([
      { to: at(PRIMARY).model('a'), weight: 50 }, { to: at(SECOND).model('b'), weight: 30 }, { to: at(STANDBY).model('c'), weight: 20 },
    ])),
    run: async client => {
      const seen = await shares(client, 'three');
      isShare(seen, PRIMARY, 50);
      isShare(seen, SECOND, 30);
      isShare(seen, STANDBY, 20);
    },
  },
  {
    name: 'split-with-fallback',
    says: 'a fallback behind a split that works is not used, and changes no share',
    declare: ({ gateway, at }) => gateway.addModel('guarded', Traffic.split([
      { to: at(PRIMARY).model('a'), weight: 90 }, { to: at(SECOND).model('b'), weight: 10 },
    ]).fallbackTo(at(STANDBY).model('c'))),
    run: async client => {
      const seen = await shares(client, 'guarded');
      isShare(seen, PRIMARY, 90);
      isShare(seen, SECOND, 10);
      equal(seen.get(STANDBY), undefined);
    },
  },
  {
    name: 'split-zero',
    says: 'a member with weight 0 gets nothing',
    declare: ({ gateway, at }) => gateway.addModel('zero', Traffic.split([
      { to: at(PRIMARY).model('a'), weight: 1 }, { to: at(SECOND).model('b'), weight: 0 },
    ])),
    run: async client => deepEqual([...(await shares(client, 'zero')).keys()], [PRIMARY]),
  },
];

export const traffic = worldOf('traffic', cases, { hosts: [PRIMARY, SECOND, STANDBY] });

import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { Case, Kit, PRIMARY, SECOND, STANDBY, worldOf } from './kit';
import { HeaderMatch, ModelMatch, ModelRoute } from '../../../../src';
import { Client } from '../client';
import { answeredBy, failedWith } from '../expect';

/** Names that YAML, a shell or a URL would make something else of. */
const ODD = [
  'n', 'yes', 'off', 'true', 'null', '~', '1.5', '1e3', '0x1f', '017', '12:30', '2026-01-02', '.inf', '=', '<<', '-', '?', '*', '&a', '!b',
  '# hash', 'a: b', '- dash', '[list]', '{map}', 'with "quotes"', 'it\'s', 'back\\slash', '%percent', '@at', '`tick`', '|', '>',
  'org/model:tag@1', 'two words', '$HOME', '${HOME}', '$$', 'x'.repeat(300),
];

async function listed(client: Client, path = '/v1/models', headers?: { readonly [name: string]: string }): Promise<any[]> {
  const { status, json } = await client.get(path, headers);
  equal(status, 200);
  return json.data;
}

const cases: readonly Case[] = [
  {
    name: 'models-listed',
    says: 'every name is listed once, with owner and date; patterns are not',
    declare: ({ gateway, at }) => {
      gateway.addModel('plain', at(PRIMARY).model());
      gateway.addModel('owned', at(PRIMARY).model(), { ownedBy: 'Acme', createdAt: new Date('2025-04-14T00:00:00Z') });
    },
    run: async client => {
      const models = await listed(client);
      const ids = models.map(({ id }) => id);
      // A name with several entries is listed with each.
      deepEqual(ids.filter((id, index) => ids.indexOf(id) !== index), ['team-model', 'team-model']);
      ok(ids.includes('plain') && !ids.some(id => id.includes('.*')), ids.join());
      const { owned_by, created } = models.find(({ id }) => id === 'owned');
      deepEqual({ owned_by, created }, { owned_by: 'Acme', created: Date.UTC(2025, 3, 14) / 1000 });
      deepEqual((await listed(client, '/anthropic/v1/models')).map(({ id }) => id).sort(), [...ids].sort());
    },
  },
  ...[
    ['unknown', { model: 'nobody-has-this' }],
    ['other-case', { model: 'PLAIN' }],
    ['empty', { model: '' }],
    ['missing', {}],
  ].map(([name, body]): Case => ({
    name: `model-${name}`,
    says: 'a request whose model nothing was declared for gets 404, and no provider is asked',
    declare: () => {},
    run: async client => {
      const outcome = await client.send({ path: '/v1/chat/completions', body: { messages: [], ...body as object } });
      failedWith(outcome, 404);
      match(outcome.text, /No matching route found/);
    },
  })),
  {
    name: 'model-odd-names',
    says: 'names that YAML, a shell or a URL would read differently are served and listed letter by letter',
    // Names of their own, because these models have hardly a letter to make one of.
    declare: ({ gateway, at }) => ODD.forEach((name, index) => gateway.addModel(name, at(PRIMARY).model(), { name: `odd-${index}` })),
    run: async client => {
      const ids = (await listed(client)).map(({ id }) => id);
      deepEqual(ODD.filter(name => !ids.includes(name)), []);
      for (const name of ODD) {
        const outcome = await client.chat(name);
        answeredBy(outcome, PRIMARY);
        equal(outcome.attempts[0].question.model, name);
      }
    },
  },
  {
    name: 'model-alias',
    says: 'the provider gets its own name of the model, the client may not choose another by a header',
    declare: ({ gateway, at }) => gateway.addModel('alias', at(PRIMARY).model('their-name')),
    run: async client => {
      const outcome = await client.chat('alias', {}, { headers: { 'x-ai-eg-model': 'plain' } });
      answeredBy(outcome, PRIMARY);
      equal(outcome.attempts[0].question.model, 'their-name');
    },
  },
  {
    name: 'model-patterns',
    says: 'patterns match whole names in the order of declaration, and exact names win over them',
    declare: ({ gateway, at }) => {
      gateway.addPattern('gpt-4.*', at(PRIMARY).model());
      gateway.addPattern('gpt-.*', at(SECOND).model());
      gateway.addModel('gpt-4-special', at(STANDBY).model());
    },
    run: async client => {
      answeredBy(await client.chat('gpt-4o'), PRIMARY);
      answeredBy(await client.chat('gpt-5'), SECOND);
      answeredBy(await client.chat('gpt-4-special'), STANDBY);
      failedWith(await client.chat('my-gpt-4o'), 404);
    },
  },
  {
    name: 'model-by-header',
    says: 'one name goes to different places by a header of the request',
    declare: kit => new ModelRoute(kit.chart, 'teams', {
      gateways: [kit.gateway],
      entries: [
        { match: ModelMatch.exact('team-model'), headerMatches: [HeaderMatch.exact('x-team', 'blue')], target: kit.at(PRIMARY).model() },
        { match: ModelMatch.exact('team-model'), headerMatches: [HeaderMatch.pattern('x-team', 'g.*')], target: kit.at(SECOND).model() },
        { match: ModelMatch.exact('team-model'), target: kit.at(STANDBY).model() },
      ],
    }),
    run: async client => {
      answeredBy(await client.chat('team-model', {}, { headers: { 'x-team': 'blue' } }), PRIMARY);
      answeredBy(await client.chat('team-model', {}, { headers: { 'x-team': 'green' } }), SECOND);
      answeredBy(await client.chat('team-model'), STANDBY);
    },
  },
  {
    name: 'model-full-route',
    says: 'one route holds fifteen entries, fallbacks among them, each with its own behaviour',
    declare: kit => new ModelRoute(kit.chart, 'full', {
      gateways: [kit.gateway],
      entries: Array.from({ length: 15 }, (_, index) => ({
        match: ModelMatch.exact(`full-${index}`),
        target: index % 2 === 0 ? kit.at(PRIMARY).model() : kit.at(PRIMARY).model('do-status-503').fallbackTo(kit.at(STANDBY).model()),
      })),
    }),
    run: async client => {
      for (let index = 0; index < 15; index++) {
        const outcome = await client.chat(`full-${index}`);
        if (index % 2 === 0) answeredBy(outcome, PRIMARY);
        else answeredBy(outcome, PRIMARY, STANDBY);
      }
    },
  },
  {
    name: 'model-by-hostname',
    says: 'hostnames tell apart routes for one name, and what is listed',
    declare: ({ gateway, at, chart }) => [['a', PRIMARY], ['b', SECOND]].forEach(([team, host]) => new ModelRoute(chart, `host-${team}`, {
      gateways: [gateway], hostnames: [`${team}.example.org`], entries: [{ match: ModelMatch.exact('shared-name'), target: at(host).model() }],
    })),
    run: async client => {
      for (const [host, provider] of [['a.example.org', PRIMARY], ['b.example.org', SECOND]]) {
        answeredBy(await client.chat('shared-name', {}, { headers: { host } }), provider);
        equal((await listed(client, '/v1/models', { host })).filter(({ id }) => id === 'shared-name').length, 1);
      }
    },
  },
  {
    name: 'request-malformed',
    says: 'what is not JSON, or not a path of the gateway, is refused, and no provider is asked',
    declare: () => {},
    run: async client => {
      failedWith(await client.send({ path: '/v1/chat/completions', body: '{"model": ' }), 400);
      failedWith(await client.send({ path: '/v1/something', body: {} }), 404);
    },
  },
];

const rest: readonly Case[] = [
  {
    name: 'catch-all',
    says: 'the catch-all serves what nothing else is for, and stands in the way of nothing',
    declare: ({ gateway, at }) => {
      gateway.addModel('z-exact', at(PRIMARY).model());
      gateway.addPattern('gpt-.*', at(SECOND).model());
      gateway.addCatchAll(at(STANDBY).model());
      gateway.addModel('a-exact', at(PRIMARY).model());
    },
    run: async client => {
      answeredBy(await client.chat('a-exact'), PRIMARY);
      answeredBy(await client.chat('z-exact'), PRIMARY);
      answeredBy(await client.chat('gpt-4o'), SECOND);
      const outcome = await client.chat('whatever comes');
      answeredBy(outcome, STANDBY);
      equal(outcome.attempts[0].question.model, 'whatever comes');
    },
  },
  {
    name: 'catch-all-needs-a-model',
    says: 'a request without a model gets 404 there as well',
    declare: () => {},
    run: async client => failedWith(await client.send({ path: '/v1/chat/completions', body: { messages: [] } }), 404),
  },
];

const MANY = 60;

const sixty: readonly Case[] = [{
  name: 'sixty-models',
  says: 'sixty models, each with its own route and every third with a fallback, are served and listed',
  declare: ({ gateway, at }: Kit) => {
    for (let index = 0; index < MANY; index++) {
      const target = at(PRIMARY).model(`own-${index}`);
      gateway.addModel(`model-${index}`, index % 3 === 0 ? target.fallbackTo(at(STANDBY).model('spare')) : target);
    }
  },
  run: async client => {
    equal((await listed(client)).length, MANY);
    for (let index = 0; index < MANY; index++) {
      const outcome = await client.chat(`model-${index}`);
      answeredBy(outcome, PRIMARY);
      equal(outcome.attempts[0].question.model, `own-${index}`);
    }
  },
}];

const hosts = [PRIMARY, SECOND, STANDBY];

export const models = worldOf('models', cases, { hosts });
export const catchAll = worldOf('catch-all', rest, { hosts });
export const many = worldOf('many', sixty, { hosts });

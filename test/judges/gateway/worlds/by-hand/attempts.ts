import { deepEqual, equal } from 'node:assert/strict';
import { Flaw, worldOfFlaws } from './flaw';
import { AnthropicProvider, ApiKey, ClientApi } from '../../../../../src';
import { answeredBy, between, failedWith } from '../../expect';
import { Kit, PRIMARY, secretOf, STANDBY } from '../kit';

const ANTHROPIC = 'api.anthropic.com';
const DROPPED = 'dropped.example.com';

/** A model of the primary whose headers are changed; `spoil` says how. */
function changing(name: string) {
  return ({ gateway, at }: Kit) => gateway.addModel(name, at(PRIMARY).model('m', { headers: { set: { 'x-a': 'b' }, remove: ['x-b'] } }));
}

const FLAWS: readonly Flaw[] = [
  {
    name: 'level-repeated', code: 'FALLBACK_REPEATS_LEVEL',
    says: 'with more retries than levels the request goes back to the first',
    declare: ({ gateway, at }) => gateway.addModel('again', at(PRIMARY).model('do-status-503').fallbackTo(at(STANDBY).model('do-status-503'))),
    spoil: manifests => { manifests.policy('again').retry.numRetries = 2; },
    run: async client => failedWith(await client.chat('again'), 503, PRIMARY, STANDBY, PRIMARY),
  },
  {
    name: 'no-connect-timeout', code: 'FALLBACK_WITHOUT_CONNECT_TIMEOUT', waits: true,
    says: 'without a connect timeout a provider that cannot be reached is waited for 10 s',
    declare: ({ gateway, at }) => gateway.addModel('unreached', at(DROPPED).model().fallbackTo(at(STANDBY).model('spare'))),
    spoil: manifests => { delete manifests.policy('unreached').timeout; },
    run: async client => {
      const outcome = await client.chat('unreached');
      answeredBy(outcome, STANDBY);
      between(outcome.seconds, 9, 13, 'the time in seconds');
    },
  },
  {
    name: 'idle-before-answer', code: 'STREAM_IDLE_TOO_SHORT',
    says: 'a limit on silence ends answers that are not streamed',
    declare: ({ gateway, at }) => gateway.addModel('thinking', at(PRIMARY).model('do-late-5')),
    spoil: manifests => { manifests.rule('thinking').streamIdleTimeout = '2s'; },
    run: async client => failedWith(await client.chat('thinking'), 504, PRIMARY),
  },
  {
    name: 'chat-on-anthropic', code: 'API_NOT_SERVED',
    says: 'a fallback that does not serve chat completions turns an error into an empty 500',
    declare: ({ gateway, chart, at }) => {
      const anthropic = new AnthropicProvider(chart, 'anthropic', { apiKey: ApiKey.fromSecretName(secretOf(ANTHROPIC)) });
      gateway.addModel('gap', at(PRIMARY).model('do-status-503').fallbackTo(anthropic.model('claude-sonnet-4-5')), { apis: [ClientApi.MESSAGES] });
    },
    spoil: () => {},
    run: async client => {
      const outcome = await client.chat('gap');
      failedWith(outcome, 500, PRIMARY);
      equal(outcome.text, '');
    },
  },
  {
    name: 'header-twice', code: 'HEADER_TWICE',
    says: 'of a header that is set twice, the last value arrives',
    declare: changing('twice-set'),
    spoil: manifests => { manifests.rule('twice-set').backendRefs[0].headerMutation.set = [{ name: 'x-a', value: 'first' }, { name: 'X-A', value: 'second' }]; },
    run: async client => equal((await client.chat('twice-set')).attempts[0].headers['x-a'], 'second'),
  },
  ...Object.entries({ inside: 'one\ntwo', end: 'one\n', control: 'one\u0001two' }).map(([place, value]): Flaw => ({
    name: `bad-header-${place}`, code: 'BAD_HEADER',
    says: 'a value that no header can have is an empty 500, and the provider is not asked',
    declare: changing(`bad-${place}`),
    spoil: manifests => { manifests.rule(`bad-${place}`).backendRefs[0].headerMutation.set = [{ name: 'x-a', value }]; },
    run: async client => {
      const outcome = await client.chat(`bad-${place}`);
      failedWith(outcome, 500);
      equal(outcome.text, '');
    },
  })),
  {
    name: 'bad-header-name', code: 'BAD_HEADER',
    says: 'the removal of what is no name is ignored',
    declare: changing('nameless'),
    spoil: manifests => { manifests.rule('nameless').backendRefs[0].headerMutation.remove = ['x-b: c', 'x c']; },
    run: async client => {
      const { attempts: [{ headers }] } = await client.chat('nameless', {}, { headers: { 'x-b': 'caller' } });
      deepEqual([headers['x-a'], headers['x-b']], ['b', 'caller']);
    },
  },
];

/** What attempts at a provider, and their headers, are like when the manifests of a route are not. */
export const byHandAttempts = worldOfFlaws('by-hand-attempts', FLAWS, {
  hosts: [PRIMARY, STANDBY, ANTHROPIC],
  providers: [{ hostname: DROPPED, port: 443, instead: 'black hole' }],
});

import { equal, ok } from 'node:assert/strict';
import { Duration } from 'cdk8s';
import { Flaw, nameOf, worldOfFlaws } from './flaw';
import { ApiKey, OpenAICompatibleProvider, ProviderTls, Traffic, Vendor } from '../../../../../src';
import { CALLERS } from '../../client';
import { answeredBy, between, failedWith } from '../../expect';
import { plain, PUBLIC_CA } from '../../world';
import { Kit, keyOf, PRIMARY, SECOND, secretOf, STANDBY } from '../kit';

const OPEN = 'open.example.com';
const WRONG_NAME = 'wrong-name.example.com';
const LEAKY = 'leaky.example.com';
const KEYED_WRONG = 'keyed-wrong.example.com';
const FIRST_ADDRESS = '10.0.0.1';
const SECOND_ADDRESS = '10.0.0.2';

/** A server that is reached by address when `spoil` is done. */
function addressed({ chart }: Kit, id: string, address: string) {
  return new OpenAICompatibleProvider(chart, id, {
    vendor: Vendor.of({ hostname: `${id}.example.com` }), apiKey: ApiKey.fromSecretName(secretOf(address)), port: 80, tls: ProviderTls.plaintext(),
  });
}

const FLAWS: readonly Flaw[] = [
  {
    name: 'no-policy', code: 'FALLBACK_WITHOUT_RETRY',
    says: 'priorities alone are no fallback',
    declare: kit => kit.guarded('no-policy', 'do-status-503'),
    spoil: manifests => manifests.remove('BackendTrafficPolicy', 'ai-gateway-no-policy'),
    run: async client => failedWith(await client.chat('no-policy'), 503, PRIMARY),
  },
  {
    name: 'policy-of-another-name', code: 'POLICY_TARGET_MISSING',
    says: 'a policy on a route that does not exist does nothing',
    declare: kit => kit.guarded('astray', 'do-status-503'),
    spoil: manifests => { manifests.policy('astray').targetRefs[0].name = 'astray'; },
    run: async client => failedWith(await client.chat('astray'), 503, PRIMARY),
  },
  {
    name: 'retries-stay', code: 'FALLBACK_STAYS',
    says: 'without numAttemptsPerPriority the retry stays where it failed',
    declare: kit => kit.guarded('stays', 'do-status-503'),
    spoil: manifests => { delete manifests.policy('stays').retry.numAttemptsPerPriority; },
    run: async client => failedWith(await client.chat('stays'), 503, PRIMARY, PRIMARY),
  },
  {
    name: 'codes-ignored', code: 'RETRY_CODES_IGNORED',
    says: 'status codes without their trigger are ignored',
    declare: kit => kit.guarded('codes', 'do-status-503'),
    spoil: manifests => { manifests.policy('codes').retry.retryOn.triggers = ['connect-failure', 'reset']; },
    run: async client => failedWith(await client.chat('codes'), 503, PRIMARY),
  },
  {
    name: 'too-few-retries', code: 'FALLBACK_TOO_FEW_RETRIES',
    says: 'with one retry the third level is never tried',
    declare: ({ gateway, at }) => gateway.addModel(
      'few', at(PRIMARY).model('do-status-503').fallbackTo(at(SECOND).model('do-status-503')).fallbackTo(at(STANDBY).model()),
    ),
    spoil: manifests => { manifests.policy('few').retry.numRetries = 1; },
    run: async client => failedWith(await client.chat('few'), 503, PRIMARY, SECOND),
  },
  {
    name: 'no-per-try-timeout', code: 'FALLBACK_WITHOUT_PER_TRY_TIMEOUT',
    says: 'without a timeout of one attempt, silence uses up the request',
    declare: kit => kit.guarded('silence', 'do-hang', { timeout: Duration.seconds(4) }),
    spoil: manifests => { delete manifests.policy('silence').retry.perRetry; },
    run: async client => failedWith(await client.chat('silence'), 504, PRIMARY),
  },
  {
    name: 'never-ejected', code: 'EJECTION_IMPOSSIBLE',
    says: 'with the default percentage a failing provider is tried for ever',
    declare: kit => kit.guarded('for-ever', 'do-status-503', { failover: { consecutiveErrors: 1 } }),
    spoil: manifests => { delete manifests.policy('for-ever').healthCheck.passive.maxEjectionPercent; },
    run: async client => {
      for (let request = 0; request < 5; request++) answeredBy(await client.chat('for-ever'), PRIMARY, STANDBY);
    },
  },
  {
    name: 'backend-request', code: 'BACKEND_REQUEST_TIMEOUT',
    says: 'backendRequest bounds the whole request, and nothing falls over',
    declare: kit => kit.guarded('bounded', 'do-hang'),
    spoil: manifests => { manifests.rule('bounded').timeouts.backendRequest = '2s'; },
    run: async client => {
      const outcome = await client.chat('bounded');
      failedWith(outcome, 504, PRIMARY);
      between(outcome.seconds, 1.5, 4, 'the time in seconds');
    },
  },
  {
    name: 'default-timeout', code: 'DEFAULT_TIMEOUT', waits: true,
    says: 'without a timeout an answer is cut after a minute',
    declare: ({ gateway, at }) => gateway.addModel('minute', at(PRIMARY).model('do-late-70')),
    spoil: manifests => { delete manifests.rule('minute').timeouts; },
    run: async client => failedWith(await client.chat('minute', {}, { patience: 90 }), 504, PRIMARY),
  },
  {
    name: 'no-traffic', code: 'NO_TRAFFIC',
    says: 'a rule whose weights are all 0 answers 500',
    declare: ({ gateway, at }) => gateway.addModel('nobody', Traffic.split([
      { to: at(PRIMARY).model('a'), weight: 1 }, { to: at(SECOND).model('b'), weight: 1 },
    ])),
    spoil: manifests => { for (const ref of manifests.rule('nobody').backendRefs) ref.weight = 0; },
    run: async client => failedWith(await client.chat('nobody'), 500),
  },
  {
    name: 'plaintext', code: 'PLAINTEXT_TO_TLS_PORT',
    says: 'without a TLS policy plaintext is spoken to port 443',
    declare: ({ gateway, at }) => gateway.addModel('plaintext', at(OPEN).model()),
    spoil: manifests => manifests.remove('BackendTLSPolicy', nameOf(OPEN)),
    run: async client => failedWith(await client.chat('plaintext'), 503),
  },
  {
    name: 'no-sni', code: 'TLS_WITHOUT_SNI',
    says: 'TLS settings of a Backend without a name take a certificate for any name',
    declare: ({ gateway, at }) => gateway.addModel('any-name', at(WRONG_NAME).model()),
    spoil: manifests => {
      manifests.remove('BackendTLSPolicy', nameOf(WRONG_NAME));
      manifests.backend(WRONG_NAME).tls = { caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: PUBLIC_CA }] };
    },
    run: async client => {
      const outcome = await client.chat('any-name');
      answeredBy(outcome, WRONG_NAME);
      equal(outcome.attempts[0].sni, undefined);
    },
  },
  {
    name: 'callers-forwarded', code: 'CALLER_CREDENTIALS_FORWARDED',
    says: 'the caller\'s other credentials reach the provider unless they are removed',
    declare: ({ gateway, at }) => gateway.addModel('leaky', at(LEAKY).model()),
    spoil: manifests => { delete manifests.get('AIServiceBackend', nameOf(LEAKY)).spec.headerMutation; },
    run: async client => {
      const { attempts: [{ headers }] } = await client.chat('leaky');
      equal(headers.authorization, `Bearer ${keyOf(LEAKY)}`);
      for (const name of ['x-api-key', 'api-key', 'cookie']) equal(headers[name], CALLERS[name], name);
    },
  },
  {
    name: 'key-under-another-name', code: 'SECRET_KEY_MISSING',
    says: 'a key under another data key makes the provider answer 500, and its standby is not tried',
    declare: ({ gateway, at }) => gateway.addModel('misplaced', at(KEYED_WRONG).model().fallbackTo(at(STANDBY).model())),
    spoil: manifests => manifests.all.push({
      apiVersion: 'v1', kind: 'Secret', metadata: { name: secretOf(KEYED_WRONG), namespace: 'ai' }, stringData: { 'api-key': keyOf(KEYED_WRONG) },
    }),
    run: async client => {
      const outcome = await client.chat('misplaced');
      failedWith(outcome, 500);
      equal(outcome.text, '');
    },
  },
  {
    name: 'addresses-in-a-rule', code: 'IP_IN_SHARED_RULE',
    says: 'where both providers of a rule are addresses, the second one is sent the key of the first',
    declare: kit => kit.gateway.addModel(
      'addresses', addressed(kit, 'first', FIRST_ADDRESS).model('a').fallbackTo(addressed(kit, 'other', SECOND_ADDRESS).model('b')),
    ),
    spoil: manifests => {
      for (const [id, address] of [['first', FIRST_ADDRESS], ['other', SECOND_ADDRESS]]) {
        manifests.get('Backend', `ai-${id}`).spec.endpoints = [{ ip: { address, port: 80 } }];
      }
    },
    run: async client => {
      for (let request = 0; request < 40; request++) {
        const { attempts } = await client.chat('addresses');
        const second = attempts.find(({ host }) => host === SECOND_ADDRESS);
        if (second === undefined) continue;
        return equal(second.headers.authorization, `Bearer ${keyOf(FIRST_ADDRESS)}`);
      }
      ok(false, 'the second provider was never asked');
    },
  },
  {
    name: 'catch-all-shadowed', code: 'CATCH_ALL_SHADOWED',
    says: 'a rule without matches is shadowed by the 404 of an older route',
    declare: ({ gateway, at }) => gateway.addModel('zz-rest', at(PRIMARY).model()),
    spoil: manifests => { delete manifests.rule('zz-rest').matches; },
    run: async client => failedWith(await client.chat('whatever'), 404),
  },
];

export const byHand = worldOfFlaws('by-hand', FLAWS, {
  hosts: [PRIMARY, SECOND, STANDBY, OPEN, LEAKY, KEYED_WRONG],
  providers: [
    { hostname: WRONG_NAME, port: 443, tls: { issuer: 'public', name: 'other.example.com' } },
    plain(FIRST_ADDRESS), plain(SECOND_ADDRESS),
  ],
});

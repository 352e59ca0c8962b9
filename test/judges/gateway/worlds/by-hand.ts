import { equal, ok } from 'node:assert/strict';
import { ApiObject, App, Chart, Duration } from 'cdk8s';
import { Case, Kit, keyOf, PRIMARY, SECOND, secretOf, STANDBY, worldOf } from './kit';
import { ApiKey, Checks, OpenAICompatibleProvider, ProviderTls, Traffic, Vendor } from '../../../../src';
import { CALLERS, Client } from '../client';
import { answeredBy, between, failedWith } from '../expect';
import { hosted, plain, PUBLIC_CA, World } from '../world';

/**
 * What manifests written by hand get wrong. Each flaw is accepted by the gateway, does what its scenario says, and is found by a
 * rule: so the rule rests on something the gateway really does, and scenarios that promise the opposite can fail.
 */
interface Flaw {
  readonly name: string;
  readonly says: string;
  /** The rule that finds it. */
  readonly code: string;
  readonly waits?: boolean;
  declare(kit: Kit): unknown;
  spoil(manifests: Manifests): void;
  run(client: Client): Promise<void>;
}

/** The manifests of a program, to be changed as by hand. */
class Manifests {
  constructor(public readonly all: any[]) {}

  public get(kind: string, name: string): any {
    const found = this.all.find(manifest => manifest.kind === kind && manifest.metadata.name === name);
    if (!found) throw new Error(`there is no ${kind} ${name}`);
    return found;
  }

  public remove(kind: string, name: string): void {
    this.all.splice(this.all.indexOf(this.get(kind, name)), 1);
  }

  /** The policy on the route of a model. */
  public policy(model: string): any {
    return this.get('BackendTrafficPolicy', `ai-gateway-${model}`).spec;
  }

  public rule(model: string): any {
    return this.get('AIGatewayRoute', `ai-gateway-${model}`).spec.rules[0];
  }

  public backend(hostname: string): any {
    return this.get('Backend', nameOf(hostname)).spec;
  }
}

function nameOf(hostname: string): string {
  return `ai-${hostname.replaceAll('.', '-')}`;
}

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

let made: Manifests;

const cases: readonly Case[] = FLAWS.map(({ name, says, code, waits, declare, run }) => ({
  name: `by-hand-${name}`,
  says: `${says} (${code})`,
  waits,
  declare,
  run: async client => {
    ok(findings(made.all).has(code), `${code} is not among the findings: ${[...findings(made.all)].join(', ')}`);
    await run(client);
  },
}));

/** Codes of what is found in manifests that no construct made, with nothing else in their namespace. */
function findings(manifests: readonly any[]): Set<string> {
  const app = new App();
  const chart = new Chart(app, 'by-hand');
  Checks.declareComplete(app, 'ai');
  manifests.forEach((manifest, index) => new ApiObject(chart, `object-${index}`, manifest));
  return new Set(Checks.findings(app).map(({ code }) => code));
}

export const byHand: World = {
  ...worldOf('by-hand', cases, {
    hosts: [PRIMARY, SECOND, STANDBY, OPEN, LEAKY, KEYED_WRONG],
    providers: [
      { hostname: WRONG_NAME, port: 443, tls: { issuer: 'public', name: 'other.example.com' } },
      plain(FIRST_ADDRESS), plain(SECOND_ADDRESS),
    ],
  }),
  change(manifests) {
    made = new Manifests([...manifests]);
    for (const { spoil } of FLAWS) spoil(made);
    return made.all;
  },
};

/** A gateway without its ClientTrafficPolicy, or with half of it. */
function bare(name: string, says: string, code: string, spoil: (manifests: any[]) => any[], run: Case['run']): World {
  let changed: any[] = [];
  return {
    ...worldOf(`by-hand-${name}`, [{
      name: `by-hand-${name}`,
      says: `${says} (${code})`,
      declare: ({ gateway, at }) => {
        gateway.addModel('fine', at(PRIMARY).model());
        gateway.addModel('large', at(PRIMARY).model('do-large-1'));
      },
      run: async client => {
        ok(findings(changed.map(overTls)).has(code), `${code} is not among the findings`);
        await run(client);
      },
    }], { providers: [hosted(PRIMARY)] }),
    change: manifests => (changed = spoil([...manifests])),
  };
}

/** As most gateways listen; the one of a run cannot, and clients choose HTTP/2 by themselves there. */
function overTls(manifest: any): any {
  if (manifest.kind !== 'Gateway') return manifest;
  const listener = { name: 'https', port: 443, protocol: 'HTTPS', tls: { certificateRefs: [{ name: 'certificate' }] } };
  return { ...manifest, spec: { ...manifest.spec, listeners: [listener] } };
}

const forty = { messages: [{ role: 'user', content: 'x'.repeat(40 * 1024) }] };

export const noBuffer = bare(
  'no-buffer', 'without a buffer limit 40 KiB of prompt are too much, and a MiB of answer is a 500', 'NO_BUFFER_LIMIT',
  manifests => manifests.filter(({ kind }) => kind !== 'ClientTrafficPolicy'),
  async client => {
    failedWith(await client.chat('fine', forty), 413);
    failedWith(await client.chat('large'), 500, PRIMARY);
  },
);

export const noWindow = bare(
  'no-window', 'without a window of that size clients of HTTP/2 are held to 64 KiB', 'HTTP2_WINDOW_UNSET',
  manifests => manifests.map(manifest => {
    if (manifest.kind === 'ClientTrafficPolicy') delete manifest.spec.http2;
    return manifest;
  }),
  async client => {
    const body = { model: 'fine', messages: [{ role: 'user', content: 'x'.repeat(1024 * 1024) }] };
    answeredBy(await client.chat('fine', body), PRIMARY);
    failedWith(await client.sendByHttp2({ path: '/v1/chat/completions', body }), 413);
  },
);

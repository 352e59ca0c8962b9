import { equal } from 'node:assert/strict';
import { Case, keyOf, secretOf, worldOf } from './kit';
import { ApiKey, InClusterProvider, InClusterService, ModelServer, OpenAICompatibleProvider, ProviderTls, Vendor } from '../../../../src';
import { answeredBy, failedWith } from '../expect';
import { plain, Pretended } from '../world';

const HOSTS = {
  own: { hostname: 'own-ca.example.com', port: 443, tls: { issuer: 'private' } },
  wrongName: { hostname: 'wrong-name.example.com', port: 443, tls: { issuer: 'private', name: 'other.example.com' } },
  unknown: { hostname: 'unknown-ca.example.com', port: 443, tls: { issuer: 'private' } },
  strange: { hostname: 'strange-ca.example.com', port: 443, tls: { issuer: 'public' } },
  balanced: { hostname: 'behind-lb.example.com', port: 8443, tls: { issuer: 'public', name: 'models.example.com' } },
  open: plain('open.example.com', 8080),
  server: { hostname: 'server.models.svc.cluster.local', port: 8000, tls: { issuer: 'private' } },
} as const satisfies { readonly [name: string]: Pretended };

const CA = 'own-ca';

function host(name: keyof typeof HOSTS, tls?: ProviderTls): Case['declare'] {
  return ({ chart, gateway }) => {
    const { hostname, port } = HOSTS[name];
    const provider = new OpenAICompatibleProvider(chart, name, {
      vendor: Vendor.of({ hostname }), apiKey: ApiKey.fromSecretName(secretOf(hostname)), port, tls,
    });
    gateway.addModel(name, provider.model('any'));
  };
}

const cases: readonly Case[] = [
  {
    name: 'tls-private-ca',
    says: 'a provider with a certificate of one\'s own authority is reached',
    declare: host('own', ProviderTls.privateCa(CA)),
    run: async client => {
      const outcome = await client.chat('own');
      answeredBy(outcome, HOSTS.own.hostname);
      equal(outcome.attempts[0].sni, HOSTS.own.hostname);
    },
  },
  {
    name: 'tls-wrong-name',
    says: 'a certificate for another name is refused, and nothing is sent',
    declare: host('wrongName', ProviderTls.privateCa(CA)),
    run: async client => failedWith(await client.chat('wrongName'), 503),
  },
  {
    name: 'tls-unknown-authority',
    says: 'a certificate of an unknown authority is refused, and nothing is sent',
    declare: host('unknown'),
    run: async client => failedWith(await client.chat('unknown'), 503),
  },
  {
    name: 'tls-private-ca-only',
    says: 'with a private authority, certificates of public ones are refused',
    declare: host('strange', ProviderTls.privateCa(CA)),
    run: async client => failedWith(await client.chat('strange'), 503),
  },
  {
    name: 'tls-server-name',
    says: 'serverName is the name asked for and checked, while the Host header stays that of the provider',
    declare: host('balanced', ProviderTls.publicCa({ serverName: 'models.example.com' })),
    run: async client => {
      const outcome = await client.chat('balanced');
      answeredBy(outcome, HOSTS.balanced.hostname);
      equal(outcome.attempts[0].sni, 'models.example.com');
      equal(outcome.attempts[0].headers.host, HOSTS.balanced.hostname);
    },
  },
  {
    name: 'tls-plaintext',
    says: 'plaintext is spoken where it was asked for, with the key',
    declare: host('open', ProviderTls.plaintext()),
    run: async client => {
      const outcome = await client.chat('open');
      answeredBy(outcome, HOSTS.open.hostname);
      equal(outcome.attempts[0].sni, undefined);
      equal(outcome.attempts[0].headers.authorization, `Bearer ${keyOf(HOSTS.open.hostname)}`);
    },
  },
  {
    name: 'tls-in-cluster',
    says: 'a server in the cluster can be reached by TLS',
    declare: ({ chart, gateway }) => gateway.addModel('server', new InClusterProvider(chart, 'server', {
      server: ModelServer.VLLM, service: InClusterService.fromServiceName('server', { namespace: 'models' }), tls: ProviderTls.privateCa(CA),
    }).model('any')),
    run: async client => {
      const outcome = await client.chat('server');
      answeredBy(outcome, HOSTS.server.hostname);
      equal(outcome.attempts[0].sni, HOSTS.server.hostname);
    },
  },
];

export const tls = worldOf('tls', cases, {
  providers: Object.values(HOSTS),
  configMaps: ({ privateCa }) => ({ [CA]: { 'ca.crt': privateCa } }),
});

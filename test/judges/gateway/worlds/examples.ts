import { equal, ok } from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { REQUESTS } from './requests';
import { ClientApi } from '../../../../src';
import { serviceAccountFile } from '../../service-account';
import { hidesCaller } from '../expect';
import { TokenRequest } from '../internet';
import { Pretended, Scenario, World } from '../world';

const ROOT = join(__dirname, '../../../../examples');

/** Examples that are one gateway with its models; the others are parts of one, or need what only a cluster does. */
export const examples: readonly World[] = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter(path => /\/output\/(.*\/)?[^/]+\.k8s\.yaml$/.test(path))
  .sort()
  .flatMap(path => worldOfExample(path));

function worldOfExample(path: string): World[] {
  const yaml = readFileSync(join(ROOT, path), 'utf8');
  const manifests = parseAllDocuments(yaml).map(document => document.toJS() as any);
  const of = (kind: string) => manifests.filter(manifest => manifest.kind === kind);
  const gateways = of('Gateway');
  const namespaces = new Set(manifests.filter(({ kind }) => kind.startsWith('AI')).map(({ metadata }) => metadata.namespace));
  // The standalone gateway takes one gateway of one namespace, and exchanges no token at AWS. Policy servers have a judge of their own.
  const isOwn = gateways.length === 1 && of('AIGatewayRoute').length > 0 && namespaces.size === 1 && of('SecurityPolicy').length === 0 && !/awsRoleArn:/.test(yaml);
  if (!isOwn) return [];
  const name = `example-${path.replace('/output/', '/').replace(/\.k8s\.yaml$/, '').replaceAll('/', '-')}`;
  const [{ hostname }] = gateways[0].spec.listeners;
  return [{
    name,
    yaml,
    namespace: gateways[0].metadata.namespace,
    providers: providersOf(manifests),
    secrets: () => Object.fromEntries(of('BackendSecurityPolicy').flatMap(({ spec }) => secretsOf(spec))),
    tokens: generous,
    files: () => ({ 'adc.json': serviceAccountFile(), 'pod-token': 'token-of-the-pod' }),
    env: folder => ({
      GOOGLE_APPLICATION_CREDENTIALS: `${folder}/adc.json`,
      AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://169.254.170.23/v1/credentials',
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: `${folder}/pod-token`,
    }),
    scenarios: [scenarioOf(name, manifests, hostname)],
  }];
}

function scenarioOf(name: string, manifests: readonly any[], hostname: string | undefined): Scenario {
  const hosts = new Map<string, string>(manifests.filter(({ kind }) => kind === 'Backend').map(({ metadata, spec }) => (
    [metadata.name, spec.endpoints[0].fqdn.hostname]
  )));
  return {
    name,
    says: 'its models are listed and answered, each by a provider it names first',
    run: async client => {
      const headers: { readonly [name: string]: string } = hostname === undefined ? {} : { host: hostname };
      const ids = (await client.get('/v1/models', headers)).json.data.map(({ id }: any) => id);
      for (const { spec } of manifests.filter(({ kind }) => kind === 'AIGatewayRoute')) {
        for (const rule of spec.rules) {
          const first = Math.min(...rule.backendRefs.map(({ priority = 0 }: any) => priority));
          const allowed = rule.backendRefs.filter(({ priority = 0, weight = 1 }: any) => priority === first && weight > 0)
            .map((ref: any) => hosts.get(ref.name));
          for (const { value: model, type = 'Exact' } of rule.matches.flatMap(({ headers: conditions }: any) => conditions)) {
            if (type !== 'Exact') continue;
            ok(ids.includes(model), `${model} is not listed`);
            const outcomes = await Promise.all(Object.values(ClientApi).map(async api => client.send({ ...REQUESTS[api](model), headers })));
            const answered = outcomes.filter(({ status }) => status === 200);
            ok(answered.length > 0, `no API serves ${model}: ${outcomes.map(({ status }) => status).join(', ')}`);
            for (const { attempts } of answered) {
              equal(attempts.length, 1);
              ok(allowed.includes(attempts[0].host), `${model} went to ${attempts[0].host}, not to ${allowed.join(' or ')}`);
              hidesCaller(attempts[0]);
            }
          }
        }
      }
    },
  };
}

function providersOf(manifests: readonly any[]): Pretended[] {
  const protectedOnes = new Set(manifests.filter(({ kind }) => kind === 'BackendTLSPolicy').map(({ spec }) => spec.targetRefs[0].name));
  const all = manifests.filter(({ kind }) => kind === 'Backend').map(({ metadata, spec }): Pretended => {
    const { hostname, port } = spec.endpoints[0].fqdn;
    return { hostname, port, ...(protectedOnes.has(metadata.name) ? { tls: { issuer: 'public' } } : {}) };
  });
  return [...new Map(all.map(pretended => [`${pretended.hostname}:${pretended.port}`, pretended])).values()];
}

/** What a Secret that a policy reads must hold, by where the policy names it. */
function secretsOf(spec: any): [string, { [key: string]: string }][] {
  const aws = '[default]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = secret\n';
  const { azureCredentials: azure, gcpCredentials: gcp } = spec;
  const oidc = azure?.oidcExchangeToken ?? gcp?.workloadIdentityFederationConfig?.oidcExchangeToken;
  const found: [any, { [key: string]: string }][] = [
    ...['apiKey', 'anthropicAPIKey', 'azureAPIKey'].map((block): [any, { [key: string]: string }] => [spec[block]?.secretRef, { apiKey: 'key' }]),
    [spec.awsCredentials?.credentialsFile?.secretRef, { credentials: aws }],
    [azure?.clientSecretRef, { 'client-secret': 'secret' }],
    [oidc?.oidc.clientSecret, { 'client-secret': 'secret' }],
    [gcp?.credentialsFile?.secretRef, { 'service_account.json': serviceAccountFile() }],
  ];
  return found.flatMap(([ref, data]) => (ref === undefined ? [] : [[ref.name, data]]));
}

/** Issuers of tokens that give one to everybody. */
function generous({ url }: TokenRequest): object {
  const expires = new Date(Date.now() + 3_600_000).toISOString();
  const [issuer, isDiscovery] = url.split('/.well-known/');
  if (isDiscovery !== undefined) {
    const tokens = url.startsWith('login.microsoftonline.com/') ? `${issuer.replace(/\/v2\.0$/, '')}/oauth2/v2.0` : issuer;
    return { issuer: `https://${issuer}`, token_endpoint: `https://${tokens}/token`, authorization_endpoint: `https://${tokens}/authorize` };
  }
  if (url.endsWith('/discovery/instance')) {
    return { tenant_discovery_endpoint: 'https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration', metadata: [] };
  }
  if (url.startsWith('iamcredentials.')) return { accessToken: 'token', expireTime: expires };
  if (url.startsWith('169.254.')) return { AccessKeyId: 'AKIAOFTHEPOD', SecretAccessKey: 'secret', Token: 'session', Expiration: expires };
  return { access_token: 'token', token_type: 'Bearer', expires_in: 3600 };
}

import * as fc from 'fast-check';
import { seldom } from './parts';
import { dnsLabel, dnsSubdomain, headerName, modelName } from './texts';
import { PolicyAudit, PolicyFront } from '../../../src';
import { PolicyDescription, PolicyPointDescription, ProviderDescription, TenantsDescription } from '../program';

type Rule = PolicyDescription['rules'][number];

const rule: fc.Arbitrary<Omit<Rule, 'id'>> = fc.oneof(
  fc.record({
    builtin: fc.constantFrom('email', 'credit-card', 'us-ssn', 'iban', 'phone', 'api-key', 'private-key'), action: fc.constantFrom('block', 'block', 'redact'),
  }),
  fc.record({
    pattern: fc.constantFrom('(?i)project[ -]x', '\\bACME-\\d{4}\\b', '模型.*', '\\p{Greek}+', '\u2028|\u0085', '"|\'|: #', `(${'a|'.repeat(500)}b)`), action: fc.constant('block'),
  }),
);

const tenant: fc.Arbitrary<Omit<PolicyDescription['tenants'][number], 'folders' | 'name'>> = fc.record({
  allow: fc.oneof({ weight: 3, arbitrary: fc.constant(['*']) }, { weight: 1, arbitrary: fc.array(modelName, { maxLength: 5 }) }),
  deny: seldom(fc.array(fc.oneof(modelName, fc.constantFrom('gpt-*', '*-preview')), { maxLength: 3 })),
}, { requiredKeys: ['allow'] });

/** Before it is known which gateway it is for. */
export interface RawPolicyPoint extends Omit<PolicyPointDescription, 'id' | 'policy' | 'handOvers'> {
  readonly policy: Pick<PolicyDescription, 'json' | 'limits'> & {
    readonly source: 'none' | 'header' | 'claim';
    readonly rules: readonly Omit<Rule, 'id'>[];
    readonly tenants: readonly Omit<PolicyDescription['tenants'][number], 'folders' | 'name'>[];
    readonly names: readonly string[];
  };
  readonly given: TenantsDescription;
  readonly folders: readonly string[];
  readonly shared?: boolean;
}

export const policyPoint: fc.Arbitrary<RawPolicyPoint> = fc.record({
  gateway: fc.nat(2),
  policy: fc.record({
    json: fc.boolean(),
    source: fc.constantFrom('none', 'header', 'header', 'claim'),
    limits: seldom(fc.record({
      maxBodyBytes: seldom(fc.constantFrom(1, 65_536, 104_857_600), 2),
      maxMessages: seldom(fc.constantFrom(1, 1_000_000)),
      maxTextLength: seldom(fc.constantFrom(1, 16_777_216)),
    }, { requiredKeys: [] })),
    rules: fc.array(rule, { maxLength: 4 }),
    tenants: fc.array(tenant, { minLength: 1, maxLength: 3 }),
    names: fc.uniqueArray(fc.oneof(fc.constantFrom('acme', 'org_1', 'ü', 'true', '0123', 'a:b', '-', '[x]', '模型'), dnsLabel), { minLength: 3, maxLength: 3 }),
  }),
  given: fc.record({
    form: fc.constantFrom<TenantsDescription['form']>('token', 'apiKeys', 'trustedHeader'),
    issuer: fc.constantFrom('https://id.acme.example', 'https://id.acme.example/', 'accounts.acme.example'),
    jwksUri: fc.constantFrom('https://id.acme.example/keys', 'https://id.acme.example:8443/a/keys?x=1'),
    audiences: seldom(fc.uniqueArray(fc.constantFrom('assistant', 'api://ai', 'a b'), { minLength: 1, maxLength: 3 })),
    claim: fc.constantFrom('org_id', 'resource_access.org', 'https://acme.example/org'),
    provider: seldom(fc.constantFrom('idp', 'id.acme.example', 'i'.repeat(253))),
    secrets: fc.uniqueArray(dnsSubdomain(253), { minLength: 1, maxLength: 3 }),
    header: seldom(headerName.map(name => name.toLowerCase())),
  }),
  folders: fc.uniqueArray(fc.oneof({ weight: 3, arbitrary: dnsLabel }, { weight: 1, arbitrary: dnsSubdomain(253) }), { minLength: 4, maxLength: 4 }),
  shared: seldom(fc.boolean(), 2),
  front: seldom(fc.constantFrom(...Object.values(PolicyFront)), 8),
  image: seldom(fc.record({
    form: fc.constantFrom<'bundled' | 'registry'>('bundled', 'registry'),
    reference: fc.constantFrom('registry.example.com/mirror/policy-server', 'localhost:5000/a', 'policy-server'),
    pullSecrets: seldom(fc.uniqueArray(dnsSubdomain(253), { maxLength: 2 })),
  })),
  replicas: seldom(fc.constantFrom(0, 1, 3, 100)),
  autoscaling: seldom(fc.record({
    minReplicas: fc.constantFrom(1, 2), maxReplicas: fc.constantFrom(2, 500), targetCpuPercent: seldom(fc.constantFrom(1, 70, 100)),
  })),
  resources: seldom(fc.record({
    cpuRequest: seldom(fc.constantFrom('250m', '0.5', '1')), cpuLimit: seldom(fc.constantFrom('1', '2000m')),
    memoryRequest: seldom(fc.constantFrom('128974848', '256Mi')), memoryLimit: seldom(fc.constantFrom('512Mi', '1e9')),
  }, { requiredKeys: [] })),
  audit: seldom(fc.constantFrom(...Object.values(PolicyAudit))),
  networkPolicy: seldom(fc.boolean()),
  proxyNamespace: seldom(dnsLabel),
  name: seldom(dnsLabel.filter(name => /^[a-z]/.test(name))),
});

/** The type of a provider's credential, by which keys of tenants take its place; undefined where it has none. */
function typeOf({ kind, credential: { kind: credential } }: ProviderDescription): string | undefined {
  if (credential.startsWith('aws')) return 'AWSCredentials';
  if (credential.startsWith('gcp')) return credential === 'gcpToken' ? undefined : 'GCPCredentials';
  if (credential === 'azureKey') return 'AzureAPIKey';
  if (credential.startsWith('azure')) return 'AzureCredentials';
  if (credential !== 'apiKey') return undefined;
  return kind === 'anthropic' ? 'AnthropicAPIKey' : 'APIKey';
}

/** Makes the parts of a policy point fit each other and the program. */
export function settledPolicyPoint(
  raw: RawPolicyPoint, gateway: number, providers: readonly ProviderDescription[], tenantKeys: boolean,
): PolicyPointDescription {
  const { policy: { source, rules, tenants, names, ...policy }, given, folders, shared, ...rest } = raw;
  const takers = tenantKeys && source !== 'none' ? providers.flatMap((provider, index) => ({ index, type: typeOf(provider) })).filter(({ type }) => type !== undefined) : [];
  const slots = takers.map(({ type }, n) => ({ name: `slot-${n}`, type: type!, header: `x-aigw-slot-${n}` }));
  const header = `x-tenant-${names[0].replace(/[^a-z0-9-]/g, '')}1`;
  const redacts = rules.some(({ action }) => action === 'redact');
  return {
    ...rest,
    id: 'policy-point',
    gateway,
    policy: {
      ...policy,
      source: source === 'none' ? undefined : source === 'header' ? { header } : { claim: { provider: given.provider ?? 'tenants', path: [given.claim!] } },
      rules: rules.map((described, n) => ({ id: `rule-${n}`, ...described })),
      slots,
      tenants: tenants.map((described, n) => ({
        ...described,
        name: source === 'none' ? '*' : n === 0 ? '*' : names[n],
        exceptRules: rules.length > 0 && n === 1 ? ['rule-0'] : undefined,
        folders: slots.map((_, slot) => folders[(n + slot) % folders.length]),
      })).slice(0, source === 'none' ? 1 : undefined),
    },
    tenants: source === 'none' ? undefined : source === 'header' ? given : { ...given, form: 'token', claim: undefined },
    front: redacts || source === 'claim' ? undefined : rest.front,
    replicas: rest.autoscaling ? undefined : rest.replicas,
    proxyNamespace: rest.networkPolicy === false ? undefined : rest.proxyNamespace,
    handOvers: takers.map(({ index }) => ({ provider: index, shared })),
  };
}

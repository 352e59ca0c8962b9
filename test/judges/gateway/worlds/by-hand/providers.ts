import { deepEqual, equal, match } from 'node:assert/strict';
import { Duration } from 'cdk8s';
import { Flaw, nameOf, worldOfFlaws } from './flaw';
import {
  AnthropicProvider, ApiKey, AwsCredentials, AzureCredentials, AzureOpenAIApi, AzureOpenAIProvider, BedrockProvider, JsonValue,
} from '../../../../../src';
import { answeredBy, failedWith } from '../../expect';
import { Kit, keyOf, PRIMARY, secretOf, STANDBY } from '../kit';

const ANTHROPIC = 'api.anthropic.com';
const AZURE = 'acme.openai.azure.com';
const BEDROCK = 'bedrock-runtime.us-east-1.amazonaws.com';
const SKIPPED = 'unverified.example.com';

function azure({ chart }: Kit, id: string) {
  return new AzureOpenAIProvider(chart, id, {
    resource: 'acme', credentials: AzureCredentials.fromApiKey(ApiKey.fromSecretName(secretOf(AZURE))), api: AzureOpenAIApi.deployments('2025-01-01-preview'),
  });
}

const FLAWS: readonly Flaw[] = [
  {
    name: 'codes-missing', code: 'FALLBACK_MISSES_FAILURES',
    says: 'with a retry that lists nothing, a 500 goes to the client',
    declare: kit => kit.guarded('unlisted', 'do-status-500'),
    spoil: manifests => { delete manifests.policy('unlisted').retry.retryOn; },
    run: async client => failedWith(await client.chat('unlisted'), 500, PRIMARY),
  },
  {
    name: 'policy-timeout', code: 'POLICY_TIMEOUT_IGNORED',
    says: 'the request timeout of a policy is ignored',
    declare: kit => kit.guarded('patient', 'do-late-3'),
    spoil: manifests => { manifests.policy('patient').timeout.http = { requestTimeout: '1s' }; },
    run: async client => answeredBy(await client.chat('patient'), PRIMARY),
  },
  {
    name: 'silence-not-counted', code: 'EJECTION_IGNORES_SILENCE',
    says: 'with local errors split off, a silent provider is waited for again and again',
    declare: kit => kit.guarded('waits', 'do-hang', { failover: { perTryTimeout: Duration.seconds(1), consecutiveErrors: 2 } }),
    spoil: manifests => {
      Object.assign(manifests.policy('waits').healthCheck.passive, { splitExternalLocalOriginErrors: true, consecutiveLocalOriginFailures: 2 });
    },
    run: async client => {
      for (let request = 0; request < 4; request++) answeredBy(await client.chat('waits'), PRIMARY, STANDBY);
    },
  },
  {
    name: 'prefer-local', code: 'PREFER_LOCAL',
    says: 'a preference for the local zone sends requests to the fallback of a healthy provider',
    declare: kit => kit.guarded('zones', 'fine'),
    spoil: manifests => { manifests.policy('zones').loadBalancer = { type: 'RoundRobin', zoneAware: { preferLocal: {} } }; },
    run: async client => {
      const hosts = new Set<string>();
      for (let request = 0; request < 40; request++) hosts.add((await client.chat('zones')).hosts[0]);
      deepEqual([...hosts].sort(), [PRIMARY, STANDBY]);
    },
  },
  {
    name: 'host-mutation', code: 'MUTATION_IGNORED',
    says: 'a mutation of Host is ignored',
    declare: ({ gateway, at }) => gateway.addModel('host', at(PRIMARY).model('m', { headers: { set: { 'x-a': 'b' } } })),
    spoil: manifests => { manifests.rule('host').backendRefs[0].headerMutation.set = [{ name: 'Host', value: 'other.example.com' }]; },
    run: async client => equal((await client.chat('host')).attempts[0].headers.host, PRIMARY),
  },
  {
    name: 'credential-mutation', code: 'MUTATION_OF_CREDENTIAL',
    says: 'a mutation of the credential\'s header is overwritten by the credential',
    declare: ({ gateway, at }) => gateway.addModel('forged', at(PRIMARY).model('m', { headers: { set: { 'x-a': 'b' } } })),
    spoil: manifests => { manifests.rule('forged').backendRefs[0].headerMutation.set = [{ name: 'Authorization', value: 'Bearer other' }]; },
    run: async client => equal((await client.chat('forged')).attempts[0].headers.authorization, `Bearer ${keyOf(PRIMARY)}`),
  },
  {
    name: 'set-and-remove', code: 'MUTATION_CONTRADICTS',
    says: 'a header that is set and removed is set',
    declare: ({ gateway, at }) => gateway.addModel('both', at(PRIMARY).model('m', { headers: { set: { 'x-a': 'b' } } })),
    spoil: manifests => { manifests.rule('both').backendRefs[0].headerMutation.remove = ['x-a']; },
    run: async client => equal((await client.chat('both')).attempts[0].headers['x-a'], 'b'),
  },
  {
    name: 'value-not-json', code: 'BODY_VALUE_NOT_JSON',
    says: 'a value that is not JSON is sent as text',
    declare: ({ gateway, at }) => gateway.addModel('text', at(PRIMARY).model('m', { body: { set: { stop: JsonValue.text('x') } } })),
    spoil: manifests => { manifests.rule('text').backendRefs[0].bodyMutation.set[0].value = '[not json'; },
    run: async client => equal((await client.chat('text')).attempts[0].body.stop, '[not json'),
  },
  {
    name: 'model-in-body', code: 'MODEL_IN_BODY_MUTATION',
    says: 'a body mutation of the model wins over the override',
    declare: ({ gateway, at }) => gateway.addModel('hidden', at(PRIMARY).model('declared', { body: { set: { stop: JsonValue.text('x') } } })),
    spoil: manifests => { manifests.rule('hidden').backendRefs[0].bodyMutation.set[0] = { path: 'model', value: '"other"' }; },
    run: async client => equal((await client.chat('hidden')).attempts[0].body.model, 'other'),
  },
  {
    name: 'half-anchored', code: 'HALF_ANCHORED_PATTERN',
    says: 'a pattern with one anchor is held against the whole name all the same',
    declare: ({ gateway, at }) => gateway.addModel('anchored', at(PRIMARY).model()),
    spoil: manifests => { Object.assign(manifests.rule('anchored').matches[0].headers[0], { type: 'RegularExpression', value: '^anchored' }); },
    run: async client => {
      answeredBy(await client.chat('anchored'), PRIMARY);
      failedWith(await client.chat('anchored-too'), 404);
    },
  },
  {
    name: 'model-twice', code: 'DUPLICATE_MODEL',
    says: 'a model of two routes is listed twice, and one route gets nothing',
    declare: ({ gateway, at }) => {
      gateway.addModel('twice', at(PRIMARY).model());
      gateway.addModel('twice-again', at(STANDBY).model());
    },
    spoil: manifests => { manifests.rule('twice-again').matches[0].headers[0].value = 'twice'; },
    run: async client => {
      const listed = (await client.get('/v1/models')).json.data.filter(({ id }: any) => id === 'twice');
      equal(listed.length, 2);
      for (let request = 0; request < 10; request++) answeredBy(await client.chat('twice'), PRIMARY);
    },
  },
  {
    name: 'version-as-path', code: 'SCHEMA_FIELD_IGNORED',
    says: 'a version of OpenAI\'s API is ignored',
    declare: ({ gateway, at }) => gateway.addModel('versioned', at('versioned.example.com').model()),
    spoil: manifests => { manifests.get('AIServiceBackend', nameOf('versioned.example.com')).spec.schema.version = 'openai/v2'; },
    run: async client => equal((await client.chat('versioned')).attempts[0].url, '/v1/chat/completions'),
  },
  {
    name: 'version-missing', code: 'SCHEMA_VERSION_MISSING',
    says: 'without a version Azure is asked with an empty one',
    declare: kit => kit.gateway.addModel('unversioned', azure(kit, 'unversioned').model('m')),
    spoil: manifests => { delete manifests.get('AIServiceBackend', 'ai-unversioned').spec.schema.version; },
    run: async client => equal((await client.chat('unversioned')).attempts[0].url, '/openai/deployments/m/chat/completions?api-version='),
  },
  {
    name: 'deployment-with-slash', code: 'AZURE_DEPLOYMENT_NAME',
    says: 'a slash in the name of a deployment makes another path',
    declare: kit => kit.gateway.addModel('slash', azure(kit, 'slash').model('m')),
    spoil: manifests => { manifests.rule('slash').backendRefs[0].modelNameOverride = 'a/b'; },
    run: async client => match((await client.chat('slash')).attempts[0].url, /^\/openai\/deployments\/a\/b\/chat/),
  },
  {
    name: 'credential-of-another-type', code: 'CREDENTIAL_TYPE_MISMATCH',
    says: 'the type of the credential decides the header, not the API',
    declare: ({ gateway, chart }) => gateway.addModel('bearer', new AnthropicProvider(chart, 'bearer', {
      apiKey: ApiKey.fromSecretName(secretOf(ANTHROPIC)),
    }).model('claude-sonnet-4-5')),
    spoil: manifests => {
      const { spec } = manifests.get('BackendSecurityPolicy', 'ai-bearer');
      Object.assign(spec, { type: 'APIKey', apiKey: spec.anthropicAPIKey });
      delete spec.anthropicAPIKey;
    },
    run: async client => {
      const { attempts: [{ headers }] } = await client.messages('bearer');
      deepEqual([headers.authorization, headers['x-api-key']], [`Bearer ${keyOf(ANTHROPIC)}`, undefined]);
    },
  },
  {
    name: 'unsigned', code: 'CREDENTIAL_MISSING',
    says: 'without a policy requests to Amazon are not signed',
    declare: ({ gateway, chart }) => gateway.addModel('unsigned', new BedrockProvider(chart, 'unsigned', {
      region: 'us-east-1', credentials: AwsCredentials.podIdentity(),
    }).model('us.amazon.nova-pro-v1:0')),
    spoil: manifests => manifests.remove('BackendSecurityPolicy', 'ai-unsigned'),
    run: async client => equal((await client.chat('unsigned')).attempts[0].headers.authorization, undefined),
  },
  {
    name: 'namespace-of-a-key', code: 'SECRET_REF_NAMESPACE',
    says: 'the namespace of a key is ignored: it is read beside the policy',
    declare: ({ gateway, at }) => gateway.addModel('elsewhere', at('elsewhere.example.com').model()),
    spoil: manifests => { manifests.get('BackendSecurityPolicy', nameOf('elsewhere.example.com')).spec.apiKey.secretRef.namespace = 'keys'; },
    run: async client => {
      const { attempts: [{ headers }] } = await client.chat('elsewhere');
      equal(headers.authorization, `Bearer ${keyOf('elsewhere.example.com')}`);
    },
  },
  {
    name: 'tls-of-a-port', code: 'TLS_POLICY_SECTION',
    says: 'a TLS policy for a port of a Backend is for nobody: plaintext is spoken, and the provider refuses it',
    declare: ({ gateway, at }) => gateway.addModel('section', at('section.example.com').model()),
    spoil: manifests => { manifests.get('BackendTLSPolicy', nameOf('section.example.com')).spec.targetRefs[0].sectionName = '443'; },
    run: async client => {
      const { status, attempts } = await client.chat('section');
      deepEqual([status, attempts], [503, []]);
    },
  },
  {
    name: 'not-verified', code: 'TLS_NOT_VERIFIED',
    says: 'insecureSkipVerify takes every certificate',
    declare: ({ gateway, at }) => gateway.addModel('anything', at(SKIPPED).model()),
    spoil: manifests => {
      manifests.remove('BackendTLSPolicy', nameOf(SKIPPED));
      manifests.backend(SKIPPED).tls = { insecureSkipVerify: true };
    },
    run: async client => answeredBy(await client.chat('anything'), SKIPPED),
  },
];

export const byHandProviders = worldOfFlaws('by-hand-providers', FLAWS, {
  hosts: [PRIMARY, STANDBY, ANTHROPIC, AZURE, BEDROCK, 'versioned.example.com', 'elsewhere.example.com', 'section.example.com'],
  providers: [{ hostname: SKIPPED, port: 443, tls: { issuer: 'private', name: 'other.example.com' } }],
});

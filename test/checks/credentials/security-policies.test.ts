import { all, but, inYaml, PROVIDER } from '../manifests-of-an-app';

/** The provider with another security policy. */
const withPolicy = (spec: string, schema = 'OpenAI') => but(
  PROVIDER,
  ['schema: { name: OpenAI }', `schema: { name: ${schema} }`],
  ['type: APIKey\n  apiKey: { secretRef: { name: openai } }', spec],
);
const only = (code: string, found: string[]) => found.filter(text => text.includes(`${code}: `));

describe('SECRET_REF_NAMESPACE', () => {
  const inNamespace = (namespace: string) => inYaml(but(PROVIDER, ['secretRef: { name: openai }', `secretRef: { name: openai, namespace: ${namespace} }`]));

  test('is a namespace that is ignored', () => {
    expect(inNamespace('keys')).toEqual([
      expect.stringMatching(/^error SECRET_REF_NAMESPACE: 'spec\.apiKey\.secretRef\.namespace' is ignored: the Secret is read beside BackendSecurityPolicy "ai\/openai", got "keys"/),
    ]);
    expect(inNamespace('ai')).toEqual([expect.stringMatching(/^warning SECRET_REF_NAMESPACE/)]);
    expect(inYaml(PROVIDER)).toEqual([]);
  });

  test('is the same for an AWS file, and not where the namespace is heeded', () => {
    const aws = withPolicy('type: AWSCredentials\n  awsCredentials: { region: us-east-1, credentialsFile: { secretRef: { name: aws, namespace: keys } } }', 'AWSBedrock');
    expect(inYaml(aws)).toEqual([expect.stringContaining('\'spec.awsCredentials.credentialsFile.secretRef.namespace\' is ignored')]);
    const azure = 'type: AzureCredentials\n  azureCredentials: { clientID: a, tenantID: b, clientSecretRef: { name: azure, namespace: keys } }';
    expect(inYaml(withPolicy(azure, 'AzureOpenAI, version: 2025-01-01-preview'))).toEqual([]);
  });

  test('is the same for the key of a tool server', () => {
    expect(inYaml(`
apiVersion: aigateway.envoyproxy.io/v1beta1
kind: MCPRoute
metadata: { name: tools, namespace: ai }
spec: { backendRefs: [{ name: github, securityPolicy: { apiKey: { secretRef: { name: github, namespace: keys } } } }] }
`)).toEqual([expect.stringContaining('\'spec.backendRefs[0].securityPolicy.apiKey.secretRef.namespace\' is ignored')]);
  });
});

describe('PROFILE_IGNORED', () => {
  const withProfile = (profile: string) => inYaml(withPolicy(
    `type: AWSCredentials\n  awsCredentials: { region: us-east-1, credentialsFile: { profile: "${profile}", secretRef: { name: aws } } }`, 'AWSBedrock',
  ));

  test('is a profile no release reads', () => {
    expect(withProfile('bedrock')).toEqual([
      expect.stringMatching(/^error PROFILE_IGNORED: 'spec\.awsCredentials\.credentialsFile\.profile' is never read: the gateway uses \[default\], got "bedrock"/),
    ]);
    expect(withProfile('default')).toEqual([]);
    expect(withProfile('${Token[TOKEN.4]}')).toEqual([]);
  });
});

describe('SEVERAL_SECURITY_POLICIES', () => {
  test('is a second policy on a provider', () => {
    const second = PROVIDER.split('---')[3].replace('name: openai, namespace', 'name: second, namespace');
    expect(inYaml(all(PROVIDER, second))).toEqual([
      expect.stringMatching(/^error SEVERAL_SECURITY_POLICIES: 'spec\.targetRefs' names AIServiceBackend "ai\/openai", which BackendSecurityPolicy "ai\/openai" is on already/),
    ]);
    expect(inYaml(all(PROVIDER, but(second, ['kind: AIServiceBackend, name: openai', 'kind: AIServiceBackend, name: other'])))).toEqual([]);
  });
});

describe('CREDENTIAL_BLOCK', () => {
  test.each([
    ['type: APIKey', 'needs the block `apiKey`'],
    ['type: APIKey\n  azureAPIKey: { secretRef: { name: openai } }', 'goes with `apiKey` alone, while there is `azureAPIKey`'],
    ['type: APIKey\n  apiKey: { secretRef: { name: a } }\n  azureAPIKey: { secretRef: { name: b } }', 'while there is `apiKey` and `azureAPIKey`'],
  ])('is %j', (spec, message) => {
    expect(inYaml(withPolicy(spec))).toEqual([expect.stringMatching(new RegExp(`^error CREDENTIAL_BLOCK: 'spec\\.type' .*${message}`))]);
  });

  test.each([
    ['type: AzureCredentials\n  azureCredentials: { clientID: a, tenantID: b }', 'AzureOpenAI, version: v1', '\'spec.azureCredentials\' needs `clientSecretRef` or `oidcExchangeToken`'],
    [
      'type: GCPCredentials\n  gcpCredentials: { projectName: p, region: global, credentialsFile: { secretRef: { name: a } }, workloadIdentityFederationConfig: {} }',
      'GCPVertexAI', '\'spec.gcpCredentials\' has both',
    ],
  ])('is the block %j', (spec, schema, message) => {
    expect(only('CREDENTIAL_BLOCK', inYaml(withPolicy(spec, schema)))).toEqual([expect.stringContaining(message)]);
  });

  test('lets Google credentials come from the pod, where the version of the API does', () => {
    const adc = withPolicy('type: GCPCredentials\n  gcpCredentials: { projectName: p, region: us-central1 }', 'GCPVertexAI');
    expect(only('CREDENTIAL_BLOCK', inYaml(adc))).toEqual([]);
    expect(only('CREDENTIAL_BLOCK', inYaml(but(adc, ['v1beta1', 'v1alpha1'])))).toEqual([expect.stringContaining('needs `credentialsFile` or')]);
  });
});

describe('a token exchange', () => {
  const exchange = (oidc: string, more = '', secret = '{ name: oidc, namespace: ai }') => inYaml(withPolicy(
    `type: AWSCredentials\n  awsCredentials: { region: us-east-1, oidcExchangeToken: { ${more} awsRoleArn: "arn:aws:iam::123456789012:role/a", oidc: { provider: { issuer: "https://id.example" }, clientSecret: ${secret}, ${oidc} } } }`,
    'AWSBedrock',
  ));

  test('has one client id that is read: OIDC_CLIENT', () => {
    expect(exchange('scopes: []')).toEqual([expect.stringMatching(/^error OIDC_CLIENT: 'spec\.awsCredentials\.oidcExchangeToken\.oidc' has no client id/)]);
    expect(exchange('clientID: a, clientIDRef: { name: b }')).toEqual([expect.stringContaining('has both `clientID` and `clientIDRef`')]);
    expect(exchange('clientIDRef: { name: b }')).toEqual([expect.stringContaining('has its client id in `clientIDRef`, which the gateway never reads')]);
    expect(exchange('clientID: a')).toEqual([]);
  });

  test('says where the Secret of the client is: OIDC_SECRET_NAMESPACE', () => {
    expect(exchange('clientID: a', '', '{ name: oidc }')).toEqual([
      expect.stringMatching(/^error OIDC_SECRET_NAMESPACE: 'spec\.awsCredentials\.oidcExchangeToken\.oidc\.clientSecret\.namespace' is missing/),
    ]);
  });

  test('asks for nothing that is never sent: OIDC_FIELD_IGNORED', () => {
    expect(exchange('clientID: a', 'aud: sts.amazonaws.com, grantType: client_credentials,')).toEqual([
      expect.stringMatching(/^error OIDC_FIELD_IGNORED: 'spec\.awsCredentials\.oidcExchangeToken\.aud' is never sent.*, got "sts\.amazonaws\.com"/),
      expect.stringMatching(/^error OIDC_FIELD_IGNORED: 'spec\.awsCredentials\.oidcExchangeToken\.grantType' is never sent/),
    ]);
  });
});

describe('IMPERSONATION_ADDRESS', () => {
  const impersonating = (name: string) => only('IMPERSONATION_ADDRESS', inYaml(withPolicy(
    `type: GCPCredentials\n  gcpCredentials: { projectName: acme, region: us-central1, workloadIdentityFederationConfig: { serviceAccountImpersonation: { serviceAccountName: "${name}" } } }`,
    'GCPVertexAI',
  )));

  test('is an address where the name of the account is wanted', () => {
    expect(impersonating('gateway@acme.iam.gserviceaccount.com')).toEqual([
      expect.stringMatching(/^error IMPERSONATION_ADDRESS: .* is an address, to which the gateway appends "@acme\.iam\.gserviceaccount\.com", got "gateway@acme/),
    ]);
    expect(impersonating('gateway')).toEqual([]);
  });
});

describe('CREDENTIAL_OVERRIDE_INERT', () => {
  const overridden = (form: string) => inYaml(but(PROVIDER, ['  type: APIKey', `  type: APIKey\n  credentialOverride: { ${form} }`]));

  test('is metadata that never arrives', () => {
    expect(overridden('fromDynamicMetadata: { namespace: a }')).toEqual([
      expect.stringMatching(/^error CREDENTIAL_OVERRIDE_INERT: 'spec\.credentialOverride\.fromDynamicMetadata' has no effect in Envoy AI Gateway v1\.1/),
    ]);
    expect(overridden('fromRequestHeaders: {}')).toEqual([]);
  });
});

describe('CREDENTIAL_OVERRIDE_FALLBACK', () => {
  const google = (override: string, source = '') => inYaml(withPolicy(
    `type: GCPCredentials\n  gcpCredentials: { projectName: p, region: us-central1${source} }\n  credentialOverride: { fromRequestHeaders: ${override} }`, 'GCPVertexAI',
  ));

  test('is a fallback to credentials of the pod', () => {
    expect(google('{}')).toEqual([
      expect.stringMatching(/^error CREDENTIAL_OVERRIDE_FALLBACK: 'spec\.credentialOverride\.fromRequestHeaders\.fallbackToConfigured' cannot be true without stored credentials/),
    ]);
    expect(google('{ fallbackToConfigured: false }')).toEqual([]);
    expect(google('{}', ', credentialsFile: { secretRef: { name: gcp } }')).toEqual([]);
  });
});

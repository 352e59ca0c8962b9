import { parseAllDocuments } from 'yaml';
import { all, but, GATEWAY, inYaml, PROVIDER } from './manifests-of-an-app';
import { CrdJudge, describeWithCrds } from '../judges/crd/judge';

const KEY = 'type: APIKey\n  apiKey: { secretRef: { name: openai } }';
const AZURE = 'type: AzureCredentials\n  azureCredentials: { clientID: a, tenantID: b }';
const LISTENERS = '[{ name: http, port: 80, protocol: HTTP }]';
const oidc = (fields: string) => `type: AWSCredentials
  awsCredentials:
    region: us-east-1
    oidcExchangeToken:
      awsRoleArn: arn:aws:iam::123456789012:role/models
      oidc: { provider: { issuer: "https://id.example" }, clientSecret: { name: oidc }${fields} }`;
const trafficPolicy = (target: string) => all(GATEWAY, `
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: BackendTrafficPolicy
metadata: { name: chat, namespace: ai }
spec: { targetRefs: [{ ${target} }], mergeType: StrategicMerge }
`);

/** What a rule calls final because the API server refuses it: the manifests, and the smallest fix. */
const CASES: readonly (readonly [code: string, what: string, bad: string, good: string])[] = [
  ['BACKEND_REF_KIND', 'a Service', but(PROVIDER, ['backendRef: { group: gateway.envoyproxy.io, kind: Backend', 'backendRef: { kind: Service, port: 8000']), PROVIDER],
  ['CREDENTIAL_BLOCK', 'no block', but(PROVIDER, [KEY, 'type: APIKey']), PROVIDER],
  ['CREDENTIAL_BLOCK', 'another block', but(PROVIDER, [KEY, 'type: APIKey\n  azureAPIKey: { secretRef: { name: openai } }']), PROVIDER],
  ['CREDENTIAL_BLOCK', 'two blocks', but(PROVIDER, [KEY, `${KEY}\n  azureAPIKey: { secretRef: { name: openai } }`]), PROVIDER],
  ['CREDENTIAL_BLOCK', 'no source for Azure', but(PROVIDER, [KEY, AZURE]), but(PROVIDER, [KEY, AZURE.replace('b }', 'b, clientSecretRef: { name: azure } }')])],
  ['OIDC_CLIENT', 'no client id', but(PROVIDER, [KEY, oidc('')]), but(PROVIDER, [KEY, oidc(', clientID: a')])],
  ['OIDC_CLIENT', 'two client ids', but(PROVIDER, [KEY, oidc(', clientID: a, clientIDRef: { name: b }')]), but(PROVIDER, [KEY, oidc(', clientID: a')])],
  ['MIXED_ENDPOINTS', 'a name and an address', but(PROVIDER, ['port: 443 } }]', 'port: 443 } }, { ip: { address: 10.0.0.7, port: 443 } }]']), PROVIDER],
  ['MIXED_ENDPOINTS', 'no form', but(PROVIDER, ['port: 443 } }]', 'port: 443 } }, { hostname: a.example }]']), PROVIDER],
  ['MIXED_ENDPOINTS', 'a resolver with endpoints', but(PROVIDER, ['port: 443 } }]', 'port: 443 } }]\n  type: DynamicResolver']), PROVIDER],
  ['TLS_CA_CHOICE', 'no authority', but(PROVIDER, [', wellKnownCACertificates: System', '']), PROVIDER],
  ['TLS_CA_CHOICE', 'two kinds', but(PROVIDER, ['Certificates: System', 'Certificates: System, caCertificateRefs: [{ group: "", kind: ConfigMap, name: ca }]']), PROVIDER],
  [
    'TLS_CA_CHOICE', 'an authority and none', but(PROVIDER, ['port: 443 } }]', 'port: 443 } }]\n  tls: { insecureSkipVerify: true, wellKnownCACertificates: System }']),
    but(PROVIDER, ['port: 443 } }]', 'port: 443 } }]\n  tls: { wellKnownCACertificates: System }']),
  ],
  ['LISTENER_CONFLICT', 'two alike', but(GATEWAY, [LISTENERS, '[{ name: a, port: 80, protocol: HTTP }, { name: b, port: 80, protocol: HTTP }]']), GATEWAY],
  ['LISTENER_TLS', 'HTTP with TLS', but(GATEWAY, [LISTENERS, '[{ name: a, port: 80, protocol: HTTP, tls: { certificateRefs: [{ name: c }] } }]']), GATEWAY],
  ['LISTENER_TLS', 'no certificate', but(GATEWAY, [LISTENERS, '[{ name: a, port: 443, protocol: HTTPS, tls: { mode: Terminate } }]']), GATEWAY],
  ['LISTENER_TLS', 'TLS that passes through', but(GATEWAY, [LISTENERS, '[{ name: a, port: 443, protocol: HTTPS, tls: { mode: Passthrough } }]']), GATEWAY],
  [
    'POLICY_TARGET_KIND', 'the AIGatewayRoute', trafficPolicy('group: aigateway.envoyproxy.io, kind: AIGatewayRoute, name: chat'),
    trafficPolicy('group: gateway.networking.k8s.io, kind: HTTPRoute, name: chat'),
  ],
  ['POLICY_TARGET_KIND', 'a Backend', but(PROVIDER, ['group: aigateway.envoyproxy.io, kind: AIServiceBackend, name', 'group: gateway.envoyproxy.io, kind: Backend, name']), PROVIDER],
];

describeWithCrds('what a rule says the API server refuses', () => {
  const judge = () => CrdJudge.load({ aiGateway: 'v1.1.0' });
  const complaints = (yaml: string) => judge().judgeAll(parseAllDocuments(yaml).map(document => document.toJS()));
  const codesIn = (yaml: string) => inYaml(yaml).map(text => text.split(/[ :]/)[1]);

  test.each(CASES)('%s: %s', (code, _, bad, good) => {
    expect(complaints(bad)).not.toEqual([]);
    expect(codesIn(bad)).toContain(code);
    expect(complaints(good)).toEqual([]);
    expect(codesIn(good)).not.toContain(code);
  });
});

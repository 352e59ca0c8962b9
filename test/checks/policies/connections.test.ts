import { ApiObject, JsonPatch } from 'cdk8s';
import { ApiKey, InClusterProvider, InClusterService, ModelServer, OpenAIProvider, ProviderTls } from '../../../src';
import { all, APP, but, inProgram, inYaml, PROVIDER } from '../manifests-of-an-app';

const apiKey = ApiKey.fromSecretName('openai');

test('a provider with all it needs has no finding', () => {
  expect(inYaml(APP)).toEqual([]);
  expect(inProgram(chart => { new OpenAIProvider(chart, 'openai', { apiKey }); })).toEqual([]);
});

/** The provider without its BackendTLSPolicy. */
const WITHOUT_POLICY = all(...PROVIDER.split('---').filter(manifest => !manifest.includes('BackendTLSPolicy')));

describe('PLAINTEXT_TO_TLS_PORT', () => {
  test('is a provider on port 443 whose TLS was turned off', () => {
    const on = (port: number) => inProgram(chart => { new OpenAIProvider(chart, 'openai', { apiKey, port, tls: ProviderTls.plaintext() }); });
    expect(on(443)).toEqual([expect.stringMatching(/^error PLAINTEXT_TO_TLS_PORT: 'port' is a TLS port that AIServiceBackend "ai\/.*" sends plaintext to, got 443; /)]);
    expect(on(8080)).toEqual([]);
  });

  test('is a Backend on port 443 that no policy is on', () => {
    expect(inYaml(WITHOUT_POLICY)).toEqual([expect.stringMatching(/^error PLAINTEXT_TO_TLS_PORT: 'spec\.endpoints\[0\]\.fqdn\.port' is a TLS port/)]);
    expect(inYaml(WITHOUT_POLICY.replace('443', '8080'))).toEqual([]);
    expect(inYaml(PROVIDER)).toEqual([]);
  });

  test('is a Backend whose policy names another kind or Backend', () => {
    expect(inYaml(but(PROVIDER, ['group: gateway.envoyproxy.io, kind: Backend, name: openai }]', 'group: "", kind: Service, name: openai }]']))).toEqual([
      expect.stringContaining('PLAINTEXT_TO_TLS_PORT'),
    ]);
  });

  test('leaves a Backend that no provider uses alone', () => {
    expect(inYaml(PROVIDER.split('---')[0])).toEqual([]);
  });

  test('is the Backend of a tool server too', () => {
    const tools = `
apiVersion: aigateway.envoyproxy.io/v1beta1
kind: MCPRoute
metadata: { name: tools, namespace: ai }
spec:
  parentRefs: [{ name: public }]
  backendRefs: [{ group: gateway.envoyproxy.io, kind: Backend, name: openai }]
`;
    expect(inYaml(all(PROVIDER.split('---')[0], tools))).toEqual([expect.stringContaining('MCPRoute "ai/tools" sends plaintext to')]);
  });
});

describe('TLS_POLICY_SECTION', () => {
  const section = but(PROVIDER, ['kind: Backend, name: openai }]', 'kind: Backend, name: openai, sectionName: "443" }]']);

  test('is a policy for one port', () => {
    expect(inYaml(section)).toEqual([
      expect.stringMatching(/^error TLS_POLICY_SECTION: 'spec\.targetRefs\[0\]\.sectionName' keeps the policy away from requests of AIServiceBackend "ai\/openai", got "443"; remove it/),
    ]);
  });

  test('is milder where another policy protects the whole Backend', () => {
    const whole = PROVIDER.split('---')[1].replace('name: openai, namespace', 'name: whole, namespace');
    expect(inYaml(all(section, whole))).toEqual([expect.stringMatching(/^warning TLS_POLICY_SECTION/)]);
  });
});

/** The provider with TLS in the Backend itself. */
const withTls = (tls: string) => but(WITHOUT_POLICY, ['port: 443 } }]', `port: 443 } }]\n  tls: ${tls}`]);

describe('TLS_WITHOUT_SNI', () => {
  test('is TLS of a Backend that checks no name', () => {
    expect(inYaml(withTls('{ wellKnownCACertificates: System }'))).toEqual([expect.stringMatching(/^error TLS_WITHOUT_SNI: 'spec\.tls' has no `sni`/)]);
    expect(inYaml(withTls('{ wellKnownCACertificates: System, sni: api.openai.com }'))).toEqual([]);
  });

  test('is not where a policy gives the name', () => {
    expect(inYaml(all(withTls('{ wellKnownCACertificates: System }'), PROVIDER.split('---')[1]))).toEqual([]);
  });
});

describe('TLS_NOT_VERIFIED', () => {
  test('is TLS that accepts every certificate, with or without a policy', () => {
    const unverified = withTls('{ insecureSkipVerify: true, sni: api.openai.com }');
    expect(inYaml(unverified)).toEqual([expect.stringMatching(/^error TLS_NOT_VERIFIED: 'spec\.tls\.insecureSkipVerify' accepts/)]);
    expect(inYaml(all(unverified, PROVIDER.split('---')[1]))).toEqual([expect.stringContaining('TLS_NOT_VERIFIED')]);
    expect(inYaml(unverified.replace('insecureSkipVerify: true', 'wellKnownCACertificates: System'))).toEqual([]);
  });

  test('is found in what a patch makes of our own Backend', () => {
    expect(inProgram(chart => {
      const openai = new OpenAIProvider(chart, 'openai', { apiKey });
      openai.backend!.addJsonPatch(JsonPatch.add('/spec/tls', { insecureSkipVerify: true }));
    })).toEqual([expect.stringContaining('TLS_NOT_VERIFIED')]);
  });
});

describe('TLS_CA_CHOICE', () => {
  test.each([
    ['wellKnownCACertificates: System', 'caCertificateRefs: []', 'names no certificate authorities'],
    ['wellKnownCACertificates: System', 'wellKnownCACertificates: System, caCertificateRefs: [{ group: "", kind: ConfigMap, name: ca }]', 'has both'],
  ])('is a policy with %s replaced by %s', (from, to, message) => {
    expect(inYaml(but(PROVIDER, [from, to]))).toEqual([expect.stringMatching(new RegExp(`^error TLS_CA_CHOICE: 'spec\\.validation' ${message}`))]);
  });

  test.each([
    ['{ sni: api.openai.com }', 'names no certificate authorities'],
    ['{ sni: api.openai.com, insecureSkipVerify: true, wellKnownCACertificates: System }', 'names certificate authorities and skips verification'],
  ])('is a Backend with tls %s', (tls, message) => {
    expect(inYaml(withTls(tls))).toContainEqual(expect.stringContaining(`error TLS_CA_CHOICE: 'spec.tls' ${message}`));
  });

  test('leaves the authorities of a Backend to its policy', () => {
    expect(inYaml(all(withTls('{ minVersion: "1.3" }'), PROVIDER.split('---')[1]))).toEqual([]);
  });
});

describe('TLS_NAME_MISMATCH', () => {
  const other = but(PROVIDER, ['validation: { hostname: api.openai.com', 'validation: { hostname: llm.example.com']);

  test('is a policy for another name than the host\'s', () => {
    expect(inYaml(other)).toEqual([
      expect.stringMatching(/^warning TLS_NAME_MISMATCH: 'spec\.validation\.hostname' is not the name of the host, "api\.openai\.com", got "llm\.example\.com"/),
    ]);
  });

  test('is not where the names in the certificate are given', () => {
    expect(inYaml(but(other, ['System }', 'System, subjectAltNames: [{ type: Hostname, hostname: llm.example.com }] }']))).toEqual([]);
  });

  test('says nothing about names that are not known yet', () => {
    expect(inYaml(but(other, ['llm.example.com', '"${Token[TOKEN.1]}"']))).toEqual([]);
    expect(inYaml(but(PROVIDER, ['fqdn: { hostname: api.openai.com', 'fqdn: { hostname: "${TfToken[TOKEN.2]}"']))).toEqual([]);
  });
});

describe('PUBLIC_CA_FOR_SERVICE', () => {
  const service = InClusterService.fromServiceName('vllm', { namespace: 'models' });
  const withCa = (tls: ProviderTls) => inProgram(chart => { new InClusterProvider(chart, 'vllm', { server: ModelServer.VLLM, service, tls }); });

  test('is a Service that is to have a public certificate', () => {
    expect(withCa(ProviderTls.publicCa())).toEqual([
      expect.stringMatching(/^warning PUBLIC_CA_FOR_SERVICE: '.*' is a name in the cluster.*got "vllm\.models\.svc\.cluster\.local"/),
    ]);
    expect(withCa(ProviderTls.privateCa('ca'))).toEqual([]);
    expect(withCa(ProviderTls.plaintext())).toEqual([]);
  });

  test('is not a Service behind which a public name is checked', () => {
    expect(inYaml(but(PROVIDER, ['fqdn: { hostname: api.openai.com', 'fqdn: { hostname: openai.proxy.svc']))).toEqual([expect.stringContaining('TLS_NAME_MISMATCH')]);
  });
});

describe('TLS_CA_MISSING', () => {
  const ownCa = but(PROVIDER, ['wellKnownCACertificates: System', 'caCertificateRefs: [{ group: "", kind: ConfigMap, name: ca }]']);
  const ca = (namespace: string, key: string, text = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n') => `
apiVersion: v1
kind: ConfigMap
metadata: { name: ca, namespace: ${namespace} }
data: { ${key}: ${JSON.stringify(text)} }
`;

  test('is a ConfigMap without the key', () => {
    expect(inYaml(all(ownCa, ca('ai', 'tls.crt')))).toEqual([
      expect.stringMatching(/^error TLS_CA_MISSING: 'spec\.validation\.caCertificateRefs\[0\]' leads to ConfigMap "ai\/ca", which has no key "ca\.crt", got \["tls\.crt"\]/),
    ]);
    expect(inYaml(all(ownCa, ca('ai', 'ca.crt')))).toEqual([]);
  });

  test.each(['', 'text', 'file:///etc/ssl/ca.pem', '-----BEGIN PRIVATE KEY-----\nTUlJ\n-----END PRIVATE KEY-----\n'])('is a ConfigMap with %j, which no message shows', (text) => {
    const found = inYaml(all(ownCa, ca('ai', 'ca.crt', text)));
    expect(found).toContainEqual(expect.stringMatching(/^error TLS_CA_MISSING: .* leads to ConfigMap "ai\/ca", whose "ca\.crt" holds no certificate; store it as PEM text/));
    expect(found.join()).not.toContain('TUlJ');
    expect(inYaml(all(ownCa, ca('ai', 'ca.crt', '# the root\n-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n')))).toEqual([]);
  });

  test('is a ConfigMap in another namespace', () => {
    expect(inYaml(all(ownCa, ca('infra', 'ca.crt')))).toEqual([expect.stringMatching(/^warning TLS_CA_MISSING.*while there is only ConfigMap "infra\/ca"/)]);
  });

  test('is a ConfigMap that does not exist in a complete namespace', () => {
    expect(inYaml(ownCa)).toEqual([]);
    expect(inYaml(ownCa, { complete: ['ai'] })).toContainEqual(expect.stringMatching(/^error TLS_CA_MISSING.*which does not exist/));
  });
});

describe('BAD_HOSTNAME', () => {
  test.each([
    ['https://api.openai.com/v1', 'is a URL', 'write the name alone, "api.openai.com"'],
    ['api.openai.com:8443', 'has a port', 'the port has a field of its own'],
    ['api.openai.com/v1', 'has a path', '`prefix`'],
    ['API.openai.com', 'has capitals', 'write "api.openai.com"'],
    ['10.0.0.7', 'is an IP address', 'an endpoint with `ip`'],
    ['[fd00::7]', 'is an IP address', 'an endpoint with `ip`'],
    ['vllm', 'is a name of one label', 'vllm.<namespace>.svc.cluster.local'],
    ['localhost', 'is the proxy\'s own pod', 'over the network'],
    ['127.0.0.1', 'is the proxy\'s own pod', 'over the network'],
    ['', 'is empty', 'write the DNS name'],
    ['api_openai.example', 'is not a DNS name', 'use letters'],
  ])('is the fqdn %j', (hostname, message, fix) => {
    const found = inYaml(but(WITHOUT_POLICY, ['hostname: api.openai.com, port: 443', `hostname: ${JSON.stringify(hostname)}, port: 8080`]));
    expect(found).toEqual([expect.stringContaining(`error BAD_HOSTNAME: 'spec.endpoints[0].fqdn.hostname' ${message}`)]);
    expect(found[0]).toContain(fix);
  });

  test.each(['127.0.0.1', '127.8.8.8', '::1'])('is the loopback address %s', address => {
    const at = (to: string) => inYaml(but(WITHOUT_POLICY, ['fqdn: { hostname: api.openai.com, port: 443', `ip: { address: "${to}", port: 8080`]));
    expect(at(address)).toEqual([expect.stringContaining('\'spec.endpoints[0].ip.address\' is the proxy\'s own pod')]);
    expect(at('10.0.0.7')).toEqual([]);
  });

  test('names the property of a construct, and shows no password of a URL', () => {
    const at = (hostname: string) => inProgram(chart => { new OpenAIProvider(chart, 'openai', { apiKey, hostname }); });
    expect(at('localhost')).toContainEqual(expect.stringMatching(/BAD_HOSTNAME: 'hostname' is the proxy's own pod, got "localhost"/));
    const [withPassword] = at('https://me:hush@llm.example.com').filter(text => text.includes('BAD_HOSTNAME'));
    expect(withPassword).toContain('write the name alone, "llm.example.com"');
    expect(withPassword).not.toContain('hush');
  });

  test('says nothing about names that are not known yet', () => {
    expect(inYaml(but(WITHOUT_POLICY, ['hostname: api.openai.com, port: 443', 'hostname: "${Token[TOKEN.1]}", port: 80']))).toEqual([]);
  });
});

describe('MIXED_ENDPOINTS', () => {
  const endpoints = (text: string) => inYaml(but(PROVIDER.split('---')[0], ['[{ fqdn: { hostname: api.openai.com, port: 443 } }]', text]));

  test('is a Backend with a name and an address', () => {
    expect(endpoints('[{ fqdn: { hostname: a.example, port: 80 } }, { ip: { address: 10.0.0.7, port: 80 } }]')).toEqual([
      expect.stringMatching(/^error MIXED_ENDPOINTS: 'spec\.endpoints' mixes names with addresses, got \["fqdn","ip"\]/),
    ]);
    expect(endpoints('[{ fqdn: { hostname: a.example, port: 80 } }, { fqdn: { hostname: b.example, port: 80 } }]')).toEqual([]);
    expect(endpoints('[{ ip: { address: 10.0.0.7, port: 80 } }, { unix: { path: /tmp/socket } }]')).toEqual([]);
  });

  test('is an endpoint with two forms or none', () => {
    expect(endpoints('[{ fqdn: { hostname: a.example, port: 80 }, ip: { address: 10.0.0.7, port: 80 } }]')).toEqual([expect.stringContaining('\'spec.endpoints[0]\' must have exactly one')]);
    expect(endpoints('[{ hostname: a.example }]')).toEqual([expect.stringContaining('\'spec.endpoints[0]\' must have exactly one')]);
  });

  test('is a dynamic resolver with endpoints', () => {
    expect(endpoints('[{ fqdn: { hostname: a.example, port: 80 } }]\n  type: DynamicResolver')).toEqual([expect.stringContaining('of type DynamicResolver')]);
  });
});

describe('BACKEND_FALLBACK_FLAG', () => {
  test('is a fallback flag on the Backend of a provider', () => {
    const flagged = but(PROVIDER, ['port: 443 } }]', 'port: 443 } }]\n  fallback: true']);
    expect(inYaml(flagged)).toEqual([expect.stringMatching(/^error BACKEND_FALLBACK_FLAG: 'spec\.fallback' does not make AIServiceBackend "ai\/openai" a fallback/)]);
    expect(inYaml(flagged.replace('fallback: true', 'fallback: false'))).toEqual([]);
  });
});

describe('BACKEND_REF_KIND', () => {
  test('is a provider without all of its fields, which the schema allows', () => {
    const bare = '\napiVersion: aigateway.envoyproxy.io/v1beta1\nkind: AIServiceBackend\nmetadata: { name: openai, namespace: ai }\n';
    expect(inYaml(bare)).toContainEqual(expect.stringMatching(/^error BACKEND_REF_KIND: 'spec' is missing, so the provider leads nowhere; write `schema` and `backendRef`/));
  });

  test.each([
    ['{ kind: Service, name: vllm, port: 8000 }'],
    ['{ name: openai }'],
  ])('is the reference %s', ref => {
    expect(inYaml(but(PROVIDER, ['{ group: gateway.envoyproxy.io, kind: Backend, name: openai }\n', `${ref}\n`]))).toEqual([
      expect.stringMatching(/^error BACKEND_REF_KIND: 'spec\.backendRef' must name a Backend of Envoy Gateway/),
    ]);
  });

  test('is found in what a patch makes of our own object', () => {
    expect(inProgram(chart => {
      const openai = new OpenAIProvider(chart, 'openai', { apiKey });
      ApiObject.of(openai).addJsonPatch(JsonPatch.replace('/spec/backendRef', { kind: 'Service', name: 'vllm' }));
    })).toEqual([expect.stringContaining('BACKEND_REF_KIND')]);
  });
});

import { ApiObject, App, Chart, JsonPatch, Size, Testing } from 'cdk8s';
import { AIGateway, ApiKey, EnvoyAIGatewayRelease, Listener, OpenAIProvider, Platform } from '../../../src';
import { bytesOf } from '../../../src/checks/rules/policies/gateways/quantity';
import { findingsInYaml } from '../harness';
import { all, APP, but, GATEWAY, inProgram, inYaml, PROVIDER, ROUTE } from '../manifests-of-an-app';

test('a gateway made by a construct has no finding', () => {
  expect(inProgram(chart => {
    const openai = new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSecretName('openai') });
    new AIGateway(chart, 'gateway', { listeners: [Listener.http(), Listener.https('certificate')], proxy: { serviceAccountName: 'models' } }).addModel('gpt-4o', openai.model());
  })).toEqual([]);
});

const LONE_GATEWAY = GATEWAY.split('---')[0];

describe('NO_BUFFER_LIMIT', () => {
  test('is a Gateway with an AI route and no policy for its clients', () => {
    const without = all(LONE_GATEWAY, PROVIDER, ROUTE);
    expect(inYaml(without)).toEqual([expect.stringMatching(/^warning NO_BUFFER_LIMIT: has no ClientTrafficPolicy with `connection\.bufferLimit`/)]);
    expect(inYaml(without, { complete: ['ai'] })).toContainEqual(expect.stringMatching(/^error NO_BUFFER_LIMIT/));
    expect(inYaml(APP)).toEqual([]);
  });

  test('is a policy that leaves the limit out, or sets it for another listener', () => {
    expect(inYaml(but(APP, ['connection: { bufferLimit: 50Mi }', 'connection: {}']))).toContainEqual(expect.stringContaining('NO_BUFFER_LIMIT'));
    const section = (name: string) => inYaml(but(APP, ['kind: Gateway, name: public }]\n  connection', `kind: Gateway, name: public, sectionName: ${name} }]\n  connection`]));
    expect(section('https')).toContainEqual(expect.stringContaining('NO_BUFFER_LIMIT'));
    expect(section('http')).toEqual([]);
  });

  test('is a limit that is no higher than what holds without one', () => {
    const limited = (size: string) => inYaml(but(APP, ['bufferLimit: 50Mi', `bufferLimit: ${size}`]));
    expect(limited('16Ki')).toEqual([
      expect.stringMatching(/^warning NO_BUFFER_LIMIT: 'spec\.connection\.bufferLimit' is no more than Envoy's own 32 KiB: .*got "16Ki"; use the size .* such as "50Mi"/),
    ]);
    expect(limited('32Ki')).toHaveLength(1);
    expect(limited('33Ki')).toEqual([]);
  });

  test('is not a Gateway without AI routes', () => {
    expect(inYaml(LONE_GATEWAY)).toEqual([]);
    expect(inYaml(but(GATEWAY, ['bufferLimit: 50Mi', 'bufferLimit: 16Ki']))).toEqual([]);
  });

  test('is not where a policy may choose the Gateway by label', () => {
    const selecting = `
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: ClientTrafficPolicy
metadata: { name: all, namespace: ai }
spec: { targetSelectors: [{ kind: Gateway }], connection: { bufferLimit: 50Mi } }
`;
    expect(inYaml(all(LONE_GATEWAY, PROVIDER, ROUTE, selecting))).toEqual([]);
  });
});

describe('BUFFER_LIMIT', () => {
  test.each([
    ['bufferLimit: 50Mi', 'bufferLimit: 4Gi', 'spec.connection.bufferLimit'],
    ['bufferLimit: 50Mi', 'bufferLimit: 4294967296', 'spec.connection.bufferLimit'],
    ['initialStreamWindowSize: 50Mi', 'initialStreamWindowSize: 32Ki', 'spec.http2.initialStreamWindowSize'],
    ['initialStreamWindowSize: 50Mi', 'initialStreamWindowSize: "65534"', 'spec.http2.initialStreamWindowSize'],
    ['initialStreamWindowSize: 50Mi', 'initialStreamWindowSize: 2Gi', 'spec.http2.initialStreamWindowSize'],
    ['initialStreamWindowSize: 50Mi', 'initialStreamWindowSize: 50Mi, initialConnectionWindowSize: 1', 'spec.http2.initialConnectionWindowSize'],
  ])('is %s turned into %s', (from, to, prop) => {
    expect(inYaml(but(APP, [from, to]))).toEqual([expect.stringContaining(`error BUFFER_LIMIT: '${prop}' is outside of what Envoy takes`)]);
  });

  test.each([
    ['bufferLimit: 50Mi', 'bufferLimit: "4294967295"'],
    ['initialStreamWindowSize: 50Mi', 'initialStreamWindowSize: 64Ki'],
    ['initialStreamWindowSize: 50Mi', 'initialStreamWindowSize: "2147483647"'],
  ])('is not %s turned into %s', (from, to) => {
    expect(inYaml(but(APP, [from, to]))).toEqual([]);
  });

  test('names the property of the construct', () => {
    const withSize = (maxBodySize: Size) => inProgram(chart => { new AIGateway(chart, 'gateway', { maxBodySize }); });
    for (const size of [Size.gibibytes(4), Size.kibibytes(0)]) {
      expect(withSize(size)).toEqual([expect.stringMatching(/BUFFER_LIMIT: 'maxBodySize' is outside.*; use a size from 1 to 4294967295 bytes/)]);
    }
  });

  test.each([[16, '65536'], [64, '65536'], [1024, '1Mi'], [3 * 1024 * 1024, '2147483647']])('the window that grows with %s KiB of body stays within what Envoy takes', (kib, window) => {
    const app = new App();
    const chart = new Chart(app, 'c', { namespace: 'ai' });
    new AIGateway(chart, 'gateway', { maxBodySize: Size.kibibytes(kib) });
    expect(Testing.synth(chart).find(({ kind }) => kind === 'ClientTrafficPolicy').spec.http2).toEqual({ initialStreamWindowSize: window });
  });

  test.each([
    ['50Mi', 52_428_800], ['1k', 1_000], ['65535', 65_535], [7, 7], ['0.5Gi', 536_870_912], ['50MB', undefined], ['', undefined], [undefined, undefined],
  ])('reads %j as %j bytes', (quantity, bytes) => {
    expect(bytesOf(quantity)).toBe(bytes);
  });
});

describe('HTTP2_WINDOW_UNSET', () => {
  const https = but(APP, ['[{ name: http, port: 80, protocol: HTTP }]', '[{ name: https, port: 443, protocol: HTTPS, tls: { certificateRefs: [{ name: certificate }] } }]']);

  test('is a raised limit that HTTP/2 clients do not get', () => {
    expect(inYaml(but(https, ['  http2: { initialStreamWindowSize: 50Mi }\n', '']))).toEqual([
      expect.stringMatching(/^warning HTTP2_WINDOW_UNSET: 'spec\.http2\.initialStreamWindowSize' is not set.*; set it to 50Mi/),
    ]);
    expect(inYaml(https)).toEqual([]);
  });

  test('is not where clients do not choose HTTP/2 by themselves', () => {
    expect(inYaml(but(APP, ['  http2: { initialStreamWindowSize: 50Mi }\n', '']))).toEqual([]);
  });
});

describe('GATEWAY_IN_CONTROL_NAMESPACE', () => {
  const moved = (yaml: string) => but(yaml, ['name: public, namespace: ai', 'name: public, namespace: envoy-gateway-system']);
  const route = but(ROUTE, ['kind: Gateway, name: public }', 'kind: Gateway, name: public, namespace: envoy-gateway-system }']);

  test('is a Gateway with AI routes beside the controller', () => {
    expect(inYaml(all(moved(GATEWAY), PROVIDER, route))).toEqual([
      expect.stringMatching(/^error GATEWAY_IN_CONTROL_NAMESPACE: 'metadata\.namespace' is where AI routes do not work/),
    ]);
    expect(inYaml(APP)).toEqual([]);
  });

  test('is a route whose Gateway is there, in another repository', () => {
    expect(inYaml(all(PROVIDER, route))).toEqual([expect.stringMatching(/^error GATEWAY_IN_CONTROL_NAMESPACE: 'spec\.parentRefs\[0\]\.namespace'/)]);
  });

  test('is a warning for a Gateway that may serve something else', () => {
    expect(inYaml(moved(LONE_GATEWAY))).toEqual([expect.stringMatching(/^warning GATEWAY_IN_CONTROL_NAMESPACE/)]);
  });

  test('is found in a program', () => {
    expect(inProgram(chart => { new AIGateway(chart, 'gateway'); }, { namespace: 'envoy-gateway-system' })).toEqual([expect.stringContaining('GATEWAY_IN_CONTROL_NAMESPACE')]);
  });
});

describe('GATEWAY_CONFIG_MISSING', () => {
  const annotated = but(APP, ['name: public, namespace: ai }\nspec:\n  gatewayClassName', 'name: public, namespace: ai, annotations: { aigateway.envoyproxy.io/gateway-config: sidecar } }\nspec:\n  gatewayClassName']);
  const config = (namespace: string) => `
apiVersion: aigateway.envoyproxy.io/v1beta1
kind: GatewayConfig
metadata: { name: sidecar, namespace: ${namespace} }
spec: {}
`;
  const only = (found: string[]) => found.filter(text => text.includes('GATEWAY_CONFIG'));

  test('is a GatewayConfig in another namespace, or nowhere', () => {
    expect(only(inYaml(all(annotated, config('infra'))))).toEqual([
      expect.stringMatching(/^error GATEWAY_CONFIG_MISSING: 'metadata\.annotations\.aigateway\.envoyproxy\.io\/gateway-config' names the GatewayConfig "ai\/sidecar", while there is only GatewayConfig "infra\/sidecar"/),
    ]);
    expect(only(inYaml(annotated, { complete: ['ai'] }))).toEqual([expect.stringContaining('which does not exist')]);
    expect(only(inYaml(annotated))).toEqual([]);
    expect(only(inYaml(all(annotated, config('ai'))))).toEqual([]);
  });
});

const proxy = (namespace: string, account: string, name = 'proxy') => `
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: EnvoyProxy
metadata: { name: ${name}, namespace: ${namespace} }
spec: { provider: { type: Kubernetes, kubernetes: { envoyServiceAccount: { name: ${account} } } } }
`;
const parameters = (name: string) => `infrastructure: { parametersRef: { group: gateway.envoyproxy.io, kind: EnvoyProxy, name: ${name} } }`;

describe('ENVOY_PROXY_MISSING', () => {
  const withProxy = but(LONE_GATEWAY, ['gatewayClassName: eg', `gatewayClassName: eg\n  ${parameters('proxy')}`]);

  test('is an EnvoyProxy in another namespace, or nowhere', () => {
    expect(inYaml(all(withProxy, proxy('envoy-gateway-system', 'a')))).toEqual([
      expect.stringMatching(/^error ENVOY_PROXY_MISSING: 'spec\.infrastructure\.parametersRef\.name' names the EnvoyProxy "ai\/proxy", while there is only EnvoyProxy "envoy-gateway-system\/proxy"/),
    ]);
    expect(inYaml(withProxy, { complete: ['ai'] })).toEqual([expect.stringContaining('which does not exist')]);
    expect(inYaml(withProxy)).toEqual([]);
    expect(inYaml(all(withProxy, proxy('ai', 'a')))).toEqual([]);
  });

  test('is looked for in the namespace that a GatewayClass names', () => {
    const gatewayClass = (namespace: string) => `
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: { name: eg }
spec:
  controllerName: gateway.envoyproxy.io/gatewayclass-controller
  parametersRef: { group: gateway.envoyproxy.io, kind: EnvoyProxy, name: proxy, namespace: ${namespace} }
`;
    expect(inYaml(all(gatewayClass('infra'), proxy('ai', 'a')))).toEqual([expect.stringContaining('\'spec.parametersRef.name\' names the EnvoyProxy "infra/proxy"')]);
    expect(inYaml(all(gatewayClass('ai'), proxy('ai', 'a')))).toEqual([]);
  });
});

describe('SERVICE_ACCOUNT_SHARED', () => {
  test('is one account that two gateways of a program name', () => {
    const with2 = (other: string) => inProgram(chart => {
      new AIGateway(chart, 'one', { proxy: { serviceAccountName: 'models' } });
      new AIGateway(chart, 'two', { proxy: { serviceAccountName: other } });
    });
    expect(with2('models')).toEqual([
      expect.stringMatching(/^error SERVICE_ACCOUNT_SHARED: 'proxy\.serviceAccountName' is the service account of Gateway "ai\/.*" and of Gateway "ai\/.*", got "models"; give each Gateway a service account of its own/),
    ]);
    expect(with2('tools')).toEqual([]);
  });

  const named = (name: string) => but(LONE_GATEWAY, ['name: public', `name: ${name}`], ['gatewayClassName: eg', `gatewayClassName: eg\n  ${parameters('proxy')}`]);

  test('is one EnvoyProxy of two Gateways', () => {
    expect(inYaml(all(named('one'), named('two'), proxy('ai', 'models')))).toEqual([expect.stringContaining('an EnvoyProxy and a service account of its own')]);
    expect(inYaml(all(named('one'), proxy('ai', 'models')))).toEqual([]);
  });

  test('is not a proxy that all Gateways of a class share on purpose', () => {
    const gatewayClass = `
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: { name: eg }
spec:
  controllerName: gateway.envoyproxy.io/gatewayclass-controller
  parametersRef: { group: gateway.envoyproxy.io, kind: EnvoyProxy, name: proxy, namespace: ai }
`;
    const gateways = all(LONE_GATEWAY, but(LONE_GATEWAY, ['name: public', 'name: other']), gatewayClass);
    expect(inYaml(all(gateways, proxy('ai', 'models')))).toEqual([expect.stringContaining('SERVICE_ACCOUNT_SHARED')]);
    expect(inYaml(all(gateways, but(proxy('ai', 'models'), ['spec: {', 'spec: { mergeGateways: true,'])))).toEqual([]);
  });
});

describe('GATEWAY_NAME_COLLISION', () => {
  const two = all(
    but(LONE_GATEWAY, ['name: public, namespace: ai', 'name: a, namespace: b-c']),
    but(LONE_GATEWAY, ['name: public, namespace: ai', 'name: a-b, namespace: c']),
  );

  test('is the same text of name and namespace, before v1.1', () => {
    const on = (release: EnvoyAIGatewayRelease) => inYaml(two, { platform: Platform.envoyAIGateway({ release }) });
    expect(on(EnvoyAIGatewayRelease.V1_0)).toEqual([
      expect.stringMatching(/^error GATEWAY_NAME_COLLISION: 'metadata\.name' gives the same Secret name, "a-b-c", as Gateway "b-c\/a", got "a-b"/),
    ]);
    expect(on(EnvoyAIGatewayRelease.V1_1)).toEqual([]);
  });
});

const listeners = (text: string) => inYaml(but(LONE_GATEWAY, ['[{ name: http, port: 80, protocol: HTTP }]', text]));

describe('LISTENER_CONFLICT', () => {
  test('is two listeners for the same requests', () => {
    expect(listeners('[{ name: a, port: 80, protocol: HTTP }, { name: b, port: 80, protocol: HTTP }]')).toEqual([
      expect.stringMatching(/^error LISTENER_CONFLICT: 'spec\.listeners\[1\]' has port, protocol and hostname of listener "a"/),
    ]);
    expect(listeners('[{ name: a, port: 80, protocol: HTTP, hostname: a.example }, { name: b, port: 80, protocol: HTTP, hostname: b.example }]')).toEqual([]);
  });

  test('is not told beside the name of a listener that is there twice', () => {
    const found = (text: string) => findingsInYaml(but(APP, ['[{ name: http, port: 80, protocol: HTTP }]', text])).map(({ message }) => message);
    expect(found('[{ name: a, port: 80, protocol: HTTP }, { name: a, port: 80, protocol: HTTP }]')).toEqual([
      expect.stringMatching(/^'spec\.listeners\[1\]' has the same name as another item.*; remove one of the two \[INVALID_VALUE\]$/),
    ]);
    expect(found('[{ name: a, port: 80, protocol: HTTP }, { name: a, port: 81, protocol: HTTP }]')).toEqual([expect.stringContaining('has the same name as another item')]);
    expect(found('[{ name: a, port: 80, protocol: HTTP }, { name: b, port: 80, protocol: HTTP }]')).toEqual([expect.stringContaining('LISTENER_CONFLICT')]);
  });

  test('is HTTP and HTTPS on one port', () => {
    const tls = 'tls: { certificateRefs: [{ name: c }] }';
    expect(listeners(`[{ name: a, port: 443, protocol: HTTP }, { name: b, port: 443, protocol: HTTPS, ${tls} }]`)).toEqual([expect.stringContaining('uses a port that speaks HTTP already')]);
    expect(listeners(`[{ name: a, port: 80, protocol: HTTP }, { name: b, port: 443, protocol: HTTPS, ${tls} }]`)).toEqual([]);
  });

  test('names the property of the construct', () => {
    expect(inProgram(chart => {
      new AIGateway(chart, 'gateway', { listeners: [Listener.http(), Listener.http({ name: 'other' })] });
    })).toEqual([expect.stringContaining('LISTENER_CONFLICT: \'listeners\'')]);
  });
});

describe('LISTENER_TLS', () => {
  test.each([
    ['{ name: a, port: 443, protocol: HTTPS }', 'names no certificate for an HTTPS listener'],
    ['{ name: a, port: 443, protocol: HTTPS, tls: { mode: Passthrough } }', 'passes TLS through'],
    ['{ name: a, port: 80, protocol: HTTP, tls: { certificateRefs: [{ name: c }] } }', 'is not allowed on an HTTP listener'],
  ])('is the listener %s', (listener, message) => {
    expect(listeners(`[${listener}]`)).toEqual([expect.stringContaining(`error LISTENER_TLS: 'spec.listeners[0].tls' ${message}`)]);
  });

  test('is not a listener with a certificate', () => {
    expect(listeners('[{ name: a, port: 443, protocol: HTTPS, tls: { mode: Terminate, certificateRefs: [{ name: c }] } }]')).toEqual([]);
  });
});

describe('LISTENER_CERTIFICATE', () => {
  const HTTPS = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: secure, namespace: ai }
spec:
  gatewayClassName: eg
  listeners: [{ name: https, port: 443, protocol: HTTPS, tls: { certificateRefs: [{ name: public-tls }] } }]
`;
  const externalSecret = (template: string, namespace = 'ai') => `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: public-tls, namespace: ${namespace} }
spec:
  secretStoreRef: { name: vault }
  target: { template: ${template} }
  dataFrom: [{ extract: { key: tls } }]
`;
  const TLS_SECRET = '{ type: kubernetes.io/tls }';
  const told = (message: string) => [expect.stringContaining(`error LISTENER_CERTIFICATE: 'spec.listeners[0].tls.certificateRefs[0]' ${message}`)];
  const complete = { complete: ['ai'] };

  test('is a Secret that nothing makes in a complete namespace', () => {
    expect(inYaml(HTTPS, complete)).toEqual(told('names the Secret "ai/public-tls", which nothing makes, got "public-tls"; correct the name, or add what makes it'));
    expect(inYaml(HTTPS)).toEqual([]);
    expect(inYaml(all(HTTPS, externalSecret(TLS_SECRET)), complete)).toEqual([]);
    expect(inYaml(all(HTTPS, externalSecret(TLS_SECRET, 'certs')), complete)).toEqual(told('names the Secret "ai/public-tls", while ExternalSecret "certs/public-tls" makes it in "certs", got "public-tls"; make it in "ai"'));
  });

  test('is none that cert-manager makes', () => {
    const certificate = (secretName: string) => `\napiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: { name: c, namespace: ai }\nspec: { secretName: ${secretName} }\n`;
    expect(inYaml(all(HTTPS, certificate('public-tls')), complete)).toEqual([]);
    expect(inYaml(all(HTTPS, certificate('other')), complete)).toEqual(told('names'));
    expect(inYaml(but(HTTPS, ['name: secure, namespace: ai', 'name: secure, namespace: ai, annotations: { cert-manager.io/cluster-issuer: letsencrypt }']), complete)).toEqual([]);
  });

  test('is a Secret of another type, or without one of the keys', () => {
    expect(inYaml(all(HTTPS, externalSecret('{}')))).toEqual(told('leads to ExternalSecret "ai/public-tls", which is not of the type kubernetes.io/tls, got "Opaque"; give it that type in `target.template.type`'));
    const sealed = (keys: string, type = 'kubernetes.io/tls') => `
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: public-tls, namespace: ai }
spec: { encryptedData: ${keys}, template: { type: ${type} } }
`;
    expect(inYaml(all(HTTPS, sealed('{ tls.crt: AgBy, tls.key: AgBy }')))).toEqual([]);
    expect(inYaml(all(HTTPS, sealed('{ tls.crt: AgBy, tls.key: AgBy }', 'Opaque')))).toEqual(told('leads to SealedSecret "ai/public-tls", which is not of the type'));
    expect(inYaml(all(HTTPS, sealed('{ cert.pem: AgBy, tls.key: AgBy }')))).toEqual(told('leads to SealedSecret "ai/public-tls", which has no "tls.crt", got ["cert.pem","tls.key"]; store'));
  });

  test('names the listener of the construct', () => {
    expect(inProgram(chart => void new AIGateway(chart, 'gateway', { listeners: [Listener.https('public-tls')] }), complete)).toEqual([
      expect.stringMatching(/^error LISTENER_CERTIFICATE: '[^']*listeners[^']*' names the Secret "ai\/public-tls", which nothing makes/),
    ]);
  });

  test('MISSING_GRANT is one in another namespace that does not let it be used', () => {
    const far = but(HTTPS, ['{ name: public-tls }', '{ name: public-tls, namespace: certs }']);
    const grant = (to: string) => `
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: tls, namespace: certs }
spec: { from: [{ group: gateway.networking.k8s.io, kind: Gateway, namespace: ai }], to: [${to}] }
`;
    const grants = (...manifests: string[]) => findingsInYaml(all(far, ...manifests)).filter(({ code }) => code === 'MISSING_GRANT').map(({ message }) => message);
    expect(grants(externalSecret(TLS_SECRET, 'certs'))).toEqual([
      '\'spec.listeners[0].tls.certificateRefs[0]\' refers to another namespace, where no ReferenceGrant lets Gateway of "ai" refer to Secret, got "certs/public-tls"; add a ReferenceGrant in "certs" from Gateway in "ai" to Secret [MISSING_GRANT]',
    ]);
    expect(grants(externalSecret(TLS_SECRET, 'certs'), grant('{ group: "", kind: Secret }'))).toEqual([]);
    expect(grants(externalSecret(TLS_SECRET, 'certs'), grant('{ group: "", kind: Secret, name: other }'))).toHaveLength(1);
    expect(grants()).toEqual([]);
  });
});

describe('GATEWAY_NAME_TOO_LONG', () => {
  const named = (length: number) => inYaml(LONE_GATEWAY.replace('name: public', `name: ${'a'.repeat(length)}`));

  test('is a name that no label can have', () => {
    expect(named(64)).toEqual([expect.stringMatching(/^error GATEWAY_NAME_TOO_LONG: 'metadata\.name' has 64 characters, 63 are allowed, got "a+"; shorten it/)]);
    expect(named(63)).toEqual([]);
    expect(named(254)).toEqual([]);
  });

  test('names the property of the construct, and is none on agentgateway', () => {
    const made = (platform: Platform) => inProgram(chart => void new AIGateway(chart, 'gateway', { name: 'a'.repeat(64) }), { platform });
    expect(made(Platform.envoyAIGateway())).toEqual([expect.stringContaining("GATEWAY_NAME_TOO_LONG: 'name' has 64 characters")]);
    expect(made(Platform.agentgateway())).toEqual([]);
  });
});

describe('FILTER_ORDER', () => {
  const ordered = (entry: string) => inYaml(`
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: EnvoyProxy
metadata: { name: public, namespace: ai }
spec: { filterOrder: [{ name: envoy.filters.http.ext_authz, after: envoy.filters.http.jwt_authn }, { name: envoy.filters.http.ext_proc, ${entry} }] }
`);

  test('is an entry with two places, or none', () => {
    expect(ordered('before: envoy.filters.http.buffer, after: envoy.filters.http.cors')).toEqual([
      expect.stringMatching(/^error FILTER_ORDER: 'spec\.filterOrder\[1\]' has both `before` and `after`, got .*; write an entry for each, or keep one \[FILTER_ORDER\]$/),
    ]);
    expect(ordered('')).toEqual([expect.stringMatching(/^error FILTER_ORDER: 'spec\.filterOrder\[1\]' has neither `before` nor `after`, .*; write one of them/)]);
    expect(ordered('before: envoy.filters.http.buffer')).toEqual([]);
  });

  test('is found in what a patch makes of our own', () => {
    const proxied = (entry: object) => inProgram(chart => {
      const gateway = new AIGateway(chart, 'gateway', { proxy: { replicas: 2 } });
      gateway.proxy!.addJsonPatch(JsonPatch.add('/spec/filterOrder', [{ name: 'envoy.filters.http.ext_proc', ...entry }]));
    });
    expect(proxied({ before: 'envoy.filters.http.buffer', after: 'envoy.filters.http.cors' })).toEqual([expect.stringContaining('FILTER_ORDER')]);
    expect(proxied({ after: 'envoy.filters.http.cors' })).toEqual([]);
  });
});

describe('SERVICE_ACCOUNT_ADOPTED', () => {
  const naming = `
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: EnvoyProxy
metadata: { name: public, namespace: ai }
spec: { provider: { type: Kubernetes, kubernetes: { envoyServiceAccount: { name: models } } } }
`;
  const account = (name: string) => `
apiVersion: v1
kind: ServiceAccount
metadata: { name: ${name}, namespace: ai, annotations: { eks.amazonaws.com/role-arn: "arn:aws:iam::111122223333:role/bedrock" } }
`;

  test('is an account of one\'s own with the name of the proxy\'s', () => {
    expect(inYaml(all(naming, account('models')))).toEqual([
      expect.stringMatching(/^warning SERVICE_ACCOUNT_ADOPTED: 'metadata\.name' is the account that Envoy Gateway makes for EnvoyProxy "ai\/public", .*got "models"; remove it, and put its annotations into/),
    ]);
    expect(inYaml(all(naming, account('others')))).toEqual([]);
  });

  test('is found beside a construct', () => {
    const found = (name: string) => inProgram((chart) => {
      new AIGateway(chart, 'gateway', { proxy: { serviceAccountName: 'models' } });
      new ApiObject(chart, 'account', { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name } });
    });
    expect(found('models')).toEqual([expect.stringContaining('SERVICE_ACCOUNT_ADOPTED')]);
    expect(found('others')).toEqual([]);
  });
});

import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { ApiObject, Chart, Include, JsonPatch, Testing } from 'cdk8s';
import { findingsOf, programOf, wrong } from './program';
import { ArgoCD, Checks, EnvoyGatewayRelease, GatewayApiChannel, Platform } from '../../src';

const incomplete = (text: string) => `${text} [INCOMPLETE_MANIFEST]`;

describe('a patch that leaves no manifest', () => {
  test.each<[string, string]>([
    ['/apiVersion', incomplete("c/openai/Resource: 'apiVersion' is missing; write it")],
    ['/kind', incomplete("c/openai/Resource: 'kind' is missing; write it")],
    ['/metadata', incomplete("c/openai/Resource: 'metadata' must be an object, got null; write one with a name")],
    ['/metadata/name', incomplete("c/openai: 'name' is missing; write it")],
  ])('without %s', (field, expected) => {
    expect(findingsOf(({ openai }) => ApiObject.of(openai).addJsonPatch(JsonPatch.remove(field)))).toEqual([expected]);
  });

  test('of a kind without namespace, and with sync waves', () => {
    expect(findingsOf(({ app, gateway }) => {
      ArgoCD.useSyncWaves(app);
      gateway.gatewayClass!.addJsonPatch(JsonPatch.remove('/metadata'));
    })).toEqual([expect.stringContaining("Class: 'metadata' must be an object, got null")]);
  });

  test('annotations that are none stay as they are, and are told', () => {
    expect(findingsOf(({ app, openai }) => {
      ArgoCD.useSyncWaves(app);
      ApiObject.of(openai).addJsonPatch(JsonPatch.add('/metadata/annotations', 'x'));
    })).toEqual([incomplete("c/openai/Resource: 'metadata.annotations' must be an object, got \"x\"; write names and values")]);
  });
});

describe('included YAML', () => {
  const included = (yaml: string) => findingsOf(({ chart }) => {
    const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'bad-input-')), 'manifests.yaml');
    fs.writeFileSync(file, yaml);
    new Include(chart, 'inc', { url: file });
  });
  const unquoted = (prop: string, got: string) => expect.stringContaining(`'${prop}' must be a string, got ${got}; write it in quotes [INVALID_NAME]`);

  test('nothing at all', () => expect(included('')).toEqual([]));

  test('no kind', () => {
    expect(included('apiVersion: v1\nmetadata: {name: x}\n')).toEqual([expect.stringMatching(/: 'kind' is missing; write it \[INCOMPLETE_MANIFEST\]$/)]);
  });

  test('texts that YAML reads as something else', () => {
    expect(included('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: 5, labels: {b: n, c: 1e3}}\n')).toEqual([
      unquoted('metadata.labels.b', 'false'), unquoted('metadata.labels.c', '1000'), unquoted('metadata.name', '5'),
    ]);
  });

  test.each(['null', '[]', '5', 'text', '{rules: {}}', '{rules: [null]}', '{rules: [{matches: [null, {headers: [null, 5]}], backendRefs: [5]}], parentRefs: [null], hostnames: [null]}'])(
    'a route with spec %s', spec => {
      const found = included(`apiVersion: aigateway.envoyproxy.io/v1beta1\nkind: AIGatewayRoute\nmetadata: {name: r, namespace: ai}\nspec: ${spec}\n`);
      expect(found).toContainEqual(expect.stringMatching(/\[(INVALID_VALUE|EMPTY_RULE|NO_GATEWAY)\]$/));
    });

  test.each([
    'AIServiceBackend', 'BackendSecurityPolicy', 'Backend', 'BackendTrafficPolicy', 'ClientTrafficPolicy', 'SecurityPolicy', 'EnvoyProxy',
    'BackendTLSPolicy', 'Gateway', 'GatewayClass', 'HTTPRoute', 'ReferenceGrant', 'Secret', 'Service', 'ExternalSecret', 'GatewayConfig',
  ])('a %s of any shape breaks no rule', kind => {
    const versions = ['aigateway.envoyproxy.io/v1beta1', 'gateway.envoyproxy.io/v1alpha1', 'gateway.networking.k8s.io/v1', 'gateway.networking.k8s.io/v1beta1', 'external-secrets.io/v1', 'v1'];
    const specs = [
      null, [], 5, 'text', { targetRefs: [null] }, { targetRefs: {} }, { targetRef: [1] }, { targetSelectors: [null, { matchLabels: [1] }] }, { endpoints: [null] },
      { listeners: [null, 5, { allowedRoutes: [] }, { allowedRoutes: { namespaces: { from: 'Selector', selector: [] } } }] }, { from: [null], to: [null] },
      { backendRef: [] }, { validation: [] }, { type: 5, apiKey: [] }, { retry: [], timeout: 5, healthCheck: 'x' }, { headerMutation: { set: [null], remove: {} } },
      { provider: [] }, { extProc: { kubernetes: [] } }, { data: [], target: 5 }, { rules: [{ filters: 5 }] },
    ];
    const { app, chart, gateway, openai } = programOf();
    gateway.addModel('m', openai.model('a').fallbackTo(openai.model('b')));
    let count = 0;
    for (const apiVersion of versions) {
      for (const spec of specs) {
        for (const name of [`x${count}`, openai.providerName]) new ApiObject(chart, `o${count++}`, { apiVersion, kind, metadata: { name }, spec } as never);
      }
    }
    expect(Checks.findings(app).length).toBeGreaterThan(100);
  });
});

describe('platforms', () => {
  test('Platform.use() with none', () => {
    expect(() => Platform.use(programOf().app, wrong(undefined))).toThrow('Platform.use() takes a platform, such as Platform.envoyAIGateway(), got undefined');
  });

  test.each(['v9', '__proto__', 'constructor'])('a release %s that does not exist', release => {
    expect(() => Platform.envoyAIGateway({ release: wrong(release) })).toThrow(`'release' is not a release of Envoy AI Gateway, got "${release}"; use one of v0.5,`);
    expect(() => Platform.envoyAIGateway({ envoyGateway: wrong(release) })).toThrow(`'envoyGateway' is not a release of Envoy Gateway, got "${release}"; use one of ${Object.values(EnvoyGatewayRelease)[0]}`);
    expect(() => Platform.envoyAIGateway({ gatewayApiChannel: wrong(release) })).toThrow(`use one of ${Object.values(GatewayApiChannel).join(', ')}`);
  });

  test('too late for one chart, in time for another', () => {
    const { app, chart } = programOf();
    expect(() => Platform.use(chart, Platform.envoyAIGateway())).toThrow('c: Platform.use() comes too late');
    const other = new Chart(app, 'other');
    Platform.use(other, Platform.envoyAIGateway());
    expect(Testing.synth(other)).toEqual([]);
  });
});

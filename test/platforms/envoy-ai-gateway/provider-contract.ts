import { ApiObject, Chart, Lazy, Testing } from 'cdk8s';
import { AnyProps, AnyProvider, ProviderCase } from './every-provider';
import { AIGateway, Checks, EnvoyAIGatewayRelease, JsonValue, ModelRoute, Platform, ProviderTls } from '../../../src';
import { Manifest } from '../../../src/intent';
import { AiGatewayRelease, CrdJudge, describeWithCrds } from '../../judges/crd/judge';

const CALLER_CREDENTIALS = ['api-key', 'authorization', 'cookie', 'x-api-key'];
const HOSTILE = [
  undefined, null, '', ' ', 'UPPER', 'https://llm.example.com/v1?a=b', 'llm.example.com:8443', '10.0.0.1', '::1', 'a'.repeat(300), 'b\u0000d', '__proto__',
  '${Token[TOKEN.1]}', 42, true, [], {}, { resolve: () => 'later' }, Lazy.any({ produce: () => 'late' }), Lazy.any({ produce: () => 7 }),
];

/** What routes and users rely on, of every provider class on every release. */
export function describeProvider(provider: ProviderCase, release: EnvoyAIGatewayRelease): void {
  const make = (props: AnyProps = {}, texts: { [prop: string]: any } = {}) => {
    const app = Testing.app();
    Platform.use(app, Platform.envoyAIGateway({ release }));
    const chart = new Chart(app, 'chart', { namespace: 'ai' });
    const made = provider.make(chart, 'provider', props, texts);
    return { app, chart, made, manifests: () => manifestsOf(made) };
  };

  test('its objects share one name and the namespace of the chart', () => {
    const { made, manifests } = make();
    expect(manifests().length).toBeGreaterThanOrEqual(2);
    for (const { metadata } of manifests()) expect(metadata).toMatchObject({ name: made.providerName, namespace: 'ai' });
  });

  test('its objects take the name it is given', () => {
    const { made, manifests } = make({ name: 'acme' });
    expect(made.providerName).toBe('acme');
    expect(new Set(manifests().map(m => m.metadata.name))).toEqual(new Set(['acme']));
    expect(find(manifests(), 'AIServiceBackend').spec.backendRef.name).toBe('acme');
  });

  test('its main object is the AIServiceBackend, of the API version the release stores', () => {
    const main = ApiObject.of(make().made);
    expect(main.kind).toBe('AIServiceBackend');
    expect(main.apiVersion).toBe(`aigateway.envoyproxy.io/${release === EnvoyAIGatewayRelease.V0_5 ? 'v1alpha1' : 'v1beta1'}`);
  });

  test('TLS is checked against the name requests are sent to', () => {
    const { made, manifests } = make(provider.tls ? {} : { tls: ProviderTls.publicCa() });
    const { fqdn } = find(manifests(), 'Backend').spec.endpoints[0];
    expect(find(manifests(), 'BackendTLSPolicy').spec).toEqual({
      targetRefs: [{ group: 'gateway.envoyproxy.io', kind: 'Backend', name: made.providerName }],
      validation: { hostname: fqdn.hostname, wellKnownCACertificates: 'System' },
    });
    expect(fqdn.port).toBe(provider.port);
    expect(made.tlsPolicy).toBeDefined();
  });

  test('a private CA and the name in its certificate are taken over', () => {
    const { manifests } = make({ tls: ProviderTls.privateCa('acme-ca', { serverName: 'llm.acme.example' }), port: 8443 });
    expect(find(manifests(), 'BackendTLSPolicy').spec.validation).toEqual({
      hostname: 'llm.acme.example',
      caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: 'acme-ca' }],
    });
    expect(find(manifests(), 'Backend').spec.endpoints[0].fqdn.port).toBe(8443);
  });

  test('plaintext is what the author says, or what is usual inside the cluster', () => {
    const { made, manifests } = make(provider.tls ? { tls: ProviderTls.plaintext() } : {});
    expect(manifests().map(m => m.kind)).not.toContain('BackendTLSPolicy');
    expect(made.tlsPolicy).toBeUndefined();
    expect(find(manifests(), 'Backend').spec.endpoints[0].fqdn.port).toBe(provider.tls ? 80 : provider.port);
  });

  test('callers\' credentials are removed, beside what the author changes', () => {
    expect(find(make().manifests(), 'AIServiceBackend').spec.headerMutation.remove.sort()).toEqual(CALLER_CREDENTIALS);
    const { spec } = find(make({
      headers: { set: { 'X-Team': 'search' }, remove: ['Cookie', 'x-forwarded-for'] },
      body: { set: { team: JsonValue.text('gateway') }, remove: ['metadata'] },
    }).manifests(), 'AIServiceBackend');
    expect(spec.headerMutation).toEqual({
      set: [{ name: 'X-Team', value: 'search' }],
      remove: ['Cookie', 'x-forwarded-for', 'api-key', 'authorization', 'x-api-key'],
    });
    expect(spec.bodyMutation).toEqual({ set: [{ path: 'team', value: '"gateway"' }], remove: ['metadata'] });
  });

  test('it serves a model, and another of its models as a fallback', () => {
    const { app, chart, made } = make();
    const gateway = new AIGateway(chart, 'gateway');
    gateway.addModel('small', made.model(provider.model));
    const route = gateway.addModel('large', made.model(provider.model).fallbackTo(provider.make(chart, 'standby').model(provider.model)));
    expect(refs(route).map(ref => [ref.name === made.providerName, ref.modelNameOverride, ref.priority])).toEqual([
      [true, provider.model, 0],
      [false, provider.model, 1],
    ]);
    expect(Checks.findings(app)).toEqual([]);
  });

  test('a route of another namespace may use it', () => {
    const { app, made } = make();
    const other = new Chart(app, 'other', { namespace: 'apps' });
    const gateway = new AIGateway(other, 'gateway');
    gateway.addModel('large', made.model(provider.model));
    const [grant] = manifestsOf(made).filter(m => m.kind === 'ReferenceGrant') as any[];
    expect(grant.metadata).toMatchObject({ name: `${made.providerName}-from-apps`, namespace: 'ai' });
    expect(grant.spec.to.map((to: any) => to.kind)).toEqual(['AIServiceBackend', 'Backend']);
  });

  test('the same program gives the same manifests', () => {
    const texts = provider.texts;
    expect(Testing.synth(make({}, texts).chart)).toEqual(Testing.synth(make({}, texts).chart));
  });

  test('a finding about a value names the property that it came from', () => {
    for (const prop of Object.keys(provider.texts)) {
      const { made } = make({}, { [prop]: 'sentinel' });
      const places = objectsOf(made).flatMap(object => leavesWith(object.toJson(), 'sentinel').map(path => propAt(object, path)));
      expect(places.length).toBeGreaterThan(0);
      expect(new Set(places)).toEqual(new Set([prop]));
    }
  });

  test('a finding about the name, port, headers or body names that property', () => {
    const { made } = make({
      name: 'sentinel', port: 54321, headers: { set: { 'x-a': 'h-set' }, remove: ['h-remove'] }, body: { remove: ['b-remove'] },
    });
    const propsOf = (value: unknown) =>
      new Set(objectsOf(made).flatMap(object => leavesWith(object.toJson(), value).map(path => propAt(object, path))));
    expect(propsOf(54321)).toEqual(new Set(['port']));
    expect(propsOf('h-set')).toEqual(new Set(['headers.set']));
    expect(propsOf('h-remove')).toEqual(new Set(['headers.remove']));
    expect(propsOf('b-remove')).toEqual(new Set(['body']));
    expect(propAt(ApiObject.of(made), 'metadata.name')).toBe('name');
  });

  test('bad input is never an exception', () => {
    for (const value of HOSTILE) {
      for (const prop of [...Object.keys(provider.texts), 'name']) {
        if (prop === 'name' && typeof value !== 'string') continue; // cdk8s itself names objects
        expect(() => Checks.findings(make({}, { [prop]: value }).app)).not.toThrow();
      }
      expect(() => Checks.findings(make({ port: value as any }).app)).not.toThrow();
      expect(() => Checks.findings(make({ headers: { set: { 'x-a': value as any }, remove: [value as any] } }).app)).not.toThrow();
      expect(() => Checks.findings(make({ body: { remove: [value as any], removePaths: [value as any] } }).app)).not.toThrow();
    }
  });

  describeWithCrds('by the CRDs', () => {
    // Loaded by the first test: a skipped group has no CRDs to load.
    const judge = () => CrdJudge.load({ aiGateway: `${release}.0` as AiGatewayRelease });

    const variants: [string, AnyProps, { [prop: string]: any }][] = [
      ['as little as possible', {}, {}],
      ['its own properties', {}, provider.texts],
      ['a private CA', { tls: ProviderTls.privateCa('acme-ca', { serverName: 'llm.acme.example' }), port: 8443 }, {}],
      ['plaintext', { tls: ProviderTls.plaintext(), port: 8080 }, {}],
      ['changed requests', { headers: { set: { 'x-a': 'b' }, remove: ['x-c'] }, body: { set: { team: JsonValue.text('c') }, remove: ['d'] } }, {}],
    ];
    if ('hostname' in provider.texts) {
      variants.push(['an address', { tls: ProviderTls.publicCa({ serverName: 'llm.acme.example' }) }, { hostname: '10.1.2.3' }]);
    }
    test.each(variants)('the API server takes it with %s', (_, props, texts) => {
      const { chart, made } = make(props, texts);
      new AIGateway(chart, 'gateway').addModel('large', made.model(provider.model));
      expect(judge().judgeAll(Testing.synth(chart))).toEqual([]);
    });
  });

  test('without a model name it sends on what clients ask for', () => {
    const { chart, made } = make();
    const route = new AIGateway(chart, 'gateway').addModel(provider.model, made.model());
    expect(refs(route)).toEqual([{ name: made.providerName }]);
  });
}

function refs(route: ModelRoute): any[] {
  return ApiObject.of(route).toJson().spec.rules[0].backendRefs;
}

function objectsOf(provider: AnyProvider): ApiObject[] {
  return provider.node.findAll().filter(ApiObject.isApiObject);
}

function manifestsOf(provider: AnyProvider): Manifest[] {
  return objectsOf(provider).map(object => object.toJson());
}

function find(manifests: Manifest[], kind: string): any {
  const found = manifests.find(m => m.kind === kind);
  expect(found).toBeDefined();
  return found;
}

/** Paths of all leaves below `spec` that hold a value, or a text with it. */
function leavesWith(manifest: any, value: unknown): string[] {
  const found: string[] = [];
  const visit = (at: any, path: string) => {
    if (at === value || (typeof at === 'string' && typeof value === 'string' && at.includes(value))) found.push(path);
    if (Array.isArray(at)) return at.forEach((item, index) => visit(item, `${path}[${index}]`));
    if (typeof at === 'object' && at !== null) for (const [key, item] of Object.entries(at)) visit(item, `${path}.${key}`);
  };
  visit(manifest.spec, 'spec');
  return found;
}

/** As findings do: the longest known beginning of a path decides. */
function propAt(object: ApiObject, path: string): string | undefined {
  const props = (object as any).manifestProps ?? {};
  for (let end = path.length; end > 0; end = Math.max(path.lastIndexOf('.', end - 1), path.lastIndexOf('[', end - 1))) {
    const prop = props[path.slice(0, end)];
    if (prop !== undefined) return prop;
  }
  return undefined;
}

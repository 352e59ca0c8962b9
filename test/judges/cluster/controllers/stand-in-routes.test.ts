import { standInsFor } from './stand-in-routes';

const backend = {
  apiVersion: 'aigateway.envoyproxy.io/v1beta1',
  kind: 'AIServiceBackend',
  metadata: { name: 'openai', namespace: 'providers' },
  spec: { backendRef: { group: 'gateway.envoyproxy.io', kind: 'Backend', name: 'openai-backend' } },
};

const route = {
  apiVersion: 'aigateway.envoyproxy.io/v1beta1',
  kind: 'AIGatewayRoute',
  metadata: { name: 'chat', namespace: 'apps' },
  spec: {
    parentRefs: [{ name: 'gateway' }],
    hostnames: ['ai.example.com'],
    rules: [{ matches: [{ headers: [{ name: 'x-ai-eg-model', value: 'gpt-4o' }] }], backendRefs: [{ name: 'openai', namespace: 'providers', weight: 3 }] }],
  },
};

test('a route leads to the Backends of its providers, and answers 404 to the rest', () => {
  const { metadata, spec } = standInsFor(route, [backend]).find(({ kind }) => kind === 'HTTPRoute')!;
  expect(metadata).toMatchObject({ name: 'chat', namespace: 'apps' });
  expect(spec).toMatchObject({ parentRefs: [{ name: 'gateway' }], hostnames: ['ai.example.com'] });
  expect(spec.rules).toMatchObject([
    {
      matches: [{ headers: [{ value: 'gpt-4o' }], path: { type: 'PathPrefix', value: '/' } }],
      backendRefs: [{ group: 'gateway.envoyproxy.io', kind: 'Backend', name: 'openai-backend', namespace: 'providers', weight: 3 }],
      timeouts: { request: '60s' },
    },
    { name: 'route-not-found', matches: [{ path: { value: '/' } }] },
  ]);
});

test('the filters that it uses are made with it', () => {
  const made = standInsFor(route, [backend]);
  const rules = made.flatMap(({ spec }) => (spec.rules ?? []) as any[]);
  const used = rules.flatMap(({ filters }) => filters.map(({ extensionRef }: any) => extensionRef.name));
  expect(made.filter(({ kind }) => kind === 'HTTPRouteFilter').map(({ metadata }) => metadata.name)).toEqual(used);
});

test('a provider that is nowhere is no stand-in', () => {
  expect(() => standInsFor(route, [])).toThrow('no AIServiceBackend openai in providers');
});

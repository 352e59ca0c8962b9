import { gateway, LEVELS, pattern, policy, provider, RETRY, route, rule } from './fixtures';
import { Graph, GraphNode } from '../../../src/checks/graph';
import { routeRules } from '../../../src/checks/rules/routes';
import { formatProblem } from '../../../src/findings/finding';

const SELECTOR = { matchLabels: { a: 'b' }, matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['ai'] }] };
const TARGET = { platform: 'envoy-ai-gateway', label: 'Envoy AI Gateway v1.1', releases: {} };

/** Manifests that every rule looks into. */
function manifests(): any[] {
  return [
    ...provider('a', { backend: { endpoints: [{ ip: { address: '10.0.0.7', port: 80 } }], appProtocols: ['gateway.envoyproxy.io/h2c'] } }),
    ...provider('b', { namespace: 'other', key: false }),
    gateway([{ name: 'http', port: 80, protocol: 'HTTP', hostname: '*.example.com', allowedRoutes: { namespaces: { from: 'Selector', selector: SELECTOR }, kinds: [{ kind: 'HTTPRoute' }] } }]),
    route([
      rule({
        name: 'first',
        backendRefs: [{ ...LEVELS[0], weight: 1, modelNameOverride: 'x' }, { ...LEVELS[1], namespace: 'other' }],
        streamIdleTimeout: '1s',
        timeouts: { request: '3s', backendRequest: '2s' },
      }),
      rule({ matches: [pattern('gpt-.*'), pattern('.+')] }),
    ], { llmRequestCosts: [{ type: 'CEL', cel: 'tokens / 2' }], hostnames: ['models.example.com'], parentRefs: [{ name: 'gateway', sectionName: 'http', port: 80 }] }),
    route([rule({ matches: [pattern('.+')] })], { name: 'second' }),
    policy({
      mergeType: 'StrategicMerge',
      retry: RETRY,
      healthCheck: { passive: { maxEjectionPercent: 10 } },
      loadBalancer: { zoneAware: { preferLocal: {} } },
      targetSelectors: [{ kind: 'HTTPRoute', matchLabels: { a: 'b' } }],
    }, { sectionName: 'first' }),
    policy({ retry: {} }, { kind: 'Gateway', name: 'gateway' }, 'gateway'),
    {
      apiVersion: 'gateway.networking.k8s.io/v1beta1', kind: 'ReferenceGrant', metadata: { name: 'grant', namespace: 'other' },
      spec: {
        from: [{ group: 'aigateway.envoyproxy.io', kind: 'AIGatewayRoute', namespace: 'ai' }],
        to: [{ group: 'aigateway.envoyproxy.io', kind: 'AIServiceBackend', name: 'b' }],
      },
    },
  ];
}

function check(objects: readonly any[]): string[] {
  const nodes = objects.map((manifest, index): GraphNode => ({ manifest, path: `object-${index}`, target: TARGET }));
  const graph = new Graph(nodes, new Set(['ai', 'other']));
  return routeRules.flatMap(({ ...definition }) => [...definition.check(graph)].map(found => formatProblem({ definition, ...found })));
}

/** Paths of everything below `spec`. */
function pathsOf(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, Array.isArray(value) ? Number(key) : key]))];
}

function replace(root: any, path: readonly (string | number)[], value: unknown): void {
  const holder = path.slice(0, -1).reduce((inner, key) => inner[key], root);
  holder[path.at(-1)!] = value;
}

const ODD: readonly unknown[] = [undefined, null, 0, NaN, '', 'text', '${Token[T.1]}', true, [null], { name: null }, { toString: 1, valueOf: 1 }];

test('a malformed manifest is nothing a rule throws at, whichever value is odd', () => {
  const good = manifests();
  let tried = 0;
  good.forEach((manifest, index) => {
    for (const path of pathsOf(manifest.spec, ['spec'])) {
      for (const odd of ODD) {
        const objects = [...good];
        objects[index] = structuredClone(manifest);
        replace(objects[index], path, odd);
        expect(() => check(objects)).not.toThrow();
        tried++;
      }
    }
  });
  expect(tried).toBeGreaterThan(2000);
  expect(check(good).length).toBeGreaterThan(5);
});

test('objects without spec, without metadata and without name are passed over', () => {
  for (const { apiVersion, kind } of manifests()) {
    for (const metadata of [undefined, null, {}, { name: 1, namespace: 2 }]) {
      expect(() => check([...manifests(), { apiVersion, kind, metadata }])).not.toThrow();
    }
  }
});

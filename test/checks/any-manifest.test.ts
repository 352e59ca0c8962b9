import * as fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { APP } from './manifests-of-an-app';
import { Graph, GraphNode } from '../../src/checks/graph';
import { credentialRules } from '../../src/checks/rules/credentials';
import { externalSecretRules } from '../../src/checks/rules/external-secrets';
import { policyRules } from '../../src/checks/rules/policies';
import { Manifest, TargetInfo } from '../../src/intent';

const RULES = [...policyRules, ...credentialRules, ...externalSecretRules];
const TARGET: TargetInfo = { platform: 'envoy-ai-gateway', label: 'Envoy AI Gateway v1.1', releases: { 'envoy-ai-gateway': 'v1.1.0' } };
const KINDS = [
  'aigateway.envoyproxy.io/v1beta1 AIGatewayRoute', 'aigateway.envoyproxy.io/v1beta1 AIServiceBackend', 'aigateway.envoyproxy.io/v1beta1 BackendSecurityPolicy',
  'aigateway.envoyproxy.io/v1beta1 MCPRoute', 'aigateway.envoyproxy.io/v1alpha1 QuotaPolicy', 'gateway.envoyproxy.io/v1alpha1 Backend',
  'gateway.envoyproxy.io/v1alpha1 BackendTrafficPolicy', 'gateway.envoyproxy.io/v1alpha1 ClientTrafficPolicy', 'gateway.envoyproxy.io/v1alpha1 EnvoyProxy',
  'gateway.networking.k8s.io/v1 Gateway', 'gateway.networking.k8s.io/v1 GatewayClass', 'gateway.networking.k8s.io/v1 HTTPRoute',
  'gateway.networking.k8s.io/v1 BackendTLSPolicy', 'external-secrets.io/v1 ExternalSecret', 'external-secrets.io/v1 ClusterExternalSecret',
  'bitnami.com/v1alpha1 SealedSecret', 'isindir.github.com/v1alpha3 SopsSecret', 'v1 Secret',
];

function run(manifests: readonly unknown[], complete: readonly string[] = []): string[] {
  const nodes = manifests.map((manifest, index): GraphNode => ({ manifest: manifest as Manifest, path: `doc-${index}`, target: TARGET }));
  const graph = new Graph(nodes, new Set(complete));
  return RULES.flatMap(rule => [...rule.check(graph)].map(() => rule.code));
}

/** Every place of a manifest, as the path to it. */
function places(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => places(inner, [...path, Array.isArray(value) ? Number(key) : key]))];
}

function replaced(manifest: unknown, path: readonly (string | number)[], by: unknown): unknown {
  const copy = structuredClone(manifest) as any;
  const holder = path.slice(0, -1).reduce((inner, key) => inner[key], copy);
  holder[path.at(-1)!] = by;
  return copy;
}

test('no rule throws on a manifest of any content', () => {
  const manifest = fc.tuple(fc.constantFrom(...KINDS), fc.jsonValue(), fc.jsonValue(), fc.jsonValue()).map(([kind, spec, metadata, data]) => {
    const [apiVersion, name] = kind.split(' ');
    return { apiVersion, kind: name, metadata, spec, data, stringData: data, sops: data };
  });
  fc.assert(fc.property(fc.array(manifest, { maxLength: 12 }), manifests => { run(manifests, ['ai']); }), { numRuns: 300 });
});

test('no rule throws when any one place of an app holds something else', () => {
  const app = parseAllDocuments(APP).map(document => document.toJS());
  let tried = 0;
  app.forEach((manifest, index) => {
    for (const path of places(manifest)) {
      if (path.length === 0 || ['apiVersion', 'kind'].includes(String(path[0]))) continue;
      for (const by of [undefined, null, 0, '', 'text', true, [], [null], {}, { __proto__: 1 }]) {
        run(app.map((other, at) => (at === index ? replaced(manifest, path, by) : other)));
        tried++;
      }
    }
  });
  expect(tried).toBeGreaterThan(500);
});

test('thousands of providers, policies and Secrets are judged, each for itself', () => {
  const app = parseAllDocuments(APP).map(document => document.toJS());
  const manifests = Array.from({ length: 5_000 }, (_, number) => app
    .filter(({ kind }) => kind !== 'Gateway' && kind !== 'ClientTrafficPolicy')
    .map(manifest => JSON.parse(JSON.stringify(manifest).replaceAll('"openai"', `"openai-${number}"`).replaceAll('"chat"', `"chat-${number}"`)))).flat();
  const broken = manifests.map(manifest => (manifest.kind === 'BackendTLSPolicy' ? replaced(manifest, ['metadata', 'namespace'], 'other') : manifest));
  expect(run([...app.slice(0, 2), ...manifests])).toEqual([]);
  const found = run([...app.slice(0, 2), ...broken]);
  expect(found.filter(code => code === 'PLAINTEXT_TO_TLS_PORT')).toHaveLength(5_000);
  expect(found.filter(code => code === 'POLICY_TARGET_MISSING')).toHaveLength(5_000);
}, 60_000);

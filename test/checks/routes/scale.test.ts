import { exact, gateway, Json, LEVELS, pattern, policy, PROVIDERS, RETRY, route, rule } from './fixtures';
import { Graph } from '../../../src/checks/graph';
import { routeRules } from '../../../src/checks/rules/routes';

const TARGET = { platform: 'envoy-ai-gateway', label: 'Envoy AI Gateway v1.1', releases: {} };

/** How often each code is found. */
function count(manifests: readonly object[]): { [code: string]: number } {
  const graph = new Graph(manifests.map((manifest: any, index) => ({ manifest, path: `object-${index}`, target: TARGET })), new Set(['ai']));
  const found = routeRules.map(({ code, ...other }) => [code, [...other.check(graph)].length] as const);
  return Object.fromEntries(found.filter(([, times]) => times > 0));
}

const MODELS = 10_000;
const many = (make: (index: number) => object) => Array.from({ length: MODELS }, (_, n) => make(n));
const routes = (make: (index: number) => Json) => many(n => route([rule(make(n))], { name: `route-${n}` }));

test('10,000 routes with fallbacks, each with its policy', () => {
  const levelled = routes(n => ({ matches: [exact(`m-${n}`)], backendRefs: LEVELS }));
  const policies = levelled.map((_, n) => policy({ retry: RETRY }, { name: `route-${n}` }, `policy-${n}`));
  expect(count([...PROVIDERS, gateway(), ...levelled, ...policies])).toEqual({});
});

test('10,000 routes for one model, without policy', () => {
  expect(count([...PROVIDERS, gateway(), ...routes(() => ({ backendRefs: LEVELS }))])).toEqual({
    DUPLICATE_MODEL: MODELS - 1,
    FALLBACK_WITHOUT_RETRY: MODELS,
  });
});

test('10,000 routes with patterns that all overlap', () => {
  expect(count([...PROVIDERS, gateway(), ...routes(n => ({ matches: [pattern(`${'x'.repeat(n % 100)}.*`)] }))])).toEqual({ PATTERNS_IN_SEVERAL_ROUTES: MODELS - 1 });
});

test('10,000 catch-alls without matches, for providers that are missing', () => {
  expect(count([gateway(), ...routes(() => ({ matches: undefined }))])).toEqual({ CATCH_ALL_SHADOWED: MODELS, MISSING_REFERENCE: MODELS });
});

test('10,000 policies on one route, and 10,000 that choose by label', () => {
  const selecting = many(n => policy({ targetSelectors: [{ kind: 'HTTPRoute', matchLabels: { n: `${n}` } }] }, { name: 'none' }, `s-${n}`));
  const crowd = many(n => policy({ retry: RETRY }, { sectionName: 'unknown' }, `p-${n}`));
  expect(count([...PROVIDERS, gateway(), route([rule({ backendRefs: LEVELS })]), ...selecting, ...crowd])).toEqual({
    FALLBACK_WITHOUT_RETRY: 1,
    POLICY_RULE_UNKNOWN: MODELS,
  });
});

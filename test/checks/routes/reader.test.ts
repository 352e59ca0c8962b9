import { Graph, GraphNode } from '../../../src/checks/graph';
import { Links, Route } from '../../../src/checks/links';
import { patternOf } from '../../../src/checks/patterns';
import { Manifest, TargetInfo } from '../../../src/intent';

const TARGET: TargetInfo = { platform: 'envoy-ai-gateway', label: 'Envoy AI Gateway v1.1', releases: { 'envoy-ai-gateway': 'v1.1.0' } };

function routesOf(...specs: readonly object[]): readonly Route[] {
  const nodes = specs.map((spec, index): GraphNode => ({
    manifest: { apiVersion: 'aigateway.envoyproxy.io/v1beta1', kind: 'AIGatewayRoute', metadata: { name: `route-${index}`, namespace: 'ai' }, spec } as Manifest,
    path: `doc-${index}`,
    target: TARGET,
  }));
  return Links.of(new Graph(nodes, new Set())).routes;
}

test.each<[string, unknown, unknown]>([
  ['another field', { name: 'public', sectionName: undefined }, { name: 'public', port: 80 }],
  ['a field without a value', { name: undefined }, { sectionName: 'http' }],
  ['another value', { name: 'public', port: 80 }, { name: 'public', port: 443 }],
  ['something else than an object', 'public', { name: 'public' }],
  ['a namespace', { name: 'public' }, { name: 'public', namespace: 'other' }],
])('of two parents, of which one has %s, each is read', (_, one, other) => {
  const alone = (ref: unknown) => routesOf({ parentRefs: [ref] })[0].parents;
  const [first, second] = routesOf({ parentRefs: [one] }, { parentRefs: [other] }).map(({ parents }) => parents);
  const said = (parents: Route['parents']) => parents.map(({ name, namespace, sectionName, port, path }) => ({ name, namespace, sectionName, port, path }));
  expect([said(first), said(second)]).toEqual([said(alone(one)), said(alone(other))]);
});

test('a rule that a list skips is one without anything', () => {
  const [{ rules }] = routesOf({ rules: Object.assign([], { 1: { name: 'second' } }) });
  expect(rules.map(({ name, path }) => [name, path])).toEqual([[undefined, 'spec.rules[0]'], ['second', 'spec.rules[1]']]);
});

test('a pattern is parsed once for all who ask', () => {
  const pattern = { name: 'X-AI-EG-Model', type: 'RegularExpression', value: 'gpt-.*' };
  const routes = routesOf({ rules: [{ matches: [{ headers: [{ name: 'x-tenant', value: 'a' }, pattern] }] }] });
  const [match] = routes[0].rules[0].matches;
  const parsed = patternOf(match.model);
  expect(parsed?.text).toBe('gpt-.*');
  expect(patternOf(match.headers[1])).toBe(parsed);
  expect(patternOf(match.model)).toBe(parsed);
  expect(patternOf(match.headers[0])).toBeUndefined();
});

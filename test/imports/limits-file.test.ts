import { ModuleKind, transpile } from 'typescript';
import type { SchemaSet } from '../../imports/schema';
import { buildSchemaSet, renderLimits } from '../../scripts/imports/limits-file';
import { history, version } from './fixtures';

const spec = { type: 'object', properties: { name: { type: 'string', pattern: "^[\\w'`$]+\\.${x}$" } } };

test('releases with the same schema point to the same root', () => {
  const set = buildSchemaSet([history('Toy', {
    'v1.0.0': [version('v1', spec)],
    'v1.1.0': [version('v1', spec)],
    'v1.2.0': [version('v1', { ...spec, minProperties: 1 })],
  })]);
  const releases = set.kinds['toys.example.com/Toy']?.releases ?? {};
  expect(Object.keys(releases)).toEqual(['v1.0.0', 'v1.1.0', 'v1.2.0']);
  const [first, second, third] = Object.values(releases).map((versions) => versions['v1']?.root);
  expect(first).toBeDefined();
  expect(second).toBe(first);
  expect(third).not.toBe(first);
});

test('each version says whether it is served, stored and deprecated', () => {
  const set = buildSchemaSet([history('Toy', {
    'v1.0.0': [version('v1', spec), version('v1beta1', spec, { served: false, storage: false, deprecated: true })],
  })]);
  expect(set.kinds['toys.example.com/Toy']).toMatchObject({
    product: 'toys',
    scope: 'Namespaced',
    releases: {
      'v1.0.0': {
        v1: { served: true, storage: true, deprecated: false },
        v1beta1: { served: false, storage: false, deprecated: true },
      },
    },
  });
});

describe('the rendered files', () => {
  const old = { ...spec, properties: { ...spec.properties, old: { type: 'integer' } } };
  const { source, ...toys } = history('Toy', { 'v1.0.0': [version('v1', old)], 'v1.1.0': [version('v1', spec)] });
  const set = buildSchemaSet([{ ...toys, source: { ...source, usual: 'v1.1.0' } }]);
  const rendered = renderLimits(set);

  function load(more: () => object): SchemaSet {
    const exported: { limits?: SchemaSet } = {};
    new Function('exports', 'require', transpile(rendered['limits.ts'], { module: ModuleKind.CommonJS }))(exported, more);
    return exported.limits!;
  }

  function loadMore(): object {
    const exported = {};
    new Function('exports', transpile(rendered['more-limits.ts'], { module: ModuleKind.CommonJS }))(exported);
    return exported;
  }

  test('yield the same set, also with quotes and backslashes in patterns', () => {
    const limits = load(loadMore);
    expect({ nodes: limits.nodes, kinds: limits.kinds }).toEqual({ nodes: set.nodes, kinds: set.kinds });
    expect(set.nodes.map((_, index) => limits.node(index))).toEqual(set.nodes);
  });

  test('have what the usual release needs in the first of them', () => {
    const limits = load(() => { throw new Error('loaded'); });
    const [before, usual] = Object.values(set.kinds['toys.example.com/Toy']!.releases).map(versions => versions['v1']!.root);
    const fieldsOf = (root: number) => Object.keys(limits.node(limits.node(root).p!['spec']!).p!);
    expect(fieldsOf(usual!)).toEqual(['name']);
    expect(() => fieldsOf(before!)).toThrow('loaded');
  });
});

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

test('the rendered file yields the same set, also with quotes and backslashes in patterns', () => {
  const set = buildSchemaSet([history('Toy', { 'v1.0.0': [version('v1', spec)] })]);
  const exported: { limits?: SchemaSet } = {};
  new Function('exports', transpile(renderLimits(set), { module: ModuleKind.CommonJS }))(exported);
  expect({ nodes: exported.limits?.nodes, kinds: exported.limits?.kinds }).toEqual({ nodes: set.nodes, kinds: set.kinds });
  expect(set.nodes.map((_, index) => exported.limits?.node(index))).toEqual(set.nodes);
});

import { parseAllDocuments } from 'yaml';
import { codes, findingsInYaml } from '../harness';
import { all, GATEWAY, PROVIDER, ROUTE } from '../manifests-of-an-app';

const listOf = (yaml: string) => JSON.stringify({ apiVersion: 'v1', kind: 'List', items: parseAllDocuments(yaml).map(document => document.toJS()) });

test('items of a list are checked where they stand', () => {
  const found = findingsInYaml(listOf(PROVIDER.replace('endpoints:', 'endpoint:')));
  expect(found.map(({ path, message }) => `${path}: ${message}`)).toEqual([
    "test/doc-0: 'items[0].spec.endpoint' is not a field; write \"endpoints\" [UNKNOWN_FIELD]",
  ]);
});

test('a list is as good as its items, next to other manifests or around all of them', () => {
  expect(codes(findingsInYaml(listOf(all(GATEWAY, PROVIDER, ROUTE))))).toEqual([]);
  expect(codes(findingsInYaml(`${GATEWAY}---\n${listOf(PROVIDER)}\n---${ROUTE}`, { complete: ['ai'] }))).toEqual(['SECRET_MISSING']);
});

test('an object in a list and beside it is there twice', () => {
  const [first] = PROVIDER.split('---');
  expect(findingsInYaml(`${listOf(first)}\n---${first}`).map(f => f.message)).toContainEqual(
    expect.stringMatching(/^'metadata\.name' is also the name of the Backend at test\/doc-0 items\[0\].*\[DUPLICATE_OBJECT\]$/),
  );
});

test('lists in lists, empty ones and what is no manifest', () => {
  const inner = { apiVersion: 'v1', kind: 'List', items: [null, { kind: 'Backend' }] };
  expect(findingsInYaml(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [inner, { apiVersion: 'v1', kind: 'List', items: [] }] })).map(f => f.message)).toEqual([
    expect.stringMatching(/^'items\[0\]\.items\[0\]' is not a manifest, got null.*\[INCOMPLETE_MANIFEST\]$/),
    expect.stringMatching(/^'items\[0\]\.items\[1\]\.apiVersion' is missing.*\[INCOMPLETE_MANIFEST\]$/),
    expect.stringMatching(/^'items\[0\]\.items\[1\]\.metadata' must be an object.*\[INCOMPLETE_MANIFEST\]$/),
  ]);
});

test('a custom kind whose name ends in List is no list of objects', () => {
  expect(findingsInYaml('{ apiVersion: example.com/v1, kind: AllowList, metadata: { name: a }, items: [x] }')).toEqual([]);
});

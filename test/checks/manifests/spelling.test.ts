import { nearestName } from '../../../src/checks/schema/spelling';

test.each<[string, readonly string[], string | undefined]>([
  ['targetref', ['targetRefs', 'targetSelectors'], 'targetRefs'],
  ['target-refs', ['targetRef', 'other'], 'targetRef'],
  ['targetrefs', ['targetRef', 'targetRefs'], 'targetRefs'],
  ['target-ref', ['targetRef', 'targetRefs'], 'targetRef'],
  ['a-b', ['ab', 'aB'], undefined],
  ['hostnmae', ['hostname', 'port'], 'hostname'],
  ['hostnme', ['hostname', 'port'], 'hostname'],
  ['hstnme', ['hostname', 'port'], 'hostname'],
  ['hstnm', ['hostname', 'port'], undefined],
  ['http4', ['http1', 'http2', 'http3'], undefined],
  ['tcp', ['mcp'], undefined],
  ['tpye', ['type'], 'type'],
  ['port', ['host', 'path'], undefined],
  ['', ['a'], undefined],
  ['anything', [], undefined],
])('%j among %j is %j', (name, known, expected) => {
  expect(nearestName(name, known)).toBe(expected);
});

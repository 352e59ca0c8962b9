import fc from 'fast-check';
import * as protobuf from 'protobufjs';
import { readHeaderMap } from '../../src/ext-proc/header-map';
import schema from '../../src/ext-proc/ext_proc.proto';

const type = protobuf.parse(schema).root.lookupType('policy.HeaderMap');

interface Header {
  readonly key: string;
  readonly value: string;
  readonly rawValue: Uint8Array;
}

/** What the library makes of the same bytes. */
function reference(bytes: Uint8Array): Map<string, string[]> {
  const values = new Map<string, string[]>();
  const { headers } = type.toObject(type.decode(bytes), { defaults: true, arrays: true }) as { headers: Header[] };
  for (const { key, value, rawValue } of headers) {
    const name = key.toLowerCase();
    values.set(name, [...values.get(name) ?? [], rawValue.length > 0 ? Buffer.from(rawValue).toString('latin1') : value]);
  }
  return values;
}

const header = fc.record({ key: fc.constantFrom('a', 'B', 'b', ':path', 'é'), value: fc.string(), rawValue: fc.uint8Array({ maxLength: 20 }) });

test('headers are read as the library reads them', () => {
  fc.assert(fc.property(fc.array(header), (headers) => {
    const bytes = Buffer.from(type.encode({ headers }).finish());
    expect(readHeaderMap(bytes)).toEqual(reference(bytes));
  }));
});

test('bytes that the library refuses are refused, and others read alike', () => {
  const broken = fc.tuple(fc.array(header, { minLength: 1 }), fc.nat(), fc.nat(255)).map(([headers, place, byte]) => {
    const bytes = Buffer.from(type.encode({ headers }).finish());
    bytes[place % bytes.length] = byte;
    return bytes;
  });
  let refused = 0;
  fc.assert(fc.property(fc.oneof(broken, fc.uint8Array({ maxLength: 60 }).map(bytes => Buffer.from(bytes))), (bytes) => {
    let expected: Map<string, string[]>;
    try {
      expected = reference(bytes);
    } catch {
      refused++;
      expect(() => readHeaderMap(bytes)).toThrow();
      return;
    }
    expect(readHeaderMap(bytes)).toEqual(expected);
  }), { numRuns: 5000 });
  expect(refused).toBeGreaterThan(100);
});

import { BufferReader } from 'protobufjs';

const HEADERS = 1;
const KEY = 1;
const VALUE = 2;
const RAW_VALUE = 3;
const LENGTH_DELIMITED = 2;

/**
 * All values of each header, by its name in lower case, straight from a HeaderMap:
 * a request has twenty headers, of which a decision looks at five.
 *
 * @throws where the bytes are no HeaderMap
 */
export function readHeaderMap(bytes: Buffer): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, string[]>();
  const reader = new BufferReader(bytes);
  while (reader.pos < reader.len) {
    const tag = reader.tag();
    if (tag === (HEADERS << 3 | LENGTH_DELIMITED)) readHeader(reader, bytes, values);
    else reader.skipType(tag & 7, 0, tag >>> 3);
  }
  return values;
}

function readHeader(reader: BufferReader, bytes: Buffer, values: Map<string, string[]>): void {
  const length = reader.size();
  const outer = reader.len;
  if (reader.pos + length > outer) throw new RangeError('a header is longer than its message');
  reader.len = reader.pos + length;
  let name = '';
  let value = '';
  let raw = '';
  while (reader.pos < reader.len) {
    const tag = reader.tag();
    switch (tag) {
      case KEY << 3 | LENGTH_DELIMITED: name = reader.stringVerify().toLowerCase(); break;
      case VALUE << 3 | LENGTH_DELIMITED: value = reader.stringVerify(); break;
      // Bytes of a header need not be UTF-8; as Latin-1 none is lost.
      case RAW_VALUE << 3 | LENGTH_DELIMITED: raw = latin1(reader, bytes); break;
      default: reader.skipType(tag & 7, 0, tag >>> 3);
    }
  }
  if (reader.pos !== reader.len) throw new RangeError('a part of a header is longer than the header');
  reader.len = outer;
  const known = values.get(name);
  if (known) known.push(raw || value);
  else values.set(name, [raw || value]);
}

function latin1(reader: BufferReader, bytes: Buffer): string {
  const length = reader.size();
  const start = reader.pos;
  reader.skip(length);
  return bytes.toString('latin1', start, reader.pos);
}

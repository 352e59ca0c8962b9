import fc from 'fast-check';
import { frame, FrameError, FrameReader } from '../../src/grpc/frames';

/** Cuts bytes into pieces at the given places. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const ends = [...new Set(places.map(place => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [...ends, bytes.length].map((end, i) => bytes.subarray(i === 0 ? 0 : ends[i - 1], end));
}

test('messages come out as they went in, however the stream was cut', () => {
  fc.assert(fc.property(fc.array(fc.uint8Array({ maxLength: 40 })), fc.array(fc.nat()), (messages, places) => {
    const reader = new FrameReader(40);
    const got = cut(Buffer.concat(messages.map(frame)), places).flatMap(piece => reader.push(Buffer.from(piece)));
    expect(got.map(message => [...message])).toEqual(messages.map(message => [...message]));
    expect(reader.buffered).toBe(0);
  }));
});

test('a message of a million pieces is put together once', () => {
  const reader = new FrameReader(1_000_000);
  const bytes = frame(new Uint8Array(1_000_000));
  let messages = 0;
  for (const byte of bytes) messages += reader.push(Buffer.from([byte])).length;
  expect(messages).toBe(1);
});

test.each([
  ['compressed', Buffer.from([1, 0, 0, 0, 0]), 12],
  ['too long', Buffer.from([0, 0, 0, 0, 11]), 8],
])('%s', (_name, bytes, status) => {
  const reader = new FrameReader(10);
  expect(() => reader.push(bytes)).toThrow(expect.objectContaining({ status }));
  expect(() => new FrameReader(10).push(bytes)).toThrow(FrameError);
});

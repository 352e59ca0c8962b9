import fc from 'fast-check';
import * as protobuf from 'protobufjs';
import schema from '../../src/ext-proc/ext_proc.proto';
import { Exchange } from '../../src/ext-proc/exchange';
import { fromStruct, ProcessingResponse, Struct, toStruct } from '../../src/ext-proc/messages';
import { Status } from '../../src/grpc/server';
import { guardWith } from './harness';

const root = protobuf.parse(schema).root;
const requestType = root.lookupType('policy.ProcessingRequest');
const responseType = root.lookupType('policy.ProcessingResponse');
const headerMapType = root.lookupType('policy.HeaderMap');

function headerMap(all: { readonly [name: string]: string }): Uint8Array {
  return headerMapType.encode({ headers: Object.entries(all).map(([key, value]) => ({ key, rawValue: Buffer.from(value, 'latin1') })) }).finish();
}

const chat = Buffer.from('{"model":"gpt-4o","messages":[{"role":"user","content":"mail a@b.co"}]}');

function headers(more: { readonly [name: string]: string } = {}, message: object = {}): object {
  const all = { ':method': 'POST', ':path': '/v1/chat/completions', 'content-type': 'application/json', ...more };
  return {
    requestHeaders: { headers: headerMap(all) },
    protocolConfig: { requestBodyMode: 2 },
    ...message,
  };
}

/** What the processor says to messages, and how it ends the call. */
function talk(
  messages: readonly (object | Uint8Array)[],
  policy?: object,
): { answers: ProcessingResponse[]; ended?: Status; thrown?: unknown } {
  const exchange = new Exchange(guardWith(policy).guard);
  const answers: ProcessingResponse[] = [];
  let ended: Status | undefined;
  const call = {
    send: (bytes: Uint8Array) => answers.push(responseType.toObject(responseType.decode(bytes), { oneofs: true }) as ProcessingResponse),
    end: (status: Status) => (ended ??= status),
  };
  try {
    for (const message of messages) {
      if (ended !== undefined) break;
      exchange.message(Buffer.from(message instanceof Uint8Array ? message : requestType.encode(message).finish()), call);
    }
  } catch (thrown) {
    return { answers, ended, thrown };
  }
  exchange.clientEnded(call);
  return { answers, ended };
}

function mutations({ requestBody, requestHeaders }: ProcessingResponse): string[][] | undefined {
  const set = (requestBody ?? requestHeaders)?.response?.headerMutation?.setHeaders;
  return set?.map(({ header }) => [header.key, Buffer.from(header.rawValue!).toString()]);
}

test('headers, then the body: the last answer carries the mark', () => {
  const { answers, ended } = talk([headers(), { requestBody: { body: chat, endOfStream: true } }]);
  expect(answers).toHaveLength(2);
  expect(mutations(answers[0])).toBeUndefined();
  expect(mutations(answers[1])).toEqual([['x-guard-ok', '1']]);
  expect(ended).toBe(Status.OK);
});

test('a redacted body has its length', () => {
  const { answers } = talk([headers(), { requestBody: { body: chat } }], {
    version: 1, rules: [{ id: 'mail', builtin: 'email', action: 'redact' }], tenants: { '*': { models: { allow: ['*'] } } },
  });
  const body = Buffer.from(answers[1].requestBody!.response!.bodyMutation!.body);
  expect(body.toString()).toBe(chat.toString().replace('a@b.co', '[MAIL]'));
  expect(mutations(answers[1])).toContainEqual(['content-length', String(body.length)]);
});

test('a claim is read from the metadata of the gateway', () => {
  const policy = { version: 1, tenant: { claim: { provider: 'idp', path: ['org'] } }, tenants: { acme: { models: { allow: ['*'] } } } };
  const metadataContext = { filterMetadata: { 'envoy.filters.http.jwt_authn': toStruct({ idp: { org: 'acme', list: [1, true, null] } }) } };
  expect(mutations(talk([headers({}, { metadataContext }), { requestBody: { body: chat } }], policy).answers[1])).toBeDefined();
  expect(talk([headers(), { requestBody: { body: chat } }], policy).answers[1].immediateResponse?.status.code).toBe(401);
});

/** The answer owed is given, or the call does not end well: a clean end lets the request through. */
const wrong: readonly (readonly [name: string, messages: readonly (object | Uint8Array)[], outcome: Status | number | 'thrown'])[] = [
  ['an empty message', [{}], Status.INTERNAL],
  ['headers twice', [headers(), headers()], Status.INTERNAL],
  ['a body without headers', [{ requestBody: { body: chat } }], Status.INTERNAL],
  ['a body twice', [headers(), { requestBody: { body: chat } }, { requestBody: { body: chat } }], Status.INTERNAL],
  ['trailers before the body', [headers(), { requestTrailers: {} }], Status.INTERNAL],
  ['a client that goes after the headers', [headers()], Status.CANCELLED],
  ['no bytes of a message', [Buffer.from([0xff])], 'thrown'],
  ['a body in parts', [headers({}, { protocolConfig: { requestBodyMode: 1 } })], 503],
  ['no word on the body', [headers({}, { protocolConfig: null })], 503],
  ['a watcher only', [headers({}, { observabilityMode: true })], 503],
  ['headers without a body', [{ ...headers(), requestHeaders: { ...(headers() as { requestHeaders: object }).requestHeaders, endOfStream: true } }], 400],
];

test.each(wrong)('%s', (_name, messages, outcome) => {
  const { answers, ended, thrown } = talk(messages);
  if (outcome === 'thrown') expect(thrown).toBeDefined();
  else if (outcome < 100) expect(ended).toBe(outcome);
  else expect(answers.at(-1)!.immediateResponse?.status.code).toBe(outcome);
});

test('an answer of the gateway itself is let pass', () => {
  const { answers } = talk([{ responseHeaders: {} }, { responseBody: {} }, { responseTrailers: {} }]);
  expect(answers.map(answer => Object.keys(answer)[0])).toEqual(['responseHeaders', 'responseBody', 'responseTrailers']);
});

test('whatever bytes come, no call ends well before a decision', () => {
  const known = fc.constantFrom<object>(headers(), { requestBody: { body: chat } }, { requestTrailers: {} }, { responseHeaders: {} });
  const messages = fc.array(fc.oneof(known.map(message => requestType.encode(message).finish()), fc.uint8Array({ maxLength: 60 })), { maxLength: 4 });
  fc.assert(fc.property(messages, (sent) => {
    const { answers, ended, thrown } = talk(sent);
    const decided = answers.some(answer => answer.immediateResponse ?? mutations(answer)?.some(([name]) => name === 'x-guard-ok'));
    if (!decided && thrown === undefined) expect(ended).not.toBe(Status.OK);
  }), { numRuns: 2000 });
});

test('values come back from a struct as they went in', () => {
  const value = fc.letrec<{ any: unknown }>(tie => ({
    any: fc.oneof({ maxDepth: 4 }, fc.string(), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null), fc.array(tie('any')), fc.dictionary(fc.string().filter(key => key !== '__proto__'), tie('any'))),
  })).any;
  const structType = root.lookupType('policy.Struct');
  fc.assert(fc.property(fc.dictionary(fc.string().filter(key => key !== '__proto__'), value), (fields) => {
    const wire = structType.decode(structType.encode(toStruct(fields)).finish()) as unknown as Struct;
    expect(JSON.stringify(fromStruct(wire))).toBe(JSON.stringify(fields));
  }));
});

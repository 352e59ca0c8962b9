import * as protobuf from 'protobufjs';
import schema from './ext_proc.proto';

export interface HeaderValue {
  readonly key: string;
  readonly value?: string;
  /** Envoy uses the bytes, in both directions; `value` would set an empty header. */
  readonly rawValue?: Uint8Array;
}

export interface HttpHeaders {
  /** A HeaderMap as it came. */
  readonly headers?: Buffer;
  readonly endOfStream?: boolean;
}

export interface ProcessingRequest {
  readonly requestHeaders?: HttpHeaders | null;
  readonly responseHeaders?: HttpHeaders | null;
  readonly requestBody?: { readonly body?: Uint8Array; readonly endOfStream?: boolean } | null;
  readonly responseBody?: object | null;
  readonly requestTrailers?: object | null;
  readonly responseTrailers?: object | null;
  readonly metadataContext?: { readonly filterMetadata?: { readonly [namespace: string]: Struct } } | null;
  readonly observabilityMode?: boolean;
  readonly protocolConfig?: { readonly requestBodyMode?: number } | null;
}

export interface Struct {
  readonly fields?: { readonly [key: string]: Value };
}

export interface Value {
  readonly nullValue?: number | null;
  readonly numberValue?: number | null;
  readonly stringValue?: string | null;
  readonly boolValue?: boolean | null;
  readonly structValue?: Struct | null;
  readonly listValue?: { readonly values?: readonly Value[] } | null;
}

export interface HeaderMutation {
  readonly setHeaders: readonly { readonly header: HeaderValue; readonly appendAction: number }[];
}

export interface CommonAnswer {
  readonly response?: { readonly headerMutation?: HeaderMutation; readonly bodyMutation?: { readonly body: Uint8Array } };
}

export interface ProcessingResponse {
  readonly requestHeaders?: CommonAnswer;
  readonly responseHeaders?: CommonAnswer;
  readonly requestBody?: CommonAnswer;
  readonly responseBody?: CommonAnswer;
  readonly requestTrailers?: object;
  readonly responseTrailers?: object;
  readonly immediateResponse?: {
    readonly status: { readonly code: number };
    readonly headers: HeaderMutation;
    readonly body: Uint8Array;
    readonly details: string;
  };
  readonly dynamicMetadata?: Struct;
}

export enum Health {
  SERVING = 1,
  NOT_SERVING = 2,
}

const root = protobuf.parse(schema).root;
const processingRequest = root.lookupType('policy.ProcessingRequest');
const processingResponse = root.lookupType('policy.ProcessingResponse');
const healthCheckRequest = root.lookupType('policy.HealthCheckRequest');
const healthCheckResponse = root.lookupType('policy.HealthCheckResponse');

/** @throws where the bytes are no such message */
export function decodeRequest(bytes: Buffer): ProcessingRequest {
  const reader = protobuf.Reader.create(bytes);
  // What is not read is not kept either.
  reader.discardUnknown = true;
  return processingRequest.decode(reader) as ProcessingRequest;
}

export function encodeResponse(response: ProcessingResponse): Uint8Array {
  return processingResponse.encode(response).finish();
}

export function decodeHealthCheck(bytes: Uint8Array): { readonly service: string } {
  return healthCheckRequest.decode(bytes) as unknown as { readonly service: string };
}

export function encodeHealth(status: Health): Uint8Array {
  return healthCheckResponse.encode({ status }).finish();
}

export function fromStruct(struct: Struct | undefined): { [key: string]: unknown } {
  return Object.fromEntries(Object.entries(struct?.fields ?? {}).map(([key, value]) => [key, fromValue(value)]));
}

function fromValue(value: Value): unknown {
  // A decoded message answers with defaults for what it does not have.
  const [kind] = Object.keys(value) as (keyof Value)[];
  switch (kind) {
    case 'structValue': return fromStruct(value.structValue!);
    case 'listValue': return (value.listValue!.values ?? []).map(fromValue);
    case 'stringValue': return value.stringValue;
    case 'numberValue': return value.numberValue;
    case 'boolValue': return value.boolValue;
    default: return null;
  }
}

export function toStruct(fields: { readonly [key: string]: unknown }): Struct {
  return {
    fields: Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined).map(([key, value]) => [key, toValue(value)])),
  };
}

function toValue(value: unknown): Value {
  switch (typeof value) {
    case 'string': return { stringValue: value };
    case 'number': return { numberValue: value };
    case 'boolean': return { boolValue: value };
    case 'object':
      if (Array.isArray(value)) return { listValue: { values: value.map(toValue) } };
      if (value !== null) return { structValue: toStruct(value as { [key: string]: unknown }) };
  }
  return { nullValue: 0 };
}

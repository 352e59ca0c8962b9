import { readHeaderMap } from './header-map';
import { decodeRequest, encodeResponse, fromStruct, HeaderMutation, HttpHeaders, ProcessingRequest, ProcessingResponse, toStruct } from './messages';
import { Decision, PolicyRequest } from '../../../../src/policy';
import { Call, CallHandler, Status } from '../grpc/server';
import { Guard } from '../guard';

/** Set on every request that was let through; the gateway refuses requests without it. */
export const MARK = 'x-guard-ok';
/** Where the gateway keeps what is told of a decision, for its access log. */
export const AUDIT_NAMESPACE = 'ai-policy.audit';
const JWT_NAMESPACE = 'envoy.filters.http.jwt_authn';

const BUFFERED = 2;
const OVERWRITE_IF_EXISTS_OR_ADD = 2;
const NOTHING = {};
/** What is said to most headers: go on, the body decides. */
const HEADERS_SEEN = encodeResponse({ requestHeaders: NOTHING });

/**
 * One request of a client, from its headers to the decision. Every answer owed is
 * given; where that cannot be, the call ends with an error and Envoy refuses the
 * request. A clean end would let it through.
 */
export class Exchange implements CallHandler {
  private request: RequestHeaders | undefined;
  private decided = false;

  constructor(private readonly guard: Guard) {}

  public message(bytes: Buffer, call: Call): void {
    const message = decodeRequest(bytes);
    const answer = this.answer(message);
    if (answer === undefined) call.end(Status.INTERNAL);
    else call.send(answer instanceof Uint8Array ? answer : encodeResponse(answer));
  }

  public refused(call: Call, why: 'too-long' | 'overloaded'): void {
    call.send(encodeResponse(this.finish('body', this.guard.refuse(
      why === 'too-long' ? 'body_too_large' : 'overloaded', 'ext_proc', this.request?.target ?? '', this.request?.id,
    ))));
  }

  public clientEnded(call: Call): void {
    // Nothing is owed any more once the decision is out; before that the client is gone.
    call.end(this.decided ? Status.OK : Status.CANCELLED);
  }

  public closed(): void {
    this.request = undefined;
  }

  /** Undefined where the message is none that may come now. */
  private answer(message: ProcessingRequest): ProcessingResponse | Uint8Array | undefined {
    if (message.requestHeaders) return this.requestHeaders(message.requestHeaders, message);
    if (message.requestBody) return this.requestBody(message.requestBody.body ?? new Uint8Array());
    // Not asked for by our manifests; a local answer can still come with them.
    if (message.responseHeaders) return { responseHeaders: NOTHING };
    if (message.responseBody) return { responseBody: NOTHING };
    if (message.responseTrailers) return { responseTrailers: NOTHING };
    if (message.requestTrailers && this.decided) return { requestTrailers: NOTHING };
    return undefined;
  }

  private requestHeaders(headers: HttpHeaders, message: ProcessingRequest): ProcessingResponse | Uint8Array | undefined {
    if (this.request) return undefined;
    const request = new RequestHeaders(headers, message);
    this.request = request;
    if (message.observabilityMode) return this.finish('headers', this.guard.refuse('wrong_position', 'ext_proc', request.target, request.id));
    if (headers.endOfStream) return this.finish('headers', this.guard.decide('ext_proc', request.withBody(undefined), request.id));
    // Whoever sees a body in parts, or not at all, has not seen it.
    if (message.protocolConfig?.requestBodyMode !== BUFFERED) {
      return this.finish('headers', this.guard.refuse('wrong_position', 'ext_proc', request.target, request.id));
    }
    return HEADERS_SEEN;
  }

  private requestBody(body: Uint8Array): ProcessingResponse | undefined {
    if (!this.request || this.decided) return undefined;
    return this.finish('body', this.guard.decide('ext_proc', this.request.withBody(body), this.request.id));
  }

  private finish(phase: 'headers' | 'body', decision: Decision): ProcessingResponse {
    this.decided = true;
    const dynamicMetadata = toStruct({ [AUDIT_NAMESPACE]: metadata(decision) });
    if (!decision.allowed) {
      const headers = [['content-type', decision.contentType], ...(decision.retryAfter === undefined ? [] : [['retry-after', String(decision.retryAfter)]])];
      return {
        immediateResponse: {
          status: { code: decision.status }, headers: setHeaders(headers), body: Buffer.from(decision.body), details: `policy_${decision.code}`,
        },
        dynamicMetadata,
      };
    }
    const headers = [[MARK, '1'], ...decision.setHeaders];
    // Envoy does not correct the length, and fails the request when it is wrong.
    if (decision.body) headers.push(['content-length', String(decision.body.length)]);
    const response = { headerMutation: setHeaders(headers), ...(decision.body ? { bodyMutation: { body: decision.body } } : {}) };
    return { [phase === 'headers' ? 'requestHeaders' : 'requestBody']: { response }, dynamicMetadata };
  }
}

function setHeaders(headers: readonly (readonly string[])[]): HeaderMutation {
  return {
    setHeaders: headers.map(([key, value]) => ({ header: { key, rawValue: Buffer.from(value) }, appendAction: OVERWRITE_IF_EXISTS_OR_ADD })),
  };
}

/** Only what there is: Envoy copies each field, for every request. */
function metadata(decision: Decision): object {
  const { tenant, model, endpoint, rules, bodyBytes } = decision.audit;
  const hits = Object.keys(rules);
  return {
    decision: decision.allowed ? 'allow' : 'deny', code: decision.allowed ? undefined : decision.code,
    tenant, model, endpoint, rules: hits.length > 0 ? hits.join(',') : undefined, bodyBytes,
  };
}

/** The headers of a request, which are kept until its body is there. */
class RequestHeaders {
  public readonly method: string;
  public readonly target: string;
  public readonly id: string | undefined;
  private readonly values: ReadonlyMap<string, readonly string[]>;
  private readonly namespaces;

  constructor({ headers }: HttpHeaders, { metadataContext }: ProcessingRequest) {
    this.values = headers ? readHeaderMap(headers) : new Map();
    this.method = this.values.get(':method')?.[0] ?? '';
    this.target = this.values.get(':path')?.[0] ?? '';
    this.id = this.values.get('x-request-id')?.[0];
    this.namespaces = metadataContext?.filterMetadata;
  }

  public withBody(body: Uint8Array | undefined): PolicyRequest {
    const { method, target, values, namespaces } = this;
    return {
      method,
      target,
      header: name => values.get(name) ?? [],
      headerNames: [...values.keys()],
      get claims() { return fromStruct(namespaces?.[JWT_NAMESPACE]); },
      body,
    };
  }
}

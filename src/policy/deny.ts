import { Dialect } from './endpoints';
import { Audit, Denied, DenyCode } from './request';

interface Answer {
  readonly status: number;
  readonly message: string;
  readonly retryAfter?: number;
}

/** Nothing of the request is repeated, and an unknown tenant reads as one that may not use the model. */
const ANSWERS: { readonly [code in DenyCode]: Answer } = {
  no_policy: { status: 503, message: 'The policy of this gateway is not loaded.', retryAfter: 5 },
  wrong_position: { status: 503, message: 'The policy server is called at the wrong place. Ask the operator of the gateway.' },
  forged_header: { status: 400, message: 'The request has a header that only the gateway may set.' },
  no_tenant: { status: 401, message: 'The request does not say who it is for.' },
  not_allowed: { status: 403, message: 'This model is not allowed.' },
  unknown_endpoint: { status: 403, message: 'This path is not allowed.' },
  body_too_large: { status: 413, message: 'The request is too large.' },
  body_encoded: { status: 415, message: 'The body must be JSON in UTF-8 without content encoding.' },
  body_not_text: { status: 400, message: 'The body is not UTF-8.' },
  body_not_json: { status: 400, message: 'The body is not a JSON object with a model.' },
  body_ambiguous: { status: 400, message: 'The body has a key twice, or nests too deeply.' },
  body_missing: { status: 400, message: 'The request has no body.' },
  too_many_messages: { status: 413, message: 'The request has too many messages.' },
  too_much_text: { status: 413, message: 'The request has too much text.' },
  not_inspectable: { status: 415, message: 'This kind of content cannot be inspected and is not allowed.' },
  prompt_blocked: { status: 403, message: 'The prompt has content that must not leave the organization.' },
  credential_missing: { status: 503, message: 'There is no key for this request. Ask the operator of the gateway.' },
  overloaded: { status: 503, message: 'The policy server is overloaded.', retryAfter: 1 },
  internal: { status: 500, message: 'The policy server failed.' },
};

export const NOTHING_KNOWN: Audit = { rules: {}, bodyBytes: 0 };

/** A refusal in the words of the client's API. */
export function deny(code: DenyCode, dialect: Dialect, audit: Audit = NOTHING_KNOWN): Denied {
  const { status, message, retryAfter } = ANSWERS[code];
  const error = dialect === 'anthropic'
    ? { type: 'error', error: { type: anthropicType(status), message } }
    : { error: { message, type: openaiType(status), param: null, code } };
  return { allowed: false, audit, code, status, contentType: 'application/json', body: JSON.stringify(error), retryAfter };
}

function openaiType(status: number): string {
  if (status === 401) return 'authentication_error';
  if (status === 403) return 'permission_error';
  return status >= 500 ? 'server_error' : 'invalid_request_error';
}

function anthropicType(status: number): string {
  if (status === 401) return 'authentication_error';
  if (status === 403) return 'permission_error';
  if (status === 413) return 'request_too_large';
  if (status === 503) return 'overloaded_error';
  return status >= 500 ? 'api_error' : 'invalid_request_error';
}

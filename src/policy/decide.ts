import { AWS_PARTS, CompiledPolicy, CompiledTenant, slotHeaders } from './compile';
import { deny } from './deny';
import { dialectOf, Endpoint, endpointOf } from './endpoints';
import { inspect } from './inspect';
import { Audit, Decision, DenyCode, KeySource, PolicyRequest } from './request';

/** Headers the edge strips from clients' requests and only the gateway or this server sets. */
const OURS = /^(x-aigw-|x-ai-eg-|x-guard-)/;

/** Set by the AI gateway's own filter: whoever sees it comes after that filter. */
const AFTER_AI_FILTER = 'x-ai-eg-internal-req-id';

/** Whether a request may go on, and what goes with it. Never throws. */
export function decide(policy: CompiledPolicy | undefined, request: PolicyRequest, keys: KeySource): Decision {
  try {
    return new Deciding(policy, request, keys).decision();
  } catch {
    // Whatever it was, its text may hold some of the request's.
    return deny('internal', dialectOf(request.target));
  }
}

class Deciding {
  private audit: Audit;

  constructor(private readonly policy: CompiledPolicy | undefined, private readonly request: PolicyRequest, private readonly keys: KeySource) {
    this.audit = { rules: {}, bodyBytes: request.body?.length ?? 0 };
  }

  public decision(): Decision {
    const { policy, request } = this;
    if (!policy) return this.deny('no_policy');
    if (request.headerNames.includes(AFTER_AI_FILTER)) return this.deny('wrong_position');
    if (request.headerNames.some(name => OURS.test(name))) return this.deny('forged_header');
    const name = tenantName(policy, request);
    if (name === undefined) return this.deny('no_tenant');
    const tenant = policy.tenant(name);
    if (!tenant) return this.deny('not_allowed');
    // A name that the policy does not know is the client's, and not to be counted by.
    this.audit = { ...this.audit, tenant: tenant.name };
    const endpoint = endpointOf(request.target);
    if (!endpoint || endpoint.method !== request.method) return this.deny('unknown_endpoint');
    this.audit = { ...this.audit, endpoint: endpoint.path };
    switch (endpoint.body) {
      case 'none': return request.body?.length ? this.deny('unknown_endpoint') : { allowed: true, audit: this.audit, setHeaders: [] };
      case 'opaque': return this.deny('not_inspectable');
      default: return this.content(tenant, endpoint);
    }
  }

  private content(tenant: CompiledTenant, endpoint: Endpoint): Decision {
    const { body } = this.request;
    if (!body?.length) return this.deny('body_missing');
    if (body.length > tenant.limits.maxBodyBytes) return this.deny('body_too_large');
    if (!isPlainJson(this.request)) return this.deny('body_encoded');
    const source = decodeUtf8(body);
    if (source === undefined) return this.deny('body_not_text');
    const { model, rules, denied, redacted } = inspect(source, endpoint, tenant, name => tenant.allows(name));
    this.audit = { ...this.audit, rules, model: shortName(model) };
    if (denied) return this.deny(denied);
    const setHeaders = this.credentials(tenant);
    if (!setHeaders) return this.deny('credential_missing');
    return { allowed: true, audit: this.audit, setHeaders, ...(redacted === undefined ? {} : { body: Buffer.from(redacted, 'utf8') }) };
  }

  /** A tenant with a key that cannot be read must not be served with another one. */
  private credentials(tenant: CompiledTenant): [string, string][] | undefined {
    const headers: [string, string][] = [];
    for (const { slot, folder } of tenant.credentials) {
      const names = slotHeaders(slot);
      if (slot.type !== 'AWSCredentials') {
        const value = this.keys(folder, 'key');
        if (!isHeaderValue(value)) return undefined;
        headers.push([names[0], value]);
        continue;
      }
      const values = AWS_PARTS.map(part => this.keys(folder, part));
      if (!isHeaderValue(values[0]) || !isHeaderValue(values[1])) return undefined;
      names.forEach((name, index) => {
        const value = values[index];
        if (isHeaderValue(value)) headers.push([name, value]);
      });
    }
    return headers;
  }

  private deny(code: DenyCode): Decision {
    return deny(code, dialectOf(this.request.target), this.audit);
  }
}

function tenantName({ tenantSource }: CompiledPolicy, request: PolicyRequest): string | undefined {
  if (!tenantSource) return '*';
  const value = tenantSource.header === undefined ? claimOf(tenantSource.claim!, request) : single(request.header(tenantSource.header));
  // No tenant can name itself with the star that stands for all.
  return value === undefined || value === '' || value === '*' ? undefined : value;
}

function single(values: readonly string[]): string | undefined {
  // Some hops join doubled headers into one.
  return values.length === 1 && !values[0].includes(',') ? values[0].trim() : undefined;
}

function claimOf({ provider, path }: { readonly provider: string; readonly path: readonly string[] }, { claims }: PolicyRequest): string | undefined {
  let value: unknown = claims?.[provider];
  for (const key of path) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, key)) return undefined;
    value = (value as { [key: string]: unknown })[key];
  }
  return typeof value === 'string' ? value : Number.isSafeInteger(value) ? String(value) : undefined;
}

const JSON_TYPE = /^application\/([a-z0-9.-]+\+)?json\s*(;\s*charset\s*=\s*"?utf-?8"?\s*)?;?$/i;

function isPlainJson(request: PolicyRequest): boolean {
  const encodings = request.header('content-encoding');
  if (!encodings.every(value => value.split(',').every(part => ['', 'identity'].includes(part.trim().toLowerCase())))) return false;
  const types = request.header('content-type');
  return types.length === 0 || (types.length === 1 && JSON_TYPE.test(types[0].trim()));
}

/** What could be more than the name of a model is not written down. */
function shortName(model: string | undefined): string | undefined {
  return model !== undefined && /^[\w./:@-]{1,128}$/.test(model) ? model : undefined;
}

/** A byte order mark stays in, so that JSON refuses it. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decodeUtf8(body: Uint8Array): string | undefined {
  try {
    return utf8.decode(body);
  } catch {
    return undefined;
  }
}

function isHeaderValue(value: string | undefined): value is string {
  return value !== undefined && /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(value);
}

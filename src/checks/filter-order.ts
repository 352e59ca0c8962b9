import { fields, list } from './read';

/** As Envoy Gateway puts them where nothing else is said; in full each is `envoy.filters.http.<name>`. */
const DEFAULT_ORDER = [
  'custom_response', 'health_check', 'fault', 'cors', 'header_mutation', 'ext_authz', 'api_key_auth', 'basic_auth', 'oauth2', 'jwt_authn',
  'stateful_session', 'buffer', 'lua', 'ext_proc', 'wasm', 'geoip', 'rbac', 'local_ratelimit', 'ratelimit', 'bandwidth_limit',
  'grpc_web', 'grpc_stats', 'credential_injector', 'compressor', 'dynamic_forward_proxy',
] as const;

export type Filter = typeof DEFAULT_ORDER[number];

/** Whether a `filterOrder` of an EnvoyProxy leaves or puts one filter before another. */
export function comesBefore(filterOrder: unknown, one: Filter, other: Filter): boolean {
  const order: string[] = DEFAULT_ORDER.map(fullName);
  for (const entry of list(filterOrder)) {
    const { name, before, after } = fields(entry);
    const from = order.indexOf(name as string);
    if (from < 0 || !order.includes((before ?? after) as string) || (before ?? after) === name) continue;
    order.splice(from, 1);
    order.splice(before === undefined ? order.indexOf(after as string) + 1 : order.indexOf(before as string), 0, name as string);
  }
  return order.indexOf(fullName(one)) < order.indexOf(fullName(other));
}

/** Whether a `filterOrder` moves any of some filters, so that somebody wanted an order. */
export function moves(filterOrder: unknown, ...filters: readonly Filter[]): boolean {
  return list(filterOrder).some(entry => filters.some(filter => fields(entry).name === fullName(filter)));
}

function fullName(filter: Filter): string {
  return `envoy.filters.http.${filter}`;
}

import { fields, list } from './read';

const filter = (name: string) => `envoy.filters.http.${name}`;
const EXT_PROC = filter('ext_proc');
const BUFFER = filter('buffer');

/** As Envoy Gateway puts them where nothing else is said. */
const DEFAULT_ORDER: readonly string[] = [
  'custom_response', 'health_check', 'fault', 'cors', 'header_mutation', 'ext_authz', 'api_key_auth', 'basic_auth', 'oauth2', 'jwt_authn',
  'stateful_session', 'buffer', 'lua', 'ext_proc', 'wasm', 'geoip', 'rbac', 'local_ratelimit', 'ratelimit', 'bandwidth_limit',
  'grpc_web', 'grpc_stats', 'credential_injector', 'compressor', 'dynamic_forward_proxy',
].map(filter);

/**
 * Whether a `filterOrder` puts external processors before the buffer filter. The AI gateway inserts its own filter
 * before the first of them, unless a buffer comes later: then behind that.
 */
export function processorsBeforeBuffer(filterOrder: unknown): boolean {
  const order = [...DEFAULT_ORDER];
  for (const entry of list(filterOrder)) {
    const { name, before, after } = fields(entry);
    const from = order.indexOf(name as string);
    if (from < 0 || !order.includes((before ?? after) as string) || (before ?? after) === name) continue;
    order.splice(from, 1);
    order.splice(before === undefined ? order.indexOf(after as string) + 1 : order.indexOf(before as string), 0, name as string);
  }
  return order.indexOf(EXT_PROC) < order.indexOf(BUFFER);
}

/** Whether a `filterOrder` says anything about the two, so that somebody wanted an order. */
export function ordersProcessors(filterOrder: unknown): boolean {
  return list(filterOrder).some(entry => [EXT_PROC, BUFFER].includes(fields(entry).name as string));
}

import type { Mutant } from './mutants';

const ROUTES = 'checks/rules/routes';
const CONNECTIONS = ['test/checks/policies/connections.test.ts'];

/** What rules say of manifests, ours or not. */
export const CHECKS: readonly Mutant[] = [
  { name: 'most rules of a route', file: `${ROUTES}/too-many-rules.ts`, find: 'MOST = 15', replace: 'MOST = 16', judges: ['test/checks/routes/limits.test.ts'] },
  { name: 'largest weight', file: `${ROUTES}/weight-too-large.ts`, find: 'LARGEST = 1_000_000;', replace: 'LARGEST = 1_000_001;', judges: ['test/checks/routes/targets.test.ts'] },
  { name: 'retries that just reach the last level', file: `${ROUTES}/fallback-too-few-retries.ts`, find: 'shortage.retries < shortage.all &&', replace: 'shortage.retries < shortage.all - 1 &&', judges: ['test/checks/routes/fallbacks.test.ts'] },
  { name: 'a timeout that fits exactly', file: `${ROUTES}/timeout-too-short.ts`, find: 'attempts * perTryMs > requestMs', replace: 'attempts * perTryMs >= requestMs', judges: ['test/checks/routes/timeouts.test.ts', 'test/contract'] },
  { name: 'default timeout of the gateway', file: `${ROUTES}/timeout-too-short.ts`, find: 'DEFAULT_REQUEST_MS = 60_000', replace: 'DEFAULT_REQUEST_MS = 600_000', judges: ['test/checks/routes/timeouts.test.ts'] },
  { name: 'the second grant', file: `${ROUTES}/missing-grant.ts`, find: "from: { group: GATEWAY_API, kind: 'HTTPRoute', namespace: from }", replace: "from: { group: GATEWAY_API, kind: 'AIGatewayRoute', namespace: from }", judges: ['test/checks/routes/references.test.ts'] },
  { name: 'the TLS port', file: 'checks/rules/policies/connections/plaintext-to-tls-port.ts', find: 'TLS_PORT = 443', replace: 'TLS_PORT = 8443', judges: CONNECTIONS },
  { name: 'a port with TLS is told of', file: 'checks/rules/policies/connections/plaintext-to-tls-port.ts', find: '|| tls || policies', replace: '|| policies', judges: CONNECTIONS },
  { name: 'prefix of reserved Secrets', file: 'checks/rules/credentials/secrets/secret-name-reserved.ts', find: "'ai-eg-'", replace: "'ai-eg-bsp'", judges: ['test/checks/credentials/secrets.test.ts'] },
  { name: 'a header of callers that nobody looks for', file: 'checks/rules/credentials/callers/caller-credentials-forwarded.ts', find: "'api-key', 'cookie']", replace: "'cookie']", judges: ['test/checks/credentials/callers.test.ts'] },
  { name: 'smallest window of HTTP/2', file: 'checks/rules/policies/gateways/buffer-limit.ts', find: "{ path: ['http2', 'initialStreamWindowSize'], least: 65_535,", replace: "{ path: ['http2', 'initialStreamWindowSize'], least: 65_534,", judges: ['test/checks/policies/gateways.test.ts'] },
  { name: 'largest buffer', file: 'checks/rules/policies/gateways/buffer-limit.ts', find: 'most: 2 ** 32 - 1', replace: 'most: 2 ** 32', judges: ['test/checks/policies/gateways.test.ts'] },
];

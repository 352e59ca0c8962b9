import type { Mutant } from './mutants';

const ROUTES = 'checks/rules/routes';
const CONNECTIONS = ['test/checks/policies/connections.test.ts'];
const GATEWAYS = 'checks/rules/policies/gateways';
const OF_GATEWAYS = ['test/checks/policies/gateways.test.ts'];
const TARGETS = 'checks/rules/policies/targets';
const SERVERS = ['test/checks/policies/servers.test.ts'];
const PROCESSORS = ['test/checks/policies/processors.test.ts'];
const SECRETS = ['test/checks/credentials', 'test/secrets/contract.test.ts'];

/** What rules say of manifests, ours or not. */
export const CHECKS: readonly Mutant[] = [
  { name: 'most rules of a route', file: 'checks/room.ts', find: 'MOST_RULES = 15', replace: 'MOST_RULES = 16', judges: ['test/checks/routes/limits.test.ts'] },
  { name: 'largest weight', file: `${ROUTES}/weight-too-large.ts`, find: 'LARGEST = 1_000_000;', replace: 'LARGEST = 1_000_001;', judges: ['test/checks/routes/targets.test.ts'] },
  { name: 'retries that just reach the last level', file: `${ROUTES}/fallback-too-few-retries.ts`, find: 'shortage.retries < shortage.all &&', replace: 'shortage.retries < shortage.all - 1 &&', judges: ['test/checks/routes/fallbacks.test.ts'] },
  { name: 'a timeout that fits exactly', file: `${ROUTES}/timeout-too-short.ts`, find: 'attempts * perTryMs > requestMs', replace: 'attempts * perTryMs >= requestMs', judges: ['test/checks/routes/timeouts.test.ts', 'test/contract'] },
  { name: 'default timeout of the gateway', file: `${ROUTES}/timeout-too-short.ts`, find: 'DEFAULT_REQUEST_MS = 60_000', replace: 'DEFAULT_REQUEST_MS = 600_000', judges: ['test/checks/routes/timeouts.test.ts'] },
  { name: 'the second grant', file: `${ROUTES}/missing-grant.ts`, find: "from: { group: GATEWAY_API, kind: 'HTTPRoute', namespace: from }", replace: "from: { group: GATEWAY_API, kind: 'AIGatewayRoute', namespace: from }", judges: ['test/checks/routes/references.test.ts'] },
  { name: 'the TLS port', file: 'checks/rules/policies/connections/plaintext-to-tls-port.ts', find: 'TLS_PORT = 443', replace: 'TLS_PORT = 8443', judges: CONNECTIONS },
  { name: 'a port with TLS is told of', file: 'checks/rules/policies/connections/plaintext-to-tls-port.ts', find: '|| tls || policies', replace: '|| policies', judges: CONNECTIONS },
  { name: 'prefix of reserved Secrets', file: 'checks/secret-sources.ts', find: "startsWith('ai-eg-')", replace: "startsWith('ai-eg-bsp')", judges: ['test/checks/credentials/secrets.test.ts'] },
  { name: 'a header of callers that nobody looks for', file: 'checks/rules/credentials/callers/caller-credentials-forwarded.ts', find: "'api-key', 'cookie']", replace: "'cookie']", judges: ['test/checks/credentials/callers.test.ts'] },
  { name: 'smallest window of HTTP/2', file: `${GATEWAYS}/buffer-limit.ts`, find: "{ path: ['http2', 'initialStreamWindowSize'], least: 65_535,", replace: "{ path: ['http2', 'initialStreamWindowSize'], least: 65_534,", judges: OF_GATEWAYS },
  { name: 'largest buffer', file: `${GATEWAYS}/buffer-limit.ts`, find: "'bufferLimit'], least: 1, most: 2 ** 32 - 1", replace: "'bufferLimit'], least: 1, most: 2 ** 32", judges: OF_GATEWAYS },
  { name: 'an entry of the filter order with both', file: `${GATEWAYS}/filter-order.ts`, find: '(before === undefined) !== (after === undefined)', replace: 'before !== undefined || after !== undefined', judges: OF_GATEWAYS },
  { name: 'a filter behind another', file: 'checks/filter-order.ts', find: 'order.indexOf(after as string) + 1', replace: 'order.indexOf(after as string)', judges: PROCESSORS },
  { name: 'where authorization servers are asked', file: 'checks/filter-order.ts', find: "'ext_authz', 'api_key_auth', 'basic_auth', 'oauth2', 'jwt_authn',", replace: "'api_key_auth', 'basic_auth', 'oauth2', 'jwt_authn', 'ext_authz',", judges: PROCESSORS },
  { name: 'a processor without a buffer', file: 'checks/rules/policies/processors/processor-after-ai-filter.ts', find: 'if (isBuffered(graph, gateway, sectionName)) return undefined;', replace: 'if (gateway) return undefined;', judges: PROCESSORS },
  { name: 'a buffer of another listener', file: 'checks/rules/policies/processors/processor-after-ai-filter.ts', find: 'attachment.sectionName === undefined || attachment.sectionName === sectionName', replace: 'attachment', judges: PROCESSORS },
  { name: 'headers that go to a server by themselves', file: 'checks/rules/policies/processors/identity-after-ext-auth.ts', find: '(sent.length === 0 && at(extAuth, \'grpc\') !== undefined)', replace: 'sent.length === 0', judges: PROCESSORS },
  { name: 'another casing of a header', file: 'checks/rules/policies/processors/identity-after-ext-auth.ts', find: 'sent.includes(header.toLowerCase())', replace: 'sent.includes(header)', judges: PROCESSORS },
  { name: 'a way around by another rule', file: 'checks/rules/policies/processors/processor-on-route.ts', find: 'onRule && route.rules.length > 1', replace: 'onRule && route.rules.length > 2', judges: PROCESSORS },
  { name: 'an account of another name', file: `${GATEWAYS}/service-account-adopted.ts`, find: "'envoyServiceAccount', 'name'", replace: "'envoyServiceAccount'", judges: OF_GATEWAYS },
  { name: 'a retry too many', file: `${ROUTES}/fallback-repeats-level.ts`, find: 'fallback.rule.levels * attempts - 1', replace: 'fallback.rule.levels * attempts', judges: ['test/checks/routes/fallbacks.test.ts'] },
  { name: 'a policy for the longest fallback', file: `${ROUTES}/fallback-repeats-level.ts`, find: 'if (needed > (longest', replace: 'if (needed !== (longest', judges: ['test/checks/routes/fallbacks.test.ts'] },
  { name: 'retries of the gateway itself', file: 'checks/fallbacks.ts', find: 'DEFAULT_RETRIES = 2', replace: 'DEFAULT_RETRIES = 1', judges: ['test/checks/routes/fallbacks.test.ts'] },
  { name: 'another time to connect', file: `${ROUTES}/fallback-without-connect-timeout.ts`, find: "'timeout', 'tcp', 'connectTimeout'", replace: "'timeout', 'tcp'", judges: ['test/checks/routes/fallbacks.test.ts'] },
  { name: 'the shortest silence', file: `${ROUTES}/stream-idle-too-short.ts`, find: 'idle >= SHORTEST_MS', replace: 'idle > SHORTEST_MS', judges: ['test/checks/routes/timeouts.test.ts'] },
  { name: 'no limit on silence', file: `${ROUTES}/stream-idle-too-short.ts`, find: 'idle === 0 || ', replace: '', judges: ['test/checks/routes/timeouts.test.ts'] },
  { name: 'a field of another API', file: 'checks/rules/policies/mutations/body-field-of-openai.ts', find: "!== 'AWSBedrock'", replace: "!== 'AWSAnthropic'", judges: ['test/checks/policies/mutations.test.ts'] },
  { name: 'a field the model has elsewhere', file: 'checks/rules/policies/mutations/body-field-of-openai.ts', find: "top_p: 'inferenceConfig.topP'", replace: "top_p: 'inferenceConfig.top_p'", judges: ['test/checks/policies/mutations.test.ts'] },
  { name: 'costs of all routes of a gateway', file: `${TARGETS}/cost-key-unknown.ts`, find: "if (!add(keys, at(config.manifest, 'spec', 'globalLLMRequestCosts'))) return false;", replace: '', judges: SERVERS },
  { name: 'metadata of somebody else', file: 'checks/costs.ts', find: 'metadata.namespace !== METADATA || ', replace: '', judges: SERVERS },
  { name: 'costs of an answer', file: 'checks/costs.ts', find: "['request', 'response']", replace: "['request']", judges: SERVERS },
  { name: 'a Service without its port', file: `${TARGETS}/policy-server-port.ts`, find: "ports.some(given => given === port || typeof given !== 'number')", replace: 'ports.every(given => given !== port)', judges: SERVERS },
  { name: 'a port of pods', file: `${TARGETS}/policy-server-port.ts`, find: 'fields(given).port', replace: 'fields(given).targetPort', judges: SERVERS },
  { name: 'a key nobody reads beside one that is missing', file: 'secrets/contract.ts', find: 'extra.size > 0 && !unfound', replace: 'extra.size > 0', judges: SECRETS },
  { name: 'keys of another reader', file: 'checks/rules/credentials/secrets/secret-key-extra.ts', find: 'references.flatMap(reference => reference.contract.keys)', replace: 'references[0].contract.keys', judges: SECRETS },
  { name: 'a Secret whose keys are not all here', file: 'checks/rules/credentials/secrets/secret-key-extra.ts', find: ' || found.some(({ open }) => open)', replace: '', judges: SECRETS },
];

import { findingsInYaml } from '../harness';
import { all, APP, but, GATEWAY, PROVIDER, ROUTE } from '../manifests-of-an-app';

const BUFFER = `  connection: { bufferLimit: 50Mi }
  http2: { initialStreamWindowSize: 50Mi }
`;
const RETRY = `  retry:
    numRetries: 1
    numAttemptsPerPriority: 1
    perRetry: { timeout: 100s }
    retryOn: { triggers: [connect-failure, reset, retriable-status-codes], httpStatusCodes: [429, 500, 502, 503, 504] }
  timeout: { tcp: { connectTimeout: 5s } }
`;
const EXT_AUTH = '  extAuth: { grpc: { backendRefs: [{ name: opa, port: 9191 }] } }\n';
const EXT_PROC = '  extProc: [{ backendRefs: [{ name: guard, port: 9002 }], processingMode: { request: {} } }]\n';

const policy = (kind: string, name: string, target: string, settings: string) => `
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: ${kind}
metadata: { name: ${name}, namespace: ai }
spec:
  ${target}
${settings}`;
const select = (kind: string, selector = 'matchLabels: { team: search }') => `targetSelectors: [{ kind: ${kind}, ${selector} }]`;
const named = (kind: string, name: string) => `targetRefs: [{ group: gateway.networking.k8s.io, kind: ${kind}, name: ${name} }]`;

const labelled = (yaml: string, name: string, labels = '{ team: search }') => but(yaml, [`metadata: { name: ${name}, namespace: ai }`, `metadata: { name: ${name}, namespace: ai, labels: ${labels} }`]);
const SECOND = but(PROVIDER, ['name: openai', 'name: second']);
const LEVELS = but(ROUTE, ['[{ name: openai }]', '[{ name: openai, priority: 0 }, { name: second, priority: 1 }]']);
/** A gateway and a route with a fallback, both with the label. */
const TEAM = all(labelled(GATEWAY, 'public'), PROVIDER, SECOND, labelled(LEVELS, 'chat'));
const OTHER_ROUTE = but(ROUTE, ['name: chat', 'name: embed'], ['value: gpt-4o', 'value: embed']);
/** The Gateway alone, without a policy of its own. */
const LONE_GATEWAY = GATEWAY.slice(0, GATEWAY.indexOf('---'));

const of = (...yaml: readonly string[]) => findingsInYaml(all(...yaml)).map(({ message }) => message);
const codesOf = (...yaml: readonly string[]) => of(...yaml).map(message => /\[([A-Z0-9_]+)\]$/.exec(message)![1]);

describe('a policy that chooses by label counts like one that names its target', () => {
  test.each([
    ['matchLabels', 'matchLabels: { team: search }'],
    ['nothing, which is everything', 'matchLabels: {}'],
    ['several labels', 'matchLabels: { team: search }, matchExpressions: [{ key: team, operator: Exists }]'],
    ['a list', 'matchExpressions: [{ key: team, operator: In, values: [ads, search] }]'],
    ['what it must not have', 'matchExpressions: [{ key: legacy, operator: DoesNotExist }, { key: team, operator: NotIn, values: [ads] }]'],
    ['its own namespace', 'matchLabels: { team: search }, namespaces: { from: Same }'],
  ])('by %s', (_, selector) => {
    expect(codesOf(TEAM, policy('BackendTrafficPolicy', 'retries', select('HTTPRoute', selector), RETRY))).toEqual([]);
    // It is followed, so what it lacks is told of it.
    expect(of(TEAM, policy('BackendTrafficPolicy', 'retries', select('HTTPRoute', selector), but(RETRY, ['    numAttemptsPerPriority: 1\n', ''])))).toEqual([
      expect.stringMatching(/^'spec\.retry\.numAttemptsPerPriority' is missing.*\[FALLBACK_STAYS\]$/),
    ]);
  });

  test.each([
    ['another value', 'matchLabels: { team: ads }'],
    ['two labels, of which it has one', 'matchLabels: { team: search, tier: gold }'],
    ['a list', 'matchExpressions: [{ key: team, operator: In, values: [ads] }]'],
    ['what it must not have', 'matchExpressions: [{ key: team, operator: DoesNotExist }]'],
  ])('and not at all where it does not choose the target, by %s', (_, selector) => {
    expect(codesOf(TEAM, policy('BackendTrafficPolicy', 'retries', select('HTTPRoute', selector), RETRY))).toEqual(['FALLBACK_WITHOUT_RETRY']);
  });

  test('nothing is said where another namespace may be chosen', () => {
    const elsewhere = but(policy('BackendTrafficPolicy', 'retries', select('HTTPRoute', 'matchLabels: { team: search }, namespaces: { from: All }'), RETRY), ['namespace: ai', 'namespace: platform']);
    expect(findingsInYaml(all(TEAM, elsewhere)).filter(({ code }) => code !== 'UNKNOWN_FIELD')).toEqual([]);
  });

  test('nothing is said where a label is known only later', () => {
    const retries = policy('BackendTrafficPolicy', 'retries', select('HTTPRoute', 'matchLabels: { team: blue }'), '  mergeType: StrategicMerge\n');
    const later = '{ team: "${Token[TOKEN.1]}" }';
    expect(codesOf(TEAM, retries)).toEqual(['FALLBACK_WITHOUT_RETRY']);
    expect(codesOf(all(labelled(GATEWAY, 'public'), PROVIDER, SECOND, labelled(LEVELS, 'chat', later)), retries)).toEqual([]);
    expect(codesOf(TEAM, but(retries, ['team: blue', 'team: "${Token[TOKEN.1]}"']))).toEqual([]);
  });

  test('a route with a policy of its own by label is not judged by that of the Gateway', () => {
    const ofGateway = policy('BackendTrafficPolicy', 'public', named('Gateway', 'public'), but(RETRY, ['    numAttemptsPerPriority: 1\n', '']));
    const merging = policy('BackendTrafficPolicy', 'retries', select('HTTPRoute'), `  mergeType: StrategicMerge\n${RETRY}`);
    expect(codesOf(TEAM, ofGateway)).toEqual(['FALLBACK_STAYS']);
    expect(codesOf(TEAM, ofGateway, merging)).toEqual([]);
  });

  test('retries of a Gateway are no matter of a route that has others', () => {
    const single = all(labelled(GATEWAY, 'public'), PROVIDER, labelled(ROUTE, 'chat'));
    const merging = policy('BackendTrafficPolicy', 'retries', select('HTTPRoute'), '  mergeType: StrategicMerge\n  retry: { numRetries: 0 }\n');
    expect(codesOf(single, policy('BackendTrafficPolicy', 'public', select('Gateway'), RETRY))).toEqual(['GATEWAY_RETRIES']);
    expect(codesOf(single, policy('BackendTrafficPolicy', 'public', select('Gateway'), RETRY), merging)).toEqual([]);
  });

  test('limits of connections are those of the chosen Gateway', () => {
    const app = (selector: string, settings: string) => codesOf(labelled(LONE_GATEWAY, 'public'), PROVIDER, ROUTE, policy('ClientTrafficPolicy', 'limits', select('Gateway', selector), settings));
    expect(app('matchLabels: { team: search }', BUFFER)).toEqual([]);
    expect(app('matchLabels: { team: ads }', BUFFER)).toEqual(['NO_BUFFER_LIMIT']);
    expect(app('matchLabels: { team: search }', '  http2: { initialStreamWindowSize: 50Mi }\n')).toEqual(['NO_BUFFER_LIMIT']);
  });

  test('a window of HTTP/2 is missed', () => {
    const https = '[{ name: https, port: 443, protocol: HTTPS, tls: { certificateRefs: [{ name: cert }] } }]';
    const gateway = but(labelled(LONE_GATEWAY, 'public'), ['[{ name: http, port: 80, protocol: HTTP }]', https]);
    expect(codesOf(gateway, PROVIDER, ROUTE, policy('ClientTrafficPolicy', 'limits', select('Gateway'), '  connection: { bufferLimit: 50Mi }\n'))).toEqual(['HTTP2_WINDOW_UNSET']);
  });

  test('a timeout for many routes may have effect on others', () => {
    const timeout = '  timeout: { http: { requestTimeout: 30s } }\n';
    expect(codesOf(labelled(APP, 'chat'), policy('BackendTrafficPolicy', 'timeouts', select('HTTPRoute'), timeout))).toEqual([]);
    expect(codesOf(APP, policy('BackendTrafficPolicy', 'timeouts', named('HTTPRoute', 'chat'), timeout))).toEqual(['POLICY_TIMEOUT_IGNORED']);
  });

  test('a key of a limit may be that of a route elsewhere', () => {
    const limit = `  rateLimit:
    type: Global
    global:
      rules:
        - limit: { requests: 1000, unit: Hour }
          cost: { request: { from: Number, number: 0 }, response: { from: Metadata, metadata: { namespace: io.envoy.ai_gateway, key: total } } }
`;
    expect(codesOf(APP, policy('BackendTrafficPolicy', 'limit', `${named('HTTPRoute', 'chat')}\n  ${select('HTTPRoute')}`, limit))).toEqual([]);
    expect(codesOf(APP, policy('BackendTrafficPolicy', 'limit', named('HTTPRoute', 'chat'), limit))).toEqual(['COST_KEY_UNKNOWN']);
  });
});

describe('servers that are asked', () => {
  const both = all(GATEWAY, PROVIDER, labelled(ROUTE, 'chat'), labelled(OTHER_ROUTE, 'embed'));

  test.each([['SecurityPolicy', EXT_AUTH], ['EnvoyExtensionPolicy', EXT_PROC]])('all routes by label, with a %s, leave no way around', (kind, settings) => {
    expect(codesOf(both, policy(kind, 'guard', select('HTTPRoute'), settings))).toEqual([]);
    expect(codesOf(both, policy(kind, 'guard', named('HTTPRoute', 'chat'), settings), policy(kind, 'rest', select('HTTPRoute', 'matchLabels: { team: none }'), settings))).toEqual(['PROCESSOR_ON_ROUTE']);
    expect(codesOf(labelled(GATEWAY, 'public'), PROVIDER, ROUTE, OTHER_ROUTE, policy(kind, 'all', select('Gateway'), settings))).toEqual([]);
  });

  test('some of the routes are told once', () => {
    const third = but(OTHER_ROUTE, ['name: embed', 'name: open'], ['value: embed', 'value: open']);
    expect(of(both, third, policy('SecurityPolicy', 'guard', select('HTTPRoute'), EXT_AUTH))).toEqual([
      expect.stringMatching(/^'spec\.targetSelectors\[0\]' guards this route alone, while AIGatewayRoute "ai\/open" is open: .*got "chat"; put the policy on the Gateway \[PROCESSOR_ON_ROUTE\]$/),
    ]);
  });

  test('a processor of bodies comes after the AI filter wherever its Gateway is from', () => {
    const bodies = but(EXT_PROC, ['request: {}', 'request: { body: Buffered }']);
    expect(codesOf(labelled(APP, 'public'), policy('EnvoyExtensionPolicy', 'guard', select('Gateway'), bodies))).toEqual(['PROCESSOR_AFTER_AI_FILTER']);
  });

  test('who asks is known too late on a chosen Gateway too', () => {
    const identity = `  apiKeyAuth: { credentialRefs: [{ name: keys }], extractFrom: [{ headers: [authorization] }], forwardClientIDHeader: x-user }\n${EXT_AUTH}`;
    expect(codesOf(labelled(APP, 'public'), policy('SecurityPolicy', 'guard', select('Gateway'), identity))).toEqual(['IDENTITY_AFTER_EXT_AUTH']);
  });
});

describe('policies that exclude each other', () => {
  const gateway = policy('BackendTrafficPolicy', 'public', select('Gateway'), '  requestBuffer: { limit: 50Mi }\n');

  test('a chosen route loses what its chosen Gateway has, which is told once for all routes', () => {
    const routes = all(labelled(GATEWAY, 'public'), PROVIDER, labelled(ROUTE, 'chat'), labelled(OTHER_ROUTE, 'embed'));
    const circuit = '  circuitBreaker: { maxConnections: 10 }\n';
    expect(of(routes, gateway, policy('BackendTrafficPolicy', 'breaker', select('HTTPRoute'), circuit))).toEqual([
      expect.stringMatching(/^'spec\.targetSelectors\[0\]' makes BackendTrafficPolicy "ai\/public" of the Gateway void for this route, got "chat"; .*\[POLICY_REPLACES_GATEWAY_POLICY\]$/),
    ]);
    expect(codesOf(routes, gateway, policy('BackendTrafficPolicy', 'breaker', select('HTTPRoute'), `  mergeType: StrategicMerge\n${circuit}`))).toEqual([]);
  });

  test('one for all and one for a single route are in conflict, and nothing else is said of their settings', () => {
    const single = policy('BackendTrafficPolicy', 'chat', named('HTTPRoute', 'chat'), RETRY);
    const general = policy('BackendTrafficPolicy', 'all', select('HTTPRoute'), '  circuitBreaker: { maxConnections: 10 }\n');
    expect(of(TEAM, single, general)).toEqual([
      expect.stringMatching(/^'spec\.targetSelectors\[0\]' chooses what BackendTrafficPolicy "ai\/chat" is on already, got "chat"; .*choose by a label that it does not have \[POLICY_CONFLICT\]$/),
    ]);
    expect(codesOf(TEAM, single, but(general, ['team: search', 'team: ads']))).toEqual([]);
  });

  test('one that names what it chooses is no conflict', () => {
    expect(codesOf(TEAM, policy('BackendTrafficPolicy', 'chat', `${named('HTTPRoute', 'chat')}\n  ${select('HTTPRoute')}`, RETRY))).toEqual([]);
  });
});

test('a selector that chooses nothing is told where everything is known', () => {
  const idle = policy('BackendTrafficPolicy', 'retries', select('HTTPRoute', 'matchLabels: { team: serach }'), RETRY);
  const told = (complete: readonly string[], ...yaml: readonly string[]) => findingsInYaml(all(...yaml), { complete })
    .filter(({ code }) => code === 'POLICY_TARGET_MISSING').map(({ message }) => message);
  expect(told(['ai'], TEAM, idle)).toEqual([
    "'spec.targetSelectors[0]' chooses no HTTPRoute of namespace \"ai\"; correct its labels, or those of the target [POLICY_TARGET_MISSING]",
  ]);
  expect(told([], TEAM, idle)).toEqual([]);
  expect(told(['ai'], TEAM, but(idle, ['serach', 'search']))).toEqual([]);
  expect(told(['ai'], TEAM, but(idle, ['kind: HTTPRoute', 'kind: GRPCRoute']))).toEqual([]);
});

import { JsonPatch } from 'cdk8s';
import { exact, gateway, inProgram, inYaml, Json, LEVELS, policy, provider, PROVIDERS, RETRY, route, rule, says, Setting } from './fixtures';
import { Checks, Traffic } from '../../../src';

const LEVELLED = rule({ backendRefs: LEVELS });
const THREE = rule({ backendRefs: [...LEVELS, { name: 'c', priority: 5 }] });
const ROUTE = [...PROVIDERS, gateway(), route([LEVELLED])];
const RETRY_PATH = '/spec/retry';

/** A route with a fallback whose policy is patched. */
function patched(...patches: JsonPatch[]) {
  return inProgram(({ gateway: g, a, b }) => {
    g.addModel('m', a.model().fallbackTo(b.model())).trafficPolicy!.addJsonPatch(...patches);
  });
}

/** The retry of the fixtures with other values; undefined removes one. */
function retry(fields: Json): Json {
  return { retry: { ...RETRY, ...fields } };
}

test('fallbacks of our own have no finding', () => {
  expect(inProgram(({ gateway: g, a, b }: Setting) => {
    g.addModel('two', a.model().fallbackTo(b.model()));
    g.addModel('three', a.model('x').fallbackTo(a.model('y')).fallbackTo(b.model()), { failover: { attemptsPerLevel: 3, statusCodes: [500] } });
    g.addModel('split', Traffic.split([{ to: a.model('x'), weight: 1 }, { to: a.model('y'), weight: 1 }]).fallbackTo(b.model()));
    g.addModel('retried', a.model(), { retries: 2 });
  })).toEqual([]);
  expect(inYaml([...ROUTE, policy({ retry: RETRY })])).toEqual([]);
});

describe('FALLBACK_WITHOUT_RETRY', () => {
  test('no policy at all: an error where the gateway is here, a warning where it is not', () => {
    expect(inYaml(ROUTE)).toMatchObject([
      { code: 'FALLBACK_WITHOUT_RETRY', severity: 'error', ...says(/^'spec\.rules\[0\]\.backendRefs' has 2 levels, but no BackendTrafficPolicy.*HTTPRoute "route" with .*numRetries: 1/) },
    ]);
    expect(inYaml([...PROVIDERS, route([LEVELLED])])).toMatchObject([{ code: 'FALLBACK_WITHOUT_RETRY', severity: 'warning' }]);
  });

  test('a policy without retry', () => {
    expect(patched(JsonPatch.remove(RETRY_PATH), JsonPatch.remove('/spec/healthCheck'))).toMatchObject([
      { code: 'FALLBACK_WITHOUT_RETRY', severity: 'error', path: 'test/gateway/m', ...says("'target' has 2 levels, but test/gateway/m/TrafficPolicy has no retry") },
    ]);
    expect(patched(JsonPatch.remove(RETRY_PATH))).toMatchObject([{ code: 'FALLBACK_WITHOUT_RETRY', severity: 'warning', ...says('only checks health') }]);
  });

  test('a policy on the gateway, merged or alone, helps; a replaced one does not', () => {
    const onGateway = policy({ retry: RETRY }, { kind: 'Gateway', name: 'gateway' }, 'gateway');
    expect(inYaml([...ROUTE, onGateway])).toEqual([]);
    expect(inYaml([...ROUTE, onGateway, policy({ mergeType: 'StrategicMerge', timeout: { tcp: { connectTimeout: '3s' } } })])).toEqual([]);
    expect(inYaml([...ROUTE, onGateway, policy({ timeout: { tcp: { connectTimeout: '3s' } } })])).toMatchObject([{ code: 'FALLBACK_WITHOUT_RETRY', severity: 'error' }]);
  });

  test('a policy for a listener of the gateway counts where the route may be on it', () => {
    const onListener = policy({ retry: RETRY }, { kind: 'Gateway', name: 'gateway', sectionName: 'http' }, 'gateway');
    const at = (sectionName?: string) => inYaml([
      ...PROVIDERS, gateway(), onListener, route([LEVELLED], { parentRefs: [{ name: 'gateway', sectionName }] }),
    ]).map(({ code }) => code);
    expect(at()).toEqual([]);
    expect(at('http')).toEqual([]);
    expect(at('https')).toEqual(['FALLBACK_WITHOUT_RETRY', 'LISTENER_REFUSES_ROUTE']);
  });

  test('a policy for another rule or route does not help', () => {
    const named = route([{ name: 'first', ...LEVELLED }]);
    const forRule = (sectionName: string) => inYaml([
      ...PROVIDERS, gateway(), named, policy({ retry: RETRY }, { sectionName }),
    ]).map(({ code }) => code);
    expect(forRule('first')).toEqual([]);
    expect(forRule('second')).toEqual(['FALLBACK_WITHOUT_RETRY', 'POLICY_RULE_UNKNOWN']);
    expect(inYaml([...ROUTE, policy({ retry: RETRY }, { name: 'other' })])).toMatchObject([{ code: 'FALLBACK_WITHOUT_RETRY' }]);
  });

  test('a policy that chooses by label is the one', () => {
    const selecting = (team: string) => ({
      apiVersion: 'gateway.envoyproxy.io/v1alpha1', kind: 'BackendTrafficPolicy', metadata: { name: 'p', namespace: 'ai' },
      spec: { targetSelectors: [{ kind: 'HTTPRoute', matchLabels: { team } }], retry: RETRY, timeout: { tcp: { connectTimeout: '3s' } } },
    });
    const labelled: any = route([LEVELLED]);
    labelled.metadata.labels = { team: 'red' };
    expect(inYaml([...PROVIDERS, gateway(), labelled, selecting('red')])).toEqual([]);
    expect(inYaml([...PROVIDERS, gateway(), labelled, selecting('blue')])).toMatchObject([{ code: 'FALLBACK_WITHOUT_RETRY' }]);
  });

  test('a level without traffic is none, equal priorities are no levels', () => {
    expect(inYaml([...PROVIDERS, gateway(), route([rule({ backendRefs: [{ name: 'a' }, { name: 'b' }] })])])).toEqual([]);
    expect(inYaml([...PROVIDERS, gateway(), route([rule({ backendRefs: [{ name: 'a' }, { name: 'b', priority: 1, weight: 0 }] })])])).toMatchObject([{ code: 'NO_TRAFFIC' }]);
  });
});

describe('FALLBACK_STAYS', () => {
  test('retries without attempts per priority', () => {
    expect(patched(JsonPatch.remove(`${RETRY_PATH}/numAttemptsPerPriority`))).toMatchObject([
      { code: 'FALLBACK_STAYS', severity: 'error', ...says('no request reaches a fallback in spec.rules[0] of test/gateway/m') },
    ]);
    expect(inYaml([...ROUTE, policy(retry({ numAttemptsPerPriority: undefined }))])).toMatchObject([
      { code: 'FALLBACK_STAYS', ...says("'spec.retry.numAttemptsPerPriority' is missing") },
    ]);
    expect(inYaml([...ROUTE, policy(retry({ numAttemptsPerPriority: 0 }))])).toMatchObject([{ code: 'FALLBACK_STAYS' }]);
  });

  test('a policy for many routes is reported once', () => {
    const onGateway = policy(retry({ numAttemptsPerPriority: undefined }), { kind: 'Gateway', name: 'gateway' });
    expect(inYaml([...ROUTE, route([{ ...LEVELLED, matches: THREE.matches }], { name: 'other', hostnames: ['one.example.com'] }), onGateway])).toHaveLength(1);
  });
});

describe('FALLBACK_TOO_FEW_RETRIES', () => {
  test('the last level is never tried', () => {
    expect(patched(JsonPatch.replace(`${RETRY_PATH}/numRetries`, 0))).toMatchObject([
      { code: 'FALLBACK_TOO_FEW_RETRIES', severity: 'error', ...says(/'retries' is too small for the 2 levels of spec\.rules\[0\] of test\/gateway\/m: the last one is never tried, got 0; set it to 1/) },
    ]);
    const three = (numRetries?: number) => inYaml([...PROVIDERS, gateway(), route([THREE]), policy(retry({ numRetries }))]);
    expect(three(1)).toMatchObject([{ code: 'FALLBACK_TOO_FEW_RETRIES', ...says("'spec.retry.numRetries' is too small for the 3 levels") }]);
    expect(three(2)).toEqual([]);
    expect(three()).toEqual([]);
  });

  test('the last level gets fewer attempts', () => {
    const two = (numRetries: number) => inYaml([...ROUTE, policy(retry({ numRetries, numAttemptsPerPriority: 2 }))]);
    expect(two(1)).toMatchObject([{ code: 'FALLBACK_TOO_FEW_RETRIES', severity: 'error' }]);
    expect(two(2)).toMatchObject([{ code: 'FALLBACK_TOO_FEW_RETRIES', severity: 'warning', ...says('fewer attempts') }]);
    expect(two(3)).toEqual([]);
  });

  test('a policy is reported once, for the rule that needs most', () => {
    expect(inYaml([...PROVIDERS, gateway(), route([LEVELLED, { ...THREE, matches: [{ headers: [{ name: 'x-ai-eg-model', value: 'n' }] }] }]), policy(retry({ numRetries: 0 }))]))
      .toMatchObject([{ code: 'FALLBACK_TOO_FEW_RETRIES', ...says('set it to 2') }]);
  });
});

describe('RETRY_CODES_IGNORED', () => {
  const on = (httpStatusCodes?: number[], triggers?: string[]) => inYaml([policy(retry({ retryOn: { httpStatusCodes, triggers } }))]);

  test('codes without the trigger that makes them count', () => {
    expect(on([429, 503], ['connect-failure', 'reset'])).toMatchObject([
      { code: 'RETRY_CODES_IGNORED', severity: 'error', ...says(/^'spec\.retry\.retryOn\.triggers' does not have retriable-status-codes, so .* not retried: 429, 503/) },
    ]);
    expect(on([429, 503], ['connect-failure', 'reset', 'retriable-status-codes'])).toEqual([]);
    expect(patched(JsonPatch.remove(`${RETRY_PATH}/retryOn/triggers/2`))).toMatchObject([{ code: 'RETRY_CODES_IGNORED', ...says('429, 500') }]);
  });

  test('other triggers cover some codes, and without triggers codes count', () => {
    expect(on([429, 500], ['5xx'])).toMatchObject([{ ...says('not retried: 429') }]);
    expect(on([500, 502], ['gateway-error'])).toMatchObject([{ ...says('not retried: 500') }]);
    expect(on([500, 503], ['5xx'])).toEqual([]);
    expect(on([429])).toEqual([]);
    expect(on(undefined, ['reset'])).toEqual([]);
  });
});

describe('FALLBACK_REPEATS_LEVEL', () => {
  test('more retries than there are levels', () => {
    expect(patched(JsonPatch.replace(`${RETRY_PATH}/numRetries`, 2))).toMatchObject([
      { code: 'FALLBACK_REPEATS_LEVEL', severity: 'warning', ...says(/'retries' is too large and sends requests back to levels of spec\.rules\[0\] of test\/gateway\/m that failed already, got 2; set it to 1/) },
    ]);
    const two = (fields: Json) => inYaml([...ROUTE, policy(retry(fields))]);
    expect(two({ numRetries: 4, numAttemptsPerPriority: 2 })).toMatchObject([{ code: 'FALLBACK_REPEATS_LEVEL', ...says("'spec.retry.numRetries'") }]);
    expect(two({ numRetries: undefined })).toMatchObject([{ code: 'FALLBACK_REPEATS_LEVEL', ...says('is 2 by default, which sends requests back') }]);
    expect(two({ numRetries: 3, numAttemptsPerPriority: 2 })).toEqual([]);
    expect(two({ numRetries: 5, numAttemptsPerPriority: undefined })).toMatchObject([{ code: 'FALLBACK_STAYS' }]);
  });

  test('a policy on a gateway is for the rule with the most levels', () => {
    const onGateway = (numRetries: number) => inYaml([
      ...ROUTE, route([{ ...THREE, matches: [exact('n')] }], { name: 'other' }), policy(retry({ numRetries }), { kind: 'Gateway', name: 'gateway' }),
    ]);
    expect(onGateway(2)).toEqual([]);
    // Wherever that rule stands.
    expect(inYaml([
      route([{ ...THREE, matches: [exact('n')] }], { name: 'other' }), ...ROUTE, policy(retry({ numRetries: 2 }), { kind: 'Gateway', name: 'gateway' }),
    ])).toEqual([]);
    expect(onGateway(3)).toMatchObject([{ code: 'FALLBACK_REPEATS_LEVEL', ...says('test/doc-11 that failed already') }]);
  });
});

describe('FALLBACK_WITHOUT_CONNECT_TIMEOUT', () => {
  test('a provider that cannot be reached is waited for', () => {
    expect(patched(JsonPatch.remove('/spec/timeout/tcp/connectTimeout'))).toMatchObject([
      { code: 'FALLBACK_WITHOUT_CONNECT_TIMEOUT', severity: 'warning', ...says("'failover.connectTimeout' is not set, so a provider of spec.rules[0] of test/gateway/m that cannot be reached is waited for 10s") },
    ]);
    expect(inYaml([...ROUTE, policy({ retry: RETRY, timeout: undefined })])).toMatchObject([
      { code: 'FALLBACK_WITHOUT_CONNECT_TIMEOUT', ...says("'spec.timeout.tcp.connectTimeout' is not set") },
    ]);
    expect(inYaml([...ROUTE, policy({ retry: RETRY })])).toEqual([]);
  });

  test('the one of a policy on the gateway holds where the policies merge', () => {
    const onGateway = policy({}, { kind: 'Gateway', name: 'gateway' }, 'gateway');
    expect(inYaml([...ROUTE, onGateway, policy({ mergeType: 'StrategicMerge', retry: RETRY, timeout: undefined })])).toEqual([]);
  });
});

describe('FALLBACK_MISSES_FAILURES', () => {
  const on = (retryOn?: Json) => inYaml([...ROUTE, policy(retry({ retryOn }))]);
  const CODES = [500, 503];

  test.each<[string, Json | undefined, string]>([
    ['nothing', undefined, 'after status 429, status 500, a connection that breaks or stays silent;'],
    ['codes only', { httpStatusCodes: CODES }, 'after a connection that breaks or stays silent;'],
    ['5xx only', { triggers: ['5xx'] }, 'after status 429;'],
    ['gateway-error only', { triggers: ['gateway-error'] }, 'after status 429, status 500;'],
    ['status codes only', { httpStatusCodes: CODES, triggers: ['retriable-status-codes'] }, 'after a refused connection, a connection that breaks or stays silent;'],
    ['refused connections only', { httpStatusCodes: CODES, triggers: ['retriable-status-codes', 'connect-failure'] }, 'after a connection that breaks or stays silent;'],
  ])('%s', (_, retryOn, message) => {
    expect(on(retryOn)).toMatchObject([{ code: 'FALLBACK_MISSES_FAILURES', severity: 'warning', ...says(message) }]);
  });

  test('is clean with codes and triggers, and found on our own policy', () => {
    expect(on({ httpStatusCodes: CODES, triggers: ['reset', 'retriable-status-codes'] })).toEqual([]);
    expect(inProgram(({ gateway: g, a, b }) => { g.addModel('m', a.model().fallbackTo(b.model()), { failover: { statusCodes: [] } }); })).toMatchObject([
      { code: 'FALLBACK_MISSES_FAILURES', path: 'test/gateway/m/TrafficPolicy', ...says("'spec.retry.retryOn' does not try the next level") },
    ]);
  });
});

describe('FALLBACK_WITHOUT_PER_TRY_TIMEOUT', () => {
  test('nothing limits one attempt', () => {
    expect(patched(JsonPatch.remove(`${RETRY_PATH}/perRetry`))).toMatchObject([{ code: 'FALLBACK_WITHOUT_PER_TRY_TIMEOUT', severity: 'warning', ...says("'failover.perTryTimeout' is not set") }]);
    expect(inYaml([...ROUTE, policy(retry({ perRetry: { timeout: '0s' } }))])).toMatchObject([
      { code: 'FALLBACK_WITHOUT_PER_TRY_TIMEOUT', ...says(/'spec\.retry\.perRetry\.timeout' is not set.*got "0s"/) },
    ]);
    expect(inYaml([...ROUTE, policy(retry({ perRetry: { timeout: '30s' } }))])).toEqual([]);
  });
});

describe('EJECTION_IMPOSSIBLE', () => {
  const check = (passive: Json) => ({ retry: RETRY, healthCheck: { passive: { consecutive5XxErrors: 3, ...passive } } });

  test('10 percent of two hosts are none', () => {
    expect(patched(JsonPatch.remove('/spec/healthCheck/passive/maxEjectionPercent'))).toMatchObject([
      { code: 'EJECTION_IMPOSSIBLE', severity: 'error', ...says("'spec.healthCheck.passive.maxEjectionPercent' is 10 by default, which never takes out a provider of spec.rules[0] of test/gateway/m (2 hosts)") },
    ]);
    expect(inYaml([...ROUTE, policy(check({ maxEjectionPercent: 49 }))])).toMatchObject([{ code: 'EJECTION_IMPOSSIBLE', ...says('is too low and never takes out') }]);
    expect(inYaml([...ROUTE, policy(check({ maxEjectionPercent: 50 }))])).toEqual([]);
    expect(inYaml([...ROUTE, policy(check({ alwaysEjectOneEndpoint: true }))])).toEqual([]);
  });

  test('all hosts of the first level must be able to go', () => {
    const endpoints = ['one', 'two'].map(name => ({ fqdn: { hostname: `${name}.example.com`, port: 443 } }));
    const big = (maxEjectionPercent: number) => inYaml([
      ...provider('a', { backend: { endpoints } }), ...provider('b'), gateway(), route([LEVELLED]), policy(check({ maxEjectionPercent })),
    ]);
    expect(big(50)).toMatchObject([{ code: 'EJECTION_IMPOSSIBLE', ...says('(3 hosts)') }]);
    expect(big(100)).toEqual([]);
  });

  test('one provider alone has nothing to be taken out for', () => {
    expect(inYaml([...PROVIDERS, gateway(), route([rule()]), policy(check({}))])).toEqual([]);
  });
});

describe('EJECTION_IGNORES_SILENCE', () => {
  test('attempts that time out no longer count', () => {
    const path = '/spec/healthCheck/passive/splitExternalLocalOriginErrors';
    expect(patched(JsonPatch.add(path, true))).toMatchObject([
      { code: 'EJECTION_IGNORES_SILENCE', severity: 'warning', ...says("'spec.healthCheck.passive.splitExternalLocalOriginErrors' keeps a silent provider of spec.rules[0]") },
    ]);
    expect(patched(JsonPatch.add(path, false))).toEqual([]);
    const check = (splitExternalLocalOriginErrors: boolean) => ({
      retry: RETRY,
      healthCheck: { passive: { maxEjectionPercent: 100, splitExternalLocalOriginErrors } },
    });
    expect(inYaml([...ROUTE, policy(check(true))])).toMatchObject([{ code: 'EJECTION_IGNORES_SILENCE' }]);
    expect(inYaml([...ROUTE, policy(check(false))])).toEqual([]);
  });

  test('a single one is enough where one counts', () => {
    const passive = (consecutiveLocalOriginFailures: number) => inYaml([...ROUTE, policy({
      retry: RETRY, healthCheck: { passive: { maxEjectionPercent: 100, splitExternalLocalOriginErrors: true, consecutiveLocalOriginFailures } },
    })]);
    expect(passive(2)).toMatchObject([{ code: 'EJECTION_IGNORES_SILENCE', ...says('remove it, or set consecutiveLocalOriginFailures to 1') }]);
    expect(passive(1)).toEqual([]);
  });
});

describe('PREFER_LOCAL', () => {
  test('breaks rules with several backends', () => {
    const zones = { retry: RETRY, loadBalancer: { type: 'RoundRobin', zoneAware: { preferLocal: { force: {} } } } };
    expect(inYaml([...ROUTE, policy(zones)])).toMatchObject([
      { code: 'PREFER_LOCAL', severity: 'error', ...says("'spec.loadBalancer.zoneAware.preferLocal' breaks the priorities and weights of spec.rules[0]") },
    ]);
    expect(inYaml([...ROUTE, policy({ retry: RETRY, loadBalancer: { type: 'RoundRobin' } })])).toEqual([]);
    expect(inYaml([...PROVIDERS, gateway(), route([rule()]), policy(zones)])).toEqual([]);
    expect(patched(JsonPatch.add('/spec/loadBalancer', zones.loadBalancer))).toMatchObject([{ code: 'PREFER_LOCAL', path: 'test/gateway/m/TrafficPolicy' }]);
  });
});

test('what an author acknowledges is not repeated', () => {
  expect(inProgram(({ gateway: g, a, b }) => {
    const made = g.addModel('m', a.model().fallbackTo(b.model()), { failover: { statusCodes: [] } });
    Checks.acknowledge(made, 'FALLBACK_MISSES_FAILURES', 'only broken connections are to fall over');
  })).toEqual([]);
});

import { ApiObject, Duration, JsonPatch } from 'cdk8s';
import { gateway, inProgram, inYaml, Json, LEVELS, policy, PROVIDERS, RETRY, route, rule, says } from './fixtures';

const timeouts = (fields: Json, more: Json = {}) => inYaml([...PROVIDERS, gateway(), route([rule({ timeouts: fields, ...more })])]);

describe('DEFAULT_TIMEOUT', () => {
  test('a rule without timeout', () => {
    const { timeouts: _, ...none } = rule();
    expect(inYaml([...PROVIDERS, gateway(), route([none])])).toMatchObject([
      { code: 'DEFAULT_TIMEOUT', severity: 'warning', ...says("'spec.rules[0].timeouts.request' is not set, so answers and streams are cut after 60s") },
    ]);
    expect(timeouts({ request: '0s' })).toEqual([]);
    expect(inProgram(({ gateway: g, a }) => {
      ApiObject.of(g.addModel('m', a.model())).addJsonPatch(JsonPatch.remove('/spec/rules/0/timeouts'));
    })).toMatchObject([{ code: 'DEFAULT_TIMEOUT', path: 'test/gateway/m', ...says("'timeout' is not set") }]);
  });
});

describe('TIMEOUT_TOO_SHORT', () => {
  test('a request that ends before the last level is tried', () => {
    const program = (seconds: number) => inProgram(({ gateway: g, a, b }) => {
      g.addModel('m', a.model().fallbackTo(b.model()), { timeout: Duration.seconds(seconds), failover: { perTryTimeout: Duration.seconds(20) } });
    });
    expect(program(30)).toMatchObject([
      { code: 'TIMEOUT_TOO_SHORT', severity: 'error', path: 'test/gateway/m', ...says('\'timeout\' is shorter than 2 attempts of 20s each, got "30s"; use at least 40s') },
    ]);
    expect(program(40)).toEqual([]);
    expect(program(0)).toEqual([]);
  });

  const chain = (request: string | undefined, retry: Json = RETRY, refs: Json[] = LEVELS) => inYaml([
    ...PROVIDERS, gateway(), route([rule({ backendRefs: refs, timeouts: { request } })]), policy({ retry }),
  ]);

  test('in raw manifests, with the default of the gateway too', () => {
    expect(chain('1m')).toEqual([]);
    expect(chain('59s999ms')).toMatchObject([{ code: 'TIMEOUT_TOO_SHORT', ...says("'spec.rules[0].timeouts.request' is shorter than 2 attempts of 30s each") }]);
    expect(chain(undefined, { ...RETRY, perRetry: { timeout: '31s' } })).toMatchObject([
      { code: 'TIMEOUT_TOO_SHORT', ...says('is not set, and the 60s of the gateway are shorter than 2 attempts of 31s each; use at least 62s') },
    ]);
    expect(chain('${Token[TIME.1]}')).toEqual([]);
    expect(chain('soon')).toEqual([]);
  });

  test('without a fallback the last repetitions are lost', () => {
    const one = (request: string) => chain(request, { ...RETRY, numRetries: 2, numAttemptsPerPriority: undefined }, [{ name: 'a' }]);
    expect(one('60s')).toMatchObject([{ code: 'TIMEOUT_TOO_SHORT', severity: 'warning', ...says('3 attempts of 30s') }]);
    expect(one('30s')).toMatchObject([{ code: 'TIMEOUT_TOO_SHORT', severity: 'error' }]);
    expect(one('90s')).toEqual([]);
  });
});

describe('BACKEND_REQUEST_TIMEOUT', () => {
  test('cuts the whole request', () => {
    expect(timeouts({ request: '300s', backendRequest: '60s' })).toMatchObject([
      { code: 'BACKEND_REQUEST_TIMEOUT', severity: 'error', ...says('\'spec.rules[0].timeouts.backendRequest\' limits the whole request with all of its attempts, not one attempt, got "60s"') },
    ]);
    expect(timeouts({ request: '300s', backendRequest: '5m' })).toEqual([]);
    expect(inProgram(({ gateway: g, a }) => {
      ApiObject.of(g.addModel('m', a.model())).addJsonPatch(JsonPatch.add('/spec/rules/0/timeouts/backendRequest', '60s'));
    })).toMatchObject([{ code: 'BACKEND_REQUEST_TIMEOUT', path: 'test/gateway/m' }]);
  });
});

describe('POLICY_TIMEOUT_IGNORED', () => {
  test('the timeout of a policy', () => {
    const timed = policy({ timeout: { http: { requestTimeout: '600s' } } });
    expect(inYaml([...PROVIDERS, gateway(), route([rule()]), timed])).toMatchObject([
      { code: 'POLICY_TIMEOUT_IGNORED', severity: 'warning', ...says(/'spec\.timeout\.http\.requestTimeout' has no effect on test\/doc-10, .*got "600s"/) },
    ]);
    expect(inYaml([timed])).toEqual([]);
    expect(inYaml([...PROVIDERS, gateway(), route([rule()]), policy({ timeout: { tcp: { connectTimeout: '3s' } } })])).toEqual([]);
    const program = (...patches: JsonPatch[]) => inProgram(({ gateway: g, a, b }) => {
      g.addModel('m', a.model().fallbackTo(b.model())).trafficPolicy!.addJsonPatch(...patches);
    });
    expect(program(JsonPatch.add('/spec/timeout/http', { requestTimeout: '600s' }))).toMatchObject([{ code: 'POLICY_TIMEOUT_IGNORED', path: 'test/gateway/m/TrafficPolicy' }]);
    expect(program()).toEqual([]);
  });
});

describe('STREAM_IDLE_NOT_SHORTER', () => {
  test('a limit that never takes effect', () => {
    const program = (seconds: number) => inProgram(({ gateway: g, a }) => {
      g.addModel('m', a.model(), { timeout: Duration.seconds(100), streamIdleTimeout: Duration.seconds(seconds) });
    });
    expect(program(100)).toMatchObject([{ code: 'STREAM_IDLE_NOT_SHORTER', severity: 'warning', path: 'test/gateway/m', ...says('\'streamIdleTimeout\' is not shorter than the timeout of the request, "100s"') }]);
    expect(program(99)).toEqual([]);
    expect(timeouts({ request: '0s' }, { streamIdleTimeout: '1h' })).toEqual([]);
    expect(timeouts({}, { streamIdleTimeout: '60s' })).toMatchObject([
      { code: 'DEFAULT_TIMEOUT' }, { code: 'STREAM_IDLE_NOT_SHORTER', ...says("'spec.rules[0].streamIdleTimeout' is not shorter than the timeout of the request, 60s by default") },
    ]);
  });
});

describe('STREAM_IDLE_TOO_SHORT', () => {
  test('a limit that ends answers which are still being written', () => {
    const program = (seconds: number) => inProgram(({ gateway: g, a }) => { g.addModel('m', a.model(), { streamIdleTimeout: Duration.seconds(seconds) }); });
    expect(program(2)).toMatchObject([
      { code: 'STREAM_IDLE_TOO_SHORT', severity: 'warning', path: 'test/gateway/m', ...says(/'streamIdleTimeout' also ends answers that are not streamed, .*, got "2s"; use 30s or more/) },
    ]);
    expect(program(30)).toEqual([]);
    expect(timeouts({ request: '300s' }, { streamIdleTimeout: '29s999ms' })).toMatchObject([{ code: 'STREAM_IDLE_TOO_SHORT', ...says("'spec.rules[0].streamIdleTimeout'") }]);
    expect(timeouts({ request: '300s' }, { streamIdleTimeout: '0s' })).toEqual([]);
  });
});

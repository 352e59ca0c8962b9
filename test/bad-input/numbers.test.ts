import { Duration, Lazy, Size, Testing } from 'cdk8s';
import { findingsOf, programOf, wrong } from './program';
import { AddModelOptions, AIGateway, ClientApi, Target, Traffic } from '../../src';

const late = (value: unknown) => Lazy.any({ produce: () => value });

describe('weights of a split', () => {
  const split = (weight: unknown) => findingsOf(({ gateway, openai }) => {
    gateway.addModel('m', Traffic.split([{ to: openai.model('a'), weight: wrong(weight) }, { to: openai.model('b'), weight: 1 }]));
  });

  test.each([0, 1, 1_000_000])('%p is one', weight => expect(split(weight)).toEqual([]));

  test.each([
    [-1, '-1'], [1.5, '1.5'], [NaN, 'NaN'], [Infinity, 'Infinity'], [1_000_001, '1000001'], [1e21, '1e+21'], ['5', '"5"'], [undefined, 'null'], [null, 'null'],
  ])('%p is none', (weight, got) => {
    expect(split(weight)).toEqual([
      `c/gw/m: 'target' gives a member of a split a weight that is not a whole number from 0 to 1000000, got ${got}; use whole numbers in that range with the same proportions, such as 9 and 1 [OUT_OF_RANGE]`,
    ]);
  });

  test('a weight that is known later goes out as it is', () => {
    const { chart, gateway, openai } = programOf();
    gateway.addModel('m', Traffic.split([{ to: openai.model('a'), weight: late(4) }, { to: openai.model('b'), weight: 1 }]));
    const route = Testing.synth(chart).find(m => m.kind === 'AIGatewayRoute');
    expect(route.spec.rules[0].backendRefs.map((ref: any) => ref.weight)).toEqual([4, 1]);
  });

  const nested = (inner: readonly unknown[], outer: number) => findingsOf(({ gateway, openai }) => {
    const members = inner.map((weight, index) => ({ to: openai.model(`i${index}`), weight: wrong(weight) }));
    gateway.addModel('m', Traffic.split([{ to: Traffic.split(members), weight: outer }, { to: openai.model('b'), weight: 1 }]));
  });

  test.each<[string, readonly unknown[], number, string]>([
    ['known later', [late(4), 1], 3, 'must be known now to be multiplied'],
    ['all 0', [0, 0], 3, 'weights are all 0, so its share would go to the other members'],
    ['without end', [Infinity, 1], 3, 'not a whole number from 0 to 1000000, got Infinity'],
  ])('of an inner split, %s', (_, inner, outer, message) => {
    expect(nested(inner, outer)).toEqual([expect.stringMatching(new RegExp(`^c/gw/m: 'target' .*${message}.* \\[OUT_OF_RANGE\\]$`))]);
  });

  test('of an inner split, too fine for a rule', () => {
    expect(nested([999, 1], 999_979)).toContainEqual(expect.stringMatching(/^c\/gw\/m: 'target' is larger than 1000000, .*\[WEIGHT_TOO_LARGE\]$/));
  });

  test('3000 splits inside each other are a finding, and no end of the stack', () => {
    const found = findingsOf(({ gateway, openai }) => {
      let target: Target = openai.model('a');
      for (let n = 0; n < 3000; n++) target = Traffic.split([{ to: target, weight: 1 }]);
      gateway.addModel('m', target);
    });
    expect(found).toContain("c/gw/m: 'target' has more than 32 splits inside each other; make it one split [NOT_EXPRESSIBLE]");
  });

  test('3000 fallbacks inside each other are a chain that is too long', () => {
    const found = findingsOf(({ gateway, openai }) => {
      let target: Target = openai.model('last');
      for (let n = 0; n < 3000; n++) target = openai.model(`m${n}`).fallbackTo(target);
      gateway.addModel('m', target);
    });
    expect(found).toContainEqual(expect.stringContaining('has 3001 targets, 16 are allowed'));
  });
});

describe('options of an entry', () => {
  const plain = (options: AddModelOptions) => findingsOf(({ gateway, openai }) => {
    gateway.addModel('m', openai.model('a'), options);
  });
  const chain = (options: AddModelOptions) => findingsOf(({ gateway, openai }) => {
    gateway.addModel('m', openai.model('a').fallbackTo(openai.model('b')), options);
  });
  const outOfRange = (prop: string, rest: string) => [`c/gw/m: '${prop}' ${rest} [OUT_OF_RANGE]`];

  test.each([[-1, '-1'], [1.5, '1.5'], [NaN, 'NaN'], [Infinity, 'Infinity'], ['2', '"2"'], [2 ** 31, '2147483648']])('retries: %p', (retries, got) => {
    expect(plain({ retries: wrong(retries) })).toEqual(outOfRange('retries', `is not a whole number from 0 to 1000, got ${got}; use 0 or more, or leave it out`));
  });

  test.each([[0, '0'], [-1, '-1'], [1.5, '1.5'], [NaN, 'NaN'], ['2', '"2"'], [1e9, '1000000000']])('attempts and errors: %p', (value, got) => {
    const rest = `is not a whole number from 1 to 1000, got ${got}; use 1 or more, or leave it out`;
    expect(chain({ failover: { attemptsPerLevel: wrong(value) } })).toEqual(outOfRange('failover.attemptsPerLevel', rest));
    expect(chain({ failover: { consecutiveErrors: wrong(value) } })).toEqual(outOfRange('failover.consecutiveErrors', rest));
  });

  test('numbers from which times are computed must be known', () => {
    const rest = 'must be known now, because times are computed from it; give a number';
    expect(plain({ retries: late(2) })).toEqual(outOfRange('retries', rest));
    expect(chain({ failover: { attemptsPerLevel: late(2) } })).toEqual(outOfRange('failover.attemptsPerLevel', rest));
  });

  test('times that are none, which Envoy refuses', () => {
    const rest = 'is no time at all, got "0 ms"; use a longer one';
    expect(chain({ failover: { connectTimeout: Duration.seconds(0) } })).toEqual(outOfRange('failover.connectTimeout', rest));
    expect(chain({ failover: { ejectionTime: Duration.seconds(0) } })).toEqual(outOfRange('failover.ejectionTime', rest));
  });

  test('times the gateway cannot write', () => {
    const rest = 'is longer than a duration of the gateway can be, got "24000000 h"; use at most 99999 hours';
    const ages = Duration.days(1e6);
    expect(plain({ timeout: ages })).toEqual(outOfRange('timeout', rest));
    expect(plain({ streamIdleTimeout: ages })).toEqual(expect.arrayContaining(outOfRange('streamIdleTimeout', rest)));
    expect(chain({ failover: { ejectionTime: ages } })).toEqual(expect.arrayContaining(outOfRange('failover.ejectionTime', rest)));
  });

  test('options that do nothing where they stand', () => {
    const useless = (prop: string) => expect.stringMatching(new RegExp(`^c/gw/m: '${prop}' does nothing .*\\[OPTION_WITHOUT_EFFECT\\]$`));
    expect(chain({ retries: 3 })).toEqual([useless('retries')]);
    expect(plain({ failover: { failFast: true, statusCodes: [500] } })).toEqual([useless('failover.failFast'), useless('failover.statusCodes')]);
    expect(plain({ retries: 2, failover: { ejectionTime: Duration.seconds(9), perTryTimeout: Duration.seconds(9) } })).toContainEqual(useless('failover.ejectionTime'));
  });

  test('lists that restrict something and are empty', () => {
    expect(plain({ hostnames: [] })).toEqual(["c/gw/m: 'hostnames' is an empty list, which stands for all hostnames; list hostnames, or leave it out [OPTION_WITHOUT_EFFECT]"]);
    expect(plain({ apis: [] })).toEqual(["c/gw/m: 'apis' is an empty list, which asks for nothing; list the client APIs, or leave it out [OPTION_WITHOUT_EFFECT]"]);
  });

  test('an API that nobody calls, and one the target cannot serve', () => {
    expect(plain({ apis: [wrong('chat')] })).toEqual([expect.stringContaining("'apis' is no API that clients call on the gateway, got \"chat\"; use one of chat-completions, completions,")]);
    expect(plain({ apis: [ClientApi.RERANK] })).toEqual([expect.stringMatching(/'apis' must serve rerank, but c\/openai speaks the openai API.*\[API_NOT_SERVED\]$/)]);
  });

  test('a date that is none', () => {
    expect(plain({ createdAt: new Date(NaN) })).toEqual(["c/gw/m: 'createdAt' is not a date-time, got \"Invalid Date\"; write one like \"2025-01-31T00:00:00Z\" [INVALID_VALUE]"]);
    expect(plain({ createdAt: new Date(8.64e15) })).toEqual([expect.stringContaining("'createdAt' is not a date-time, got \"+275760-09-13T00:00:00Z\"")]);
  });
});

test.each([
  ['timeout', NaN, 'is not a whole number of milliseconds'],
  ['timeout', 0.5, 'is not a whole number of milliseconds'],
  ['timeout', Infinity, 'is longer than a duration of the gateway can be'],
  ['streamIdleTimeout', NaN, 'is not a whole number of milliseconds'],
])('%s of %d ms is told by its property', (prop, ms, what) => {
  const findings = findingsOf(({ gateway, openai }) => void gateway.addModel('m', openai.model(), { [prop]: Duration.millis(ms) }));
  expect(findings).toEqual([expect.stringContaining(`c/gw/m: '${prop}' ${what}`)]);
});

test.each([
  [NaN, 'NaN'], [0.3, '307.2'], [0.0001, '0.1024'],
])('a size of %p KiB is no whole number of bytes', (kib, bytes) => {
  for (const prop of ['maxBodySize', 'http2Window']) {
    const findings = findingsOf(({ chart }) => void new AIGateway(chart, 'sized', { [prop]: Size.kibibytes(kib) }));
    expect(findings).toEqual([`c/sized: '${prop}' is not a whole number of bytes, got "${bytes} bytes"; use whole kibibytes or mebibytes [OUT_OF_RANGE]`]);
  }
});

test('a size that is null is left out', () => {
  expect(findingsOf(({ chart }) => void new AIGateway(chart, 'sized', { maxBodySize: wrong(null), http2Window: wrong(null) }))).toEqual([]);
});

test('half a KiB is a size, which nobody can work with', () => {
  const findings = findingsOf(({ chart, openai }) => void new AIGateway(chart, 'sized', { maxBodySize: Size.kibibytes(0.5) }).addModel('m', openai.model()));
  expect(findings).toEqual([expect.stringMatching(/^c\/sized: 'maxBodySize' is no more than Envoy's own 32 KiB.*got "512"; .*Size\.mebibytes\(50\) \[NO_BUFFER_LIMIT\]$/)]);
});

import { Chart, Duration, Testing } from 'cdk8s';
import { Program } from './program';
import { AIGateway, ApiKey, Checks, HeaderMatch, ModelMatch, ModelRoute, OpenAIProvider, PathMatch, PathRoute, Platform, RouteEntryOptions, Target } from '../../src';

type Declare = (program: Program, target: Target, options: RouteEntryOptions) => unknown;

const listed = (count: number): Declare => ({ chart, gateway, openai }, target, options) => new ModelRoute(chart, 'r', {
  gateways: [gateway],
  entries: [
    ...Array.from({ length: count - 1 }, (_, index) => ({ match: ModelMatch.exact(`other-${index}`), target: openai.model() })),
    { match: ModelMatch.exact('m'), target, ...options },
  ],
});
const called: Declare = ({ gateway }, target, options) => gateway.addModel('m', target, options);
const pattern: Declare = ({ gateway }, target, options) => {
  gateway.addPattern('other.*', target);
  gateway.addPattern('m.*', target, options);
};

const platforms = { 'Envoy AI Gateway': Platform.envoyAIGateway(), 'agentgateway': Platform.agentgateway() };

function findingsOn(platform: Platform, write: (program: Program) => void): string[] {
  const app = Testing.app();
  Platform.use(app, platform);
  const chart = new Chart(app, 'c', { namespace: 'ai' });
  const openai = new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSecretName('provider-key') });
  write({ app, chart, openai, gateway: new AIGateway(chart, 'gw') });
  return Checks.findings(app).map(({ path, message }) => `${path}: ${message.split(' ')[0]}`);
}

describe.each(Object.entries(platforms))('an option is called what its author called it, on %s', (_, platform) => {
  test.each<[string, Declare, string]>([
    ['of addModel()', called, 'c/gw/m: \'retries\''],
    ['of addPattern()', pattern, 'c/gw/Patterns: \'addPattern("m.*").retries\''],
    ['of the only entry of a list', listed(1), 'c/r: \'entries[0].retries\''],
    ['of an entry among others', listed(3), 'c/r: \'entries[2].retries\''],
  ])('%s', (_what, declare, expected) => {
    expect(findingsOn(platform, program => declare(program, program.openai.model('a'), { retries: -1 }))).toEqual([expected]);
  });
});

test.each<[string, Declare, string]>([
  ['of addModel()', called, 'c/gw/m: \'failover.statusCodes\''],
  ['of the only entry of a list', listed(1), 'c/r: \'entries[0].failover.statusCodes\''],
  ['of an entry among others', listed(3), 'c/r: \'entries[2].failover.statusCodes\''],
  ['of addPattern()', pattern, 'c/gw/Patterns: \'addPattern("m.*").failover.statusCodes\''],
])('what becomes a policy is told as the option %s', (_, declare, expected) => {
  expect(findingsOn(Platform.envoyAIGateway(), program => {
    declare(program, program.openai.model('a').fallbackTo(program.openai.model('b')), { failover: { statusCodes: [42] }, timeout: Duration.minutes(10) });
  })).toEqual([expected]);
});

test.each<[string, Declare, string]>([
  ['of addModel()', called, 'c/gw/m: \'target\''],
  ['of the only entry of a list', listed(1), 'c/r: \'entries[0].target\''],
])('a target %s', (_, declare, expected) => {
  expect(findingsOn(Platform.envoyAIGateway(), program => declare(program, program.openai.model('a').fallbackTo(program.openai.model('a')), {}))).toEqual([expected]);
});

test.each([ModelMatch.exact(''), ModelMatch.pattern('(?=a)')])('the match of an item is %j', (match) => {
  expect(findingsOn(Platform.envoyAIGateway(), ({ chart, gateway, openai }) => {
    new ModelRoute(chart, 'r', { gateways: [gateway], entries: [{ match, target: openai.model() }] });
  })).toEqual(["c/r: 'entries[0].match'"]);
});

test('a condition on a header, and a path, of the only item', () => {
  expect(findingsOn(Platform.envoyAIGateway(), ({ chart, gateway, openai }) => {
    new ModelRoute(chart, 'r', { gateways: [gateway], entries: [{ match: ModelMatch.exact('m'), headerMatches: [HeaderMatch.exact('bad header', 'x')], target: openai.model() }] });
  })).toEqual(["c/r: 'entries[0].headerMatches'"]);
  expect(findingsOn(Platform.agentgateway(), ({ chart, gateway, openai }) => {
    new PathRoute(chart, 'p', { gateways: [gateway], entries: [{ path: PathMatch.prefix('no/slash'), target: openai.model() }] });
  })).toContainEqual("c/p: 'entries[0].path'");
});

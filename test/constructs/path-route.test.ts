import { Chart, Lazy, Testing } from 'cdk8s';
import { ToyPlatform } from '../contract/toy-platform';
import { AIGateway, ApiKey, Checks, OpenAIProvider, PathMatch, PathRewrite, PathRoute, Platform } from '../../src';

function world() {
  const app = Testing.app();
  Platform.use(app, Platform._custom(new ToyPlatform()));
  const chart = new Chart(app, 'chart', { namespace: 'ai', disableResourceNameHashes: true });
  const openai = new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSecretName('key') });
  return { app, chart, openai, gateway: new AIGateway(chart, 'gateway') };
}

test('each path is a route of its own, named after it', () => {
  const { gateway, openai } = world();
  expect(gateway.addPath('/openai', openai.model()).routeName).toBe('chart-gateway-path-openai');
  expect(gateway.addPath('/openai/v1/', openai.model()).node.id).toBe('path-openai-v1');
  expect(gateway.addPath('/', openai.model()).node.id).toBe('path');
  expect(gateway.addPath('/openai', openai.model()).node.id).toBe('path-openai-2');
  expect(gateway.addPath('/named', openai.model(), { name: 'mine' }).routeName).toBe('mine');
});

test('a path that is known only at synthesis needs a name of one\'s own', () => {
  const { gateway, openai } = world();
  expect(() => gateway.addPath(Lazy.any({ produce: () => '/a' }), openai.model())).toThrow('addPath() needs a path that is known now');
});

test.each(['openai', '', '//openai', '/a/../b', '/a?b', 'https://example.com/a', '/a b', `/${'x'.repeat(1024)}`])('%j is no path', path => {
  const { app, chart, gateway, openai } = world();
  new PathRoute(chart, 'route', { gateways: [gateway], entries: [{ path: PathMatch.prefix(path), target: openai.model() }] });
  expect(Checks.findings(app).map(f => f.code)).toEqual(['BAD_PATH']);
});

test('a rewrite must fit what is matched', () => {
  const { app, chart, gateway, openai } = world();
  new PathRoute(chart, 'route', {
    gateways: [gateway],
    entries: [{ path: PathMatch.exact('/a'), target: openai.model(), rewrite: PathRewrite.prefix('b') }],
  });
  expect(Checks.findings(app).filter(f => f.code === 'BAD_PATH').map(f => f.message)).toEqual([
    '\'entries[0].rewrite\' is not a path, got "b"; write one such as "/openai", without scheme, host and query [BAD_PATH]',
    '\'entries[0].rewrite\' replaces a prefix, while the whole path is matched; use PathRewrite.full(), or PathMatch.prefix() [BAD_PATH]',
  ]);
});

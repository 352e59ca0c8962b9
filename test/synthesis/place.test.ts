import { Chart, Lazy, Testing } from 'cdk8s';
import { Construct, Node } from 'constructs';
import { AIGateway, ApiKey, OpenAIProvider } from '../../src';
import { placeOf } from '../../src/synthesis/place';

function names(options: { readonly disableResourceNameHashes?: boolean }): string[] {
  const chart = new Chart(Testing.app(), 'ai', options);
  return ['openai', 'anthropic'].map((id) => {
    const construct = new Construct(chart, id);
    const { name } = placeOf(construct, undefined);
    expect(construct.node.children).toEqual([]);
    return name;
  });
}

afterEach(() => jest.restoreAllMocks());

test.each([
  ['plain', { disableResourceNameHashes: true }],
  ['with hashes', {}],
])('names are the same where constructs works paths out early, %s', (_, options) => {
  const usual = names(options);
  const late = Object.getOwnPropertyDescriptor(Node.prototype, 'scopes')!.get!;
  // As constructs 10.8 does: a parent that is given afterwards changes nothing.
  jest.spyOn(Node.prototype, 'scopes', 'get').mockImplementation(function (this: Node) {
    return late.call(this).filter((scope: Construct) => scope.node === this || this.scope?.node.children.some(child => child.node === this));
  });
  expect(names(options)).toEqual(usual);
  expect(usual[0]).toMatch(/^ai-openai(-c8[\da-f]{6})?$/);
});

test('nothing of a manifest is lost where the namespace is known only at synthesis', () => {
  const write = (namespace: unknown) => {
    const chart = new Chart(Testing.app(), 'c', { namespace: namespace as string });
    const openai = new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSecretName('key') });
    new AIGateway(chart, 'gw').addModel('m', openai.model());
    return Testing.synth(chart);
  };
  expect(write(Lazy.any({ produce: () => 'ai' }))).toEqual(write('ai'));
});

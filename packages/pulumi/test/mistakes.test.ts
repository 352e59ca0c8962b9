import { Provider } from '@pulumi/kubernetes/provider';
import * as pulumi from '@pulumi/pulumi';
import { ApiObject } from 'cdk8s';
import * as core from 'cdk8s-ai-gateway';
import * as components from '../src';
import { runProgram, unknown } from './engine/mocks';

/** A program in JavaScript: nothing of TypeScript stands in the way of a mistake. */
const {
  AIGateway, ApiKey, asNumber, asString, AwsCredentials, BedrockProvider, Cdk8sComponent, Chart, ExistingProvider, Listener, ModelRoute,
  OpenAIProvider, PolicyPoint, resourceOf, Traffic,
} = components as { readonly [name: string]: any };

const HUSH = 'hush-0123456789';
const apiKey = ApiKey.fromSecretName('openai');
const openai = (args: object = {}, opts: object = {}) => new OpenAIProvider('openai', { apiKey, ...args }, opts);
const gateway = () => new AIGateway('gateway', { namespace: 'ai' });
const configMap = (chart: any, data: object, id = 'map') => new ApiObject(chart, id, { apiVersion: 'v1', kind: 'ConfigMap', data });

/** Programs that are wrong, and how each is told. */
const WRONG: readonly (readonly [string, () => unknown, RegExp])[] = [
  ['no arguments', () => new OpenAIProvider('openai'), /^OpenAIProvider openai: 'apiKey' must be an ApiKey/],
  ['arguments of another kind', () => new OpenAIProvider('openai', 'sk-x'), /^OpenAIProvider openai: 'props' must be an object|^OpenAIProvider openai: 'apiKey' must be/],
  ['a credential that is text', () => openai({ apiKey: `sk-${HUSH}` }), /^OpenAIProvider openai: 'apiKey' must be an ApiKey/],
  ['a key that is text', () => openai({ apiKey: ApiKey.fromSecretOutput(HUSH) }), /ApiKey\.fromSecretOutput\(\): takes a secret Output, got plain text.*\[NOT_SECRET\]/],
  ['a key that is a promise of text', () => openai({ apiKey: ApiKey.fromSecretOutput(Promise.resolve(HUSH)) }), /\[NOT_SECRET\]/],
  ['a key that is an object', () => openai({ apiKey: ApiKey.fromSecretOutput(pulumi.secret({ key: HUSH })) }), /OpenAIProvider openai: 'apiKey' has a value that is no text.*\[UNUSABLE_CREDENTIAL\]/],
  ['a key that failed', () => openai({ apiKey: ApiKey.fromSecretOutput(pulumi.secret(Promise.reject(new Error('no vault')))) }), /'apiKey' is an Output that failed.*\[OUTPUT_FAILED\]/],
  ['an Output of undefined', () => openai({ hostname: pulumi.output(undefined) }), /'hostname' has to be text, and its Output came to undefined.*\[OUTPUT_OF_WRONG_TYPE\]/],
  ['an Output of null in a list', () => openai({ headers: { remove: [pulumi.output(null)] } }), /'headers\.remove' has to be text, and its Output came to null/],
  ['an Output of a list in a map', () => openai({ headers: { set: { a: pulumi.output(['x']) } } }), /'headers\.set' has to be text, and its Output came to a list/],
  ['an Output of an object for a number', () => openai({ port: pulumi.output({ port: 1 }) }), /'port' has to be a number, and its Output came to an object/],
  ['an Output that holds Outputs', () => openai({ hostname: pulumi.output([pulumi.output('a'), 'b']) }), /'hostname' has to be text, and its Output came to a list/],
  ['an Output that rejects', () => openai({ hostname: pulumi.output(Promise.reject(new Error('gone'))) }), /\[OUTPUT_FAILED\]/],
  ['apply() that throws', () => openai({ hostname: pulumi.output('x').apply(() => {
    throw new Error('thrown');
  }) }), /\[OUTPUT_FAILED\]/],
  ['a whole map as an Output', () => openai({ headers: pulumi.output({ set: {} }) }), /'headers' decides what is made.*\[OUTPUT_MUST_BE_KNOWN\]/],
  ['a header whose name is an Output', () => openai({ headers: { set: { [asString(unknown())]: 'x' }, remove: pulumi.output(['x']) } }), /'headers\.remove' decides what is made/],
  ['a label of a chart', () => {
    openai({}, { parent: new Chart('ai', { namespace: 'ai', labels: { team: 'not ok' } }) });
  }, /^nothing is registered, because of\n {2}Chart ai: 'labels\.team' has a form that is not allowed, got "not ok"; .*\[INVALID_NAME\]$/],
  ['headers to pass through as Outputs', () => openai({ apiKey: ApiKey.passThrough(pulumi.output('authorization')) }), /ApiKey\.passThrough\(\): 'headers\[0\]' decides what is made/],
  ['a secret hostname that is none', () => openai({ hostname: pulumi.secret(`https://${HUSH}`) }), /'hostname' has a secret in it.*\[BAD_HOSTNAME\]/],
  ['a secret in a header', () => openai({ headers: { set: { authorization: pulumi.secret(`Bearer sk-${'a1B2'.repeat(8)}`) } } }), /\[KEY_IN_MANIFEST\]/],
  ['a secret that is the name of an object', () => new Cdk8sComponent('app', (chart: any) => new ApiObject(chart, 'a', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: pulumi.secret(HUSH) as any } })), /\[OUTPUT_IN_NAME\]/],
  ['the same name twice', () => [openai({ namespace: 'a' }), openai({ namespace: 'b' })], /OpenAIProvider openai: there is one of this name already/],
  ['a construct for a parent', () => openai({}, { parent: new Cdk8sComponent('app', () => undefined).construct }), /parent/],
  ['a namespace beside a chart', () => openai({ namespace: 'x' }, { parent: new Chart('ai', { namespace: 'ai' }) }), /OpenAIProvider openai: 'namespace' is that of the chart it stands in/],
  ['a component where a target goes', () => gateway().addModel('m', openai({ namespace: 'ai' })), /AIGateway gateway|ModelRoute gateway:m/],
  ['a target that is missing', () => gateway().addModel('m'), /^AIGateway gateway \(m\): .*'entries\[0\]\.target'|^AIGateway gateway.*target/],
  ['a model that is a number', () => gateway().addModel(5, openai({ namespace: 'ai' }).model()), /^AIGateway gateway: 'model' must be text, got 5/],
  ['no gateway for a route', () => new ModelRoute('r', { namespace: 'ai', gateways: [undefined], entries: [] }), /^ModelRoute r: 'gateways\[0\]' must be/],
  ['a gateway that is a provider', () => new ModelRoute('r', { namespace: 'ai', gateways: [openai({ namespace: 'ai' })], entries: [] }), /^ModelRoute r: 'gateways\[0\]' must be/],
  ['a listener that is an object', () => new AIGateway('gateway', { listeners: [{ port: 80 }] }), /^AIGateway gateway: 'listeners\[0\]' must be/],
  ['a point without a policy', () => new PolicyPoint('point', { gateway: gateway() }), /^PolicyPoint point: 'policy' must be a Policy/],
  ['text in a place of a component', () => gateway().addModel('m', Traffic.split([{ to: 'openai', weight: 1 }])), /'members\[0\]\.to' must be/],
  ['a sum with an Output', () => openai({ port: asNumber(pulumi.output(8000)) + 443 }), /\[OUTPUT_DAMAGED\]/],
  ['a difference with an Output', () => openai({ port: asNumber(pulumi.output(8000)) - 1 }), /\[OUTPUT_DAMAGED\]/],
  ['a multiple of an Output', () => openai({ port: asNumber(pulumi.output(8000)) * 2 }), /\[OUTPUT_DAMAGED\]/],
  ['an Output with another sign', () => openai({ port: -asNumber(pulumi.output(8000)) }), /\[OUTPUT_DAMAGED\]/],
  ['a part of an Output', () => openai({ port: asNumber(pulumi.output(8000)) / 1000 }), /'port'.*\[/],
  ['an Output in capitals', () => openai({ hostname: asString(pulumi.output('a')).toUpperCase() }), /\[OUTPUT_DAMAGED\]/],
  ['a routes of a chart without namespace and one with', () => {
    const away = new OpenAIProvider('openai', { apiKey, namespace: pulumi.output('a') });
    new AIGateway('gateway', { namespace: pulumi.output('a') }).addModel('m', away.model());
  }, /\[CROSS_NAMESPACE_UNKNOWN\]/],
  ['a component that exists and has no name', () => gateway().addModel('m', new ExistingProvider('p', {}).model('x')), /ExistingProvider p/],
  ['an object that is asked for and made by nobody', () => resourceOf(new Cdk8sComponent('app', () => undefined).construct), /app/],
  ['code in a component that throws', () => new Cdk8sComponent('app', (chart: any) => new core.OpenAIProvider(chart, 'inner', {} as any)), /^Cdk8sComponent app \(inner\): 'apiKey' must be/],
];

test.each(WRONG)('%s', async (_, declare, message) => {
  let thrown = false;
  const { all, errors, log } = await runProgram(() => {
    try {
      declare();
    } catch (error) {
      thrown = true;
      throw error;
    }
  });
  expect(errors.map(error => error.message)).toContainEqual(expect.stringMatching(message));
  const told = [...errors.map(error => error.message), log].join('\n');
  expect(told).not.toMatch(/zqmnicinpp|namespace ai\/|default namespace\//);
  expect(told).not.toContain(HUSH);
  expect(told).not.toContain('a1B2');
  // Mocks do not say that the program failed; the engine does.
  if (!thrown) expect(all.filter(({ type }) => type.startsWith('kubernetes:'))).toEqual([]);
});

describe('what looks odd and is right:', () => {
  test('a component that is made inside apply()', async () => {
    const { objects, error } = await runProgram(() => void pulumi.output('api.openai.com').apply(hostname => {
      openai({ namespace: 'ai', hostname });
    }));
    expect(error).toBeUndefined();
    expect(objects.length).toBeGreaterThan(3);
  });

  test('a mistake in a component that is made inside apply()', async () => {
    const { objects, error } = await runProgram(() => void pulumi.output(0).apply(port => {
      openai({ namespace: 'ai', port: pulumi.output(port) });
    }));
    expect(error!.message).toContain("OpenAIProvider openai: 'port'");
    expect(objects).toEqual([]);
  });

  test('a provider of another component', async () => {
    const { objects, error } = await runProgram(() => {
      const provider = new Provider('elsewhere', { kubeconfig: pulumi.secret('x') });
      const parent = new Chart('ai', { namespace: 'ai' }, { provider });
      openai({}, { parent });
    });
    expect(error).toBeUndefined();
    for (const { provider } of objects) expect(provider).toContain('::elsewhere');
  });

  test('no namespace at all', async () => {
    const { objects, error } = await runProgram(() => {
      new AIGateway('gateway').addModel('gpt-4o', openai().model());
    });
    expect(error).toBeUndefined();
    expect(objects.filter(({ inputs }) => 'namespace' in inputs.metadata)).toEqual([]);
  });

  test('a secret role, a listener with a secret name, and a secret namespace', async () => {
    const { objects, error } = await runProgram(() => {
      const namespace = pulumi.secret('ai');
      const bedrock = new BedrockProvider('bedrock', { namespace, region: 'us-east-1', credentials: AwsCredentials.irsa(pulumi.secret('arn:aws:iam::111122223333:role/x')) });
      const one = new AIGateway('gateway', { namespace, listeners: [Listener.http({ hostname: pulumi.secret('ai.acme.com') })] });
      one.addModel('nova', bedrock.model('us.amazon.nova-pro-v1:0'));
    });
    expect(error).toBeUndefined();
    const text = JSON.stringify(objects.map(({ inputs }) => inputs));
    expect(text.match(/arn:aws/g)).toHaveLength(text.match(/\{"secret":"arn:aws/g)!.length);
    expect(text.match(/"ai"/g)).toHaveLength(text.match(/\{"secret":"ai"\}/g)!.length);
  });

  test('a manifest of one\'s own that holds Outputs of every kind', async () => {
    const { objects, error } = await runProgram(() => void new Cdk8sComponent('app', (chart: any) => {
      configMap(chart, { text: pulumi.output('a'), promise: Promise.resolve('b'), joined: `${asString(pulumi.output('c'))}-d`, none: pulumi.output(null) });
    }));
    expect(error).toBeUndefined();
    expect(objects[0].inputs.data).toEqual({ text: 'a', promise: 'b', joined: 'c-d', none: null });
  });
});

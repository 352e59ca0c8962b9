import * as pulumi from '@pulumi/pulumi';
import { ApiObject } from 'cdk8s';
import {
  AIGateway, ApiKey, AwsCredentials, BedrockProvider, Cdk8sComponent, GcpCredentials, Listener, OpenAICompatibleProvider, OpenAIProvider, resourceOf,
  RouteNamespaces, Traffic, Vendor, VertexAIProvider,
} from '../src';
import { nextTurn, Outcome, runProgram, unknown } from './engine/mocks';

const HUSH = 'hush-0123456789';
const apiKey = ApiKey.fromSecretName('openai');
const namespace = 'ai';
const podIdentity = AwsCredentials.podIdentity();

/** A mistake that a value makes, whether it stands in the program or arrives in an Output. */
const MISTAKES: readonly (readonly [string, unknown, (value: any) => unknown])[] = [
  ['a port', 70_000, port => new OpenAIProvider('p', { namespace, apiKey, port })],
  ['a hostname', 'https://api.openai.com', hostname => new OpenAIProvider('p', { namespace, apiKey, hostname })],
  ['a region', 'Virginia', region => new BedrockProvider('p', { namespace, region, credentials: podIdentity })],
  ['a role', 'no-role', role => new BedrockProvider('p', { namespace, region: 'us-east-1', credentials: AwsCredentials.irsa(role) })],
  ['a service account', 'nobody', serviceAccount => new VertexAIProvider('p', { namespace, project: 'acme-prod-1234', location: 'us-central1', credentials: GcpCredentials.adc({ serviceAccount }) })],
  ['the name of a Secret', 'Not A Name', name => new OpenAIProvider('p', { namespace, apiKey: ApiKey.fromSecretName(name) })],
  ['the namespace of a Secret', 'elsewhere', other => new OpenAIProvider('p', { namespace, apiKey: ApiKey.fromSecretName('key', { namespace: other }) })],
  ['the keys of a Secret', 'token', key => new OpenAIProvider('p', { namespace, apiKey: ApiKey.fromSecretName('key', { keys: [key] }) })],
  ['a path prefix', '/v1/chat/completions', pathPrefix => new OpenAICompatibleProvider('p', { namespace, apiKey, vendor: Vendor.GROQ, pathPrefix })],
  ['a vendor', 'api.groq.com/openai', hostname => new OpenAICompatibleProvider('p', { namespace, apiKey, vendor: Vendor.of({ hostname }) })],
  ['the value of a header', 'a\nb', value => new OpenAIProvider('p', { namespace, apiKey, headers: { set: { 'x-team': value } } })],
  ['the name of a header', 'x team', name => new OpenAIProvider('p', { namespace, apiKey, headers: { remove: [name] } })],
  ['a namespace', 'Not_A_Namespace', other => new OpenAIProvider('p', { namespace: other, apiKey })],
  ['a model', 'gpt  4o', model => new AIGateway('g', { namespace }).addModel(model, new OpenAIProvider('p', { namespace, apiKey }).model(), { name: 'model' })],
  ['the provider\'s model', '', model => new AIGateway('g', { namespace }).addModel('m', new OpenAIProvider('p', { namespace, apiKey }).model(model))],
  ['a hostname of a route', 'https://ai.acme.com', hostname => new AIGateway('g', { namespace }).addModel('m', new OpenAIProvider('p', { namespace, apiKey }).model(), { hostnames: [hostname] })],
  ['a weight', -1, weight => {
    const p = new OpenAIProvider('p', { namespace, apiKey });
    new AIGateway('g', { namespace }).addModel('m', Traffic.split([{ to: p.model('a'), weight }, { to: p.model('b'), weight: 1 }]));
  }],
  ['a listener', '*.*.acme.com', hostname => new AIGateway('g', { namespace, listeners: [Listener.http({ hostname })] })],
  ['the port of a listener', 0, port => new AIGateway('g', { namespace, listeners: [Listener.http({ port })] })],
  ['a number of pods', -1, replicas => new AIGateway('g', { namespace, proxy: { replicas } })],
  ['a size', 'much', memoryLimit => new AIGateway('g', { namespace, proxy: { resources: { memoryLimit } } })],
  ['a namespace of routes', 'A B', name => new AIGateway('g', { namespace, routeNamespaces: RouteNamespaces.named(name) })],
];

const codesIn = ({ error }: Outcome) => [...new Set(error?.message.match(/\[[A-Z_]+\]/g))].sort();

describe('a mistake in the value of an Output', () => {
  test.each(MISTAKES)('is that of the same value in the program: %s', async (_, value, declare) => {
    const literal = await runProgram(() => void declare(value));
    const late = await runProgram(() => void declare(pulumi.output(value)));
    expect(codesIn(literal).length).toBeGreaterThan(0);
    // Without its model known, a route is named by its `name`.
    const message = ({ error }: Outcome) => error!.message.replace(/ModelRoute g:[^:]*:/, 'ModelRoute:');
    expect(message(late)).toBe(message(literal));
    expect([late.all, literal.all]).toEqual([[], []]);
  });

  test.each(MISTAKES)('is told without the value where that is secret: %s', async (_, value, declare) => {
    const literal = await runProgram(() => void declare(value));
    const { all, error, log } = await runProgram(() => void declare(pulumi.secret(value)));
    expect(codesIn({ error } as Outcome)).toEqual(codesIn(literal));
    expect(all).toEqual([]);
    if (String(value).length > 2) expect([error!.message, log].join('\n')).not.toContain(String(value).trim());
  });

  test.each(MISTAKES)('is nothing at preview, where it is unknown: %s', async (what, _, declare) => {
    const { objects, error } = await runProgram(() => void declare(unknown()), { preview: true });
    expect(error).toBeUndefined();
    // A role goes to the gateway, and what is said of a Secret is only compared.
    if (!['a role', 'a service account', 'the namespace of a Secret', 'the keys of a Secret'].includes(what)) expect(JSON.stringify(objects)).toContain('<unknown>');
  });
});

describe('values that arrive later', () => {
  const provider = (name: string, hostname: pulumi.Input<string>) => new OpenAIProvider(name, { namespace, apiKey, hostname });
  /** An Output whose value arrives when everything else is looked at. */
  const later = <T>(value: T, turns = 1) => pulumi.output((async () => {
    for (let turn = 0; turn < turns; turn++) await nextTurn();
    return value;
  })());

  test('keep only their own component waiting, whatever it is that they wait for', async () => {
    class Service extends pulumi.CustomResource {
      declare public readonly host: pulumi.Output<string>;
    }
    const { all, error } = await runProgram(() => {
      const gateway = new AIGateway('gateway', { namespace });
      const service = new (Service as any)('cloud:index:Service', 'front', { gateway: gateway.gatewayName, host: 'models.acme.com' }) as Service;
      gateway.addModel('gpt-4o', provider('behind', service.host).model());
    });
    expect(error).toBeUndefined();
    const order = all.map(({ name }) => name);
    expect(order.indexOf('front')).toBeGreaterThan(order.indexOf('gateway:gateway'));
    expect(order.indexOf('behind')).toBeGreaterThan(order.indexOf('front'));
    expect(order).toContain('gateway:gpt-4o:gateway-gpt-4o');
  });

  test('with a mistake: nothing of the component is registered, nor what waits for it', async () => {
    const { all, error } = await runProgram(() => {
      const bad = provider('bad', later('https://api.openai.com'));
      new AIGateway('gateway', { namespace }).addModel('gpt-4o', bad.model());
    });
    expect(error!.message).toMatch(/^nothing more is registered, because of\n {2}OpenAIProvider bad: 'hostname' is a URL.*\[BAD_HOSTNAME\]$/);
    expect(all.map(({ name }) => name).filter(name => name.startsWith('bad') || name.endsWith('gateway-gpt-4o'))).toEqual([]);
  });

  test('are looked at with those of other components', async () => {
    const { error } = await runProgram(() => {
      const role = (name: string, turns: number) => AwsCredentials.irsa(later(`arn:aws:iam::111122223333:role/${name}`, turns));
      const gateway = new AIGateway('gateway', { namespace });
      ['a', 'b'].forEach((name, index) => {
        const bedrock = new BedrockProvider(name, { namespace, region: 'us-east-1', credentials: role(name, index + 1) });
        gateway.addModel(name, bedrock.model('us.amazon.nova-pro-v1:0'));
      });
    });
    expect(error!.message).toMatch(/AIGateway gateway: .*role\/a.*role\/b.*\[IDENTITY_CONFLICT\]/);
  });

  test('tell all of their mistakes', async () => {
    const { all, errors } = await runProgram(async () => {
      provider('slow', pulumi.output(new Promise<string>(resolve => setTimeout(() => resolve('https://slow.example.com'), 100))));
      provider('bad', later('https://bad.example.com'));
      provider('worse', later('https://worse.example.com'));
      await new Promise(resolve => setTimeout(resolve, 1_000));
    });
    const told = errors.flatMap(({ message }) => [...message.matchAll(/OpenAIProvider (\w+): 'hostname' is a URL/g)].map(([, name]) => name));
    expect(told.sort()).toEqual(['bad', 'slow', 'worse']);
    expect(all).toEqual([]);
  });

  test('of the same component do not wait for each other', async () => {
    const { objects, error } = await runProgram(() => {
      const component = new Cdk8sComponent('app', chart => void new ApiObject(chart, 'a', { apiVersion: 'v1', kind: 'ConfigMap' }));
      const a = resourceOf(component.construct.apiObjects[0]);
      new ApiObject(component.construct, 'b', { apiVersion: 'v1', kind: 'ConfigMap', data: { a: a.id } });
    });
    expect(error).toBeUndefined();
    expect(objects.map(({ inputs }) => inputs.data?.a)).toEqual([undefined, 'app:app-a-id']);
  });

  test('of two components that name each other do not wait for each other', async () => {
    const { objects, error } = await runProgram(() => {
      const make = (name: string) => new Cdk8sComponent(name, chart => void new ApiObject(chart, 'first', { apiVersion: 'v1', kind: 'ConfigMap' }));
      const components = [make('a'), make('b')];
      const ids = components.map(({ construct }) => resourceOf(construct.apiObjects[0]).id);
      components.forEach(({ construct }, index) => new ApiObject(construct, 'second', { apiVersion: 'v1', kind: 'ConfigMap', data: { other: ids[1 - index] } }));
    });
    expect(error).toBeUndefined();
    expect(objects).toHaveLength(4);
  });
});

describe('an Output of another type', () => {
  const later = (value: unknown) => pulumi.output(value) as pulumi.Output<any>;
  test.each<[string, () => unknown, string]>([
    ['undefined for text', () => new OpenAIProvider('p', { namespace, apiKey, hostname: later(undefined) }), "OpenAIProvider p: 'hostname' has to be text, and its Output came to undefined"],
    ['null for text', () => new OpenAIProvider('p', { namespace, apiKey, hostname: later(null) }), "'hostname' has to be text, and its Output came to null"],
    ['a number for text', () => new OpenAIProvider('p', { namespace, apiKey, hostname: later(5) }), "'hostname' has to be text, and its Output came to a number"],
    ['a list for text', () => new OpenAIProvider('p', { namespace, apiKey, hostname: later(['a']) }), "'hostname' has to be text, and its Output came to a list"],
    ['an object for text', () => new OpenAIProvider('p', { namespace, apiKey, hostname: later({ a: 1 }) }), "'hostname' has to be text, and its Output came to an object"],
    ['text for a number', () => new OpenAIProvider('p', { namespace, apiKey, port: later('443') }), "'port' has to be a number, and its Output came to text"],
    ['no number', () => new OpenAIProvider('p', { namespace, apiKey, port: later(NaN) }), "'port' has to be a number, and its Output came to no finite number"],
    ['undefined inside a text', () => new BedrockProvider('p', { namespace, region: later(undefined), credentials: podIdentity }), 'has to be text, and its Output came to undefined'],
  ])('is refused: %s', async (_, declare, message) => {
    const { all, error } = await runProgram(() => void declare());
    expect(error!.message).toContain(message);
    expect(error!.message).toContain('[OUTPUT_OF_WRONG_TYPE]');
    expect(error!.message.match(/OUTPUT_OF_WRONG_TYPE/g)).toHaveLength(1);
    expect(all).toEqual([]);
  });

  test('may be anything in a manifest of one\'s own', async () => {
    const { objects, error } = await runProgram(() => void new Cdk8sComponent('app', chart => {
      new ApiObject(chart, 'a', { apiVersion: 'acme.com/v1', kind: 'Thing', spec: { list: pulumi.output([1, 2]), map: pulumi.output({ a: true }), none: pulumi.output(undefined) } });
    }));
    expect(error).toBeUndefined();
    expect(objects[0].inputs.spec).toEqual({ list: [1, 2], map: { a: true } });
  });
});

describe('an Output that fails', () => {
  test.each<[string, () => pulumi.Output<string>]>([
    ['by its promise', () => pulumi.output(Promise.reject(new Error('out of order')))],
    ['by a function', () => pulumi.output('x').apply((): string => {
      throw new Error('out of order');
    })],
  ])('%s is told with its component, and with its reason', async (_, make) => {
    const { all, errors } = await runProgram(() => void new OpenAIProvider('p', { namespace, apiKey, hostname: make() }));
    expect(errors.map(({ message }) => message).sort()).toEqual([
      expect.stringMatching(/OpenAIProvider p: 'hostname' is an Output that failed.*\[OUTPUT_FAILED\]/), 'out of order',
    ]);
    expect(all).toEqual([]);
  });
});

describe('secret values', () => {
  test('keep their marks, leaf by leaf, where they are fine', async () => {
    const { objects, error } = await runProgram(() => void new OpenAIProvider('p', { namespace, apiKey, hostname: pulumi.secret('api.openai.com'), port: pulumi.output(8443) }));
    expect(error).toBeUndefined();
    expect(objects.find(({ type }) => type.endsWith(':Backend'))!.inputs.spec.endpoints).toEqual([{ fqdn: { hostname: { secret: 'api.openai.com' }, port: 8443 } }]);
  });

  test('that look like a key are refused where everybody could read them', async () => {
    const key = `sk-${'a1B2'.repeat(8)}`;
    const { all, error, log } = await runProgram(() => void new OpenAIProvider('p', { namespace, apiKey, headers: { set: { 'x-key': pulumi.secret(key) } } }));
    expect(error!.message).toContain('[KEY_IN_MANIFEST]');
    expect(`${error!.message}${log}`).not.toContain('a1B2');
    expect(all).toEqual([]);
  });

  test('are in no message, whatever is made of them', async () => {
    const { error, log } = await runProgram(() => {
      const secret = pulumi.secret(HUSH);
      const gateway = new AIGateway('g', { namespace, listeners: [Listener.http({ hostname: pulumi.interpolate`https://${secret}` })] });
      const bedrock = new BedrockProvider('p', { namespace, region: secret, credentials: AwsCredentials.irsa(secret) });
      gateway.addModel('m', bedrock.model(pulumi.interpolate`${secret}\n`));
    });
    expect(error!.message).toContain('[BAD_REGION]');
    expect(`${error!.message}${log}`).not.toMatch(/hush|0123456789/i);
  });
});

test('what is declared after a mistake of a value fails as it does', async () => {
  const { all, errors } = await runProgram(async () => {
    new OpenAIProvider('bad', { namespace, apiKey, port: pulumi.output(0) });
    await nextTurn();
    new OpenAIProvider('good', { namespace, apiKey });
  });
  expect(all).toEqual([]);
  expect(new Set(errors).size).toBe(1);
});

import { Provider } from '@pulumi/kubernetes/provider';
import * as pulumi from '@pulumi/pulumi';
import { ApiObject, JsonPatch } from 'cdk8s';
import * as core from 'cdk8s-ai-gateway';
import {
  AIGateway, AnthropicProvider, ApiKey, AwsCredentials, BedrockProvider, Cdk8sComponent, Chart, Checks, ExistingProvider, JsonValue, Listener,
  ModelMatch, ModelRoute, OpenAIProvider, resourceOf, Traffic,
} from '../src';
import { nextTurn, Registration, runProgram, unknown } from './engine/mocks';

const apiKey = ApiKey.fromSecretName('openai-api-key');
const object = (objects: readonly Registration[], kind: string, name?: string) =>
  objects.find(({ type, inputs }) => type.endsWith(`:${kind}`) && (name === undefined || inputs.metadata.name === name))!;

test('a provider, a gateway and its routes are components; their objects have the names that cdk8s gives them', async () => {
  const { all, error } = await runProgram(() => {
    const openai = new OpenAIProvider('openai', { apiKey, namespace: 'ai' });
    new AIGateway('gateway', { namespace: 'ai' }).addModel('gpt-4o', openai.model());
  });
  expect(error).toBeUndefined();
  expect(all.map(({ urn }) => urn.replace('urn:pulumi:stack::project::', '').replaceAll('pulumi-ai-gateway:index:', '')).sort()).toEqual([
    'AIGateway$ModelRoute::gateway:gpt-4o',
    'AIGateway$kubernetes:gateway.envoyproxy.io/v1alpha1:ClientTrafficPolicy::gateway:gateway',
    'AIGateway$kubernetes:gateway.networking.k8s.io/v1:Gateway::gateway:gateway',
    'AIGateway$kubernetes:gateway.networking.k8s.io/v1:GatewayClass::gateway:gateway',
    'AIGateway::gateway',
    // Pulumi's mocks know of one parent only.
    'ModelRoute$kubernetes:aigateway.envoyproxy.io/v1beta1:AIGatewayRoute::gateway:gpt-4o:gateway-gpt-4o',
    'OpenAIProvider$kubernetes:aigateway.envoyproxy.io/v1beta1:AIServiceBackend::openai:openai',
    'OpenAIProvider$kubernetes:aigateway.envoyproxy.io/v1beta1:BackendSecurityPolicy::openai:openai',
    'OpenAIProvider$kubernetes:gateway.envoyproxy.io/v1alpha1:Backend::openai:openai',
    'OpenAIProvider$kubernetes:gateway.networking.k8s.io/v1:BackendTLSPolicy::openai:openai',
    'OpenAIProvider::openai',
  ]);
});

test('a route waits for its gateway and all of its providers', async () => {
  const { objects } = await runProgram(() => {
    const [openai, standby] = ['openai', 'standby'].map(name => new OpenAIProvider(name, { apiKey, namespace: 'ai' }));
    new AIGateway('gateway', { namespace: 'ai' }).addModel('gpt-4o', openai.model().fallbackTo(standby.model()));
  });
  const components = object(objects, 'AIGatewayRoute').dependencies.map(urn => urn.split('::').at(-1));
  expect(components.sort()).toEqual([...Array(3).fill('gateway:gateway'), ...Array(4).fill('openai:openai'), ...Array(4).fill('standby:standby')]);
});

test('components in a chart share its namespace, labels and the beginning of their names', async () => {
  const { objects, error } = await runProgram(() => {
    const parent = new Chart('ai', { namespace: pulumi.output('models'), labels: { team: pulumi.output('ml') } });
    const openai = new OpenAIProvider('openai', { apiKey }, { parent });
    new AIGateway('gateway', {}, { parent }).addModel('gpt-4o', openai.model());
  });
  expect(error).toBeUndefined();
  expect(new Set(objects.map(({ inputs }) => inputs.metadata.name))).toEqual(new Set(['ai-openai', 'ai-gateway', 'ai-gateway-gpt-4o']));
  expect(object(objects, 'AIServiceBackend').inputs.metadata).toEqual({ name: 'ai-openai', namespace: 'models', labels: { team: 'ml' } });
});

test('components of different types can have the same name', async () => {
  const { objects, error } = await runProgram(() => {
    const provider = new OpenAIProvider('main', { apiKey, namespace: 'ai' });
    new AIGateway('main', { namespace: 'ai' }).addModel('gpt-4o', provider.model());
  });
  expect(error).toBeUndefined();
  expect(object(objects, 'Gateway').inputs.metadata.name).toBe('main');
});

describe('a name', () => {
  const openai = (name: any, args = {}, opts?: pulumi.ComponentResourceOptions) => new OpenAIProvider(name, { apiKey, ...args }, opts);
  test.each<[string, () => unknown, string]>([
    ['of another one of the type', () => ['ai', 'ai'].map(namespace => openai('openai', { namespace })), 'OpenAIProvider openai: there is one of this name already'],
    ['of another one in another namespace', () => ['ai', 'other'].map(namespace => openai('openai', { namespace })), 'OpenAIProvider openai: there is one of this name already'],
    ['of another one in the chart', () => {
      const parent = new Chart('ai');
      openai('main', {}, { parent });
      new AIGateway('main', {}, { parent });
    }, "AIGateway main: its chart has a component 'main' already"],
    ['of another chart', () => ['ai', 'ai'].map(name => new Chart(name)), "Chart ai: there is a chart 'ai' already"],
    ['that is an Output', () => openai(pulumi.secret('hush')), "OpenAIProvider: 'name' decides what is made"],
    ['that an Output was put into', () => openai(`openai-${pulumi.output('a')}`), '[OUTPUT_AS_TEXT]'],
    ['that is missing', () => openai(undefined), "OpenAIProvider: the first argument is the component's name, got undefined"],
  ])('%s is refused', async (_, declare, message) => {
    const { error } = await runProgram(declare);
    expect(error!.message).toContain(message);
    expect(error!.message).not.toContain('hush');
  });

  test('can stand under parents of different types', async () => {
    class Team extends pulumi.ComponentResource {
      constructor(type: string) {
        super(`acme:index:${type}`, type, {});
        openai('openai', { namespace: type }, { parent: this });
      }
    }
    const { error } = await runProgram(() => ['red', 'blue'].map(type => new Team(type)));
    expect(error).toBeUndefined();
  });
});

test('what a provider needs of its gateway reaches it, in whatever order they are declared', async () => {
  const role = 'arn:aws:iam::111122223333:role/bedrock';
  const { objects, error } = await runProgram(() => {
    const gateway = new AIGateway('gateway', { namespace: 'ai' });
    const bedrock = new BedrockProvider('bedrock', { namespace: 'ai', region: 'us-east-1', credentials: AwsCredentials.irsa(pulumi.output(role)) });
    gateway.addModel('nova', bedrock.model('us.amazon.nova-pro-v1:0'));
  });
  expect(error).toBeUndefined();
  expect(object(objects, 'EnvoyProxy').inputs.spec.provider.kubernetes.envoyServiceAccount).toEqual({ name: 'gateway' });
  expect(JSON.stringify(object(objects, 'Gateway').inputs)).toContain(role);
});

test('patterns share one route, with one component', async () => {
  const { objects, error } = await runProgram(() => {
    const openai = new OpenAIProvider('openai', { apiKey, namespace: 'ai' });
    const gateway = new AIGateway('gateway', { namespace: 'ai' });
    const routes = [gateway.addPattern('gpt-4.*', openai.model('gpt-4o')), gateway.addPattern('gpt-5.*', openai.model('gpt-5')), gateway.addCatchAll(openai.model())];
    expect(new Set(routes).size).toBe(1);
  });
  expect(error).toBeUndefined();
  expect(objects.filter(({ type }) => type.endsWith(':AIGatewayRoute')).map(({ inputs }) => inputs.spec.rules.length)).toEqual([3]);
});

test('another pattern after the first was registered is an error that says what to do', async () => {
  const { error } = await runProgram(async () => {
    const openai = new OpenAIProvider('openai', { apiKey, namespace: 'ai' });
    const gateway = new AIGateway('gateway', { namespace: 'ai' });
    gateway.addPattern('gpt-4.*', openai.model('gpt-4o'));
    await nextTurn();
    gateway.addPattern('gpt-5.*', openai.model('gpt-5'));
  });
  expect(error!.message).toMatch(/ModelRoute gateway:Patterns: .*AIGatewayRoute gateway-patterns; declare both without await in between \[CHANGED_TOO_LATE\]/);
});

test.each<[string, (gateway: AIGateway, openai: OpenAIProvider) => unknown, string | undefined]>([
  ['a model', (gateway, openai) => gateway.addModel('b', openai.model('gpt-4o')), undefined],
  ['the first pattern', (gateway, openai) => gateway.addPattern('gpt-.*', openai.model('gpt-4o')), undefined],
  ['a provider of another namespace', gateway => gateway.addModel('b', new OpenAIProvider('other', { apiKey, namespace: 'other' }).model()), undefined],
  ['a provider that needs an identity of the pods', gateway => {
    const credentials = AwsCredentials.irsa('arn:aws:iam::111122223333:role/bedrock');
    gateway.addModel('b', new BedrockProvider('bedrock', { namespace: 'ai', region: 'us-east-1', credentials }).model('us.amazon.nova-pro-v1:0'));
  }, 'AIGateway gateway: was registered already, and what is declared now would change its Gateway gateway'],
])('%s after the rest is registered', async (_, declare, message) => {
  const { error, log } = await runProgram(async () => {
    const openai = new OpenAIProvider('openai', { apiKey, namespace: 'ai' });
    const gateway = new AIGateway('gateway', { namespace: 'ai' });
    gateway.addModel('a', openai.model());
    await nextTurn();
    declare(gateway, openai);
  });
  if (message === undefined) expect([error, log]).toEqual([undefined, '']);
  else expect(error!.message).toMatch(new RegExp(`^nothing more is registered, because of\n  ${message}.*\\[CHANGED_TOO_LATE\\]$`));
});

test('a model that is added later touches only its own objects', async () => {
  const declare = (models: readonly string[]) => async () => {
    const openai = new OpenAIProvider('openai', { apiKey, namespace: 'ai' });
    const gateway = new AIGateway('gateway', { namespace: 'ai' });
    for (const model of models) gateway.addModel(model, openai.model());
  };
  const before = await runProgram(declare(['a', 'c']));
  const after = await runProgram(declare(['a', 'b', 'c']));
  const texts = new Set(before.all.map(registration => JSON.stringify(registration)));
  expect(after.all.filter(registration => !texts.has(JSON.stringify(registration))).map(({ name }) => name).sort()).toEqual(['gateway:b', 'gateway:b:gateway-b']);
});

describe('Outputs', () => {
  test('stand in props, lists, maps and nested structs, known or not', async () => {
    const { objects, error } = await runProgram(() => {
      const provider = new AnthropicProvider('claude', {
        namespace: 'ai', apiKey: ApiKey.fromSecretName(unknown()), hostname: unknown(), port: pulumi.output(8443), pathPrefix: pulumi.output('/v2'),
        headers: { set: { 'x-team': unknown(), 'x-cost': 'ml' }, remove: [pulumi.output('x-debug')] },
        body: { set: { user: JsonValue.text(pulumi.output('say "hi"')), n: JsonValue.number(pulumi.output(3)) } },
      });
      const gateway = new AIGateway('gateway', { namespace: 'ai', listeners: [Listener.https(unknown(), { hostname: unknown() })], proxy: { replicas: pulumi.output(3) } });
      gateway.addModel('claude', Traffic.split([{ to: provider.model(unknown()), weight: pulumi.output(90) }, { to: provider.model('old'), weight: 10 }]), { hostnames: [unknown()] });
    }, { preview: true });
    expect(error).toBeUndefined();
    const backend = object(objects, 'Backend').inputs.spec;
    expect(backend.endpoints).toEqual([{ fqdn: { hostname: '<unknown>', port: 8443 } }]);
    const { headerMutation, bodyMutation, schema } = object(objects, 'AIServiceBackend').inputs.spec;
    expect(headerMutation.set).toEqual([{ name: 'x-team', value: '<unknown>' }, { name: 'x-cost', value: 'ml' }]);
    expect(headerMutation.remove).toContain('x-debug');
    expect(bodyMutation.set).toEqual([{ path: 'user', value: '"say \\"hi\\""' }, { path: 'n', value: '3' }]);
    expect(JSON.stringify(schema)).toContain('/v2');
    expect(object(objects, 'BackendSecurityPolicy').inputs.spec.anthropicAPIKey.secretRef).toEqual({ name: '<unknown>' });
    const { rules, hostnames } = object(objects, 'AIGatewayRoute').inputs.spec;
    expect(hostnames).toEqual(['<unknown>']);
    expect(rules[0].backendRefs.map(({ modelNameOverride, weight }: any) => [modelNameOverride, weight])).toEqual([['<unknown>', 90], ['old', 10]]);
    expect(object(objects, 'Gateway').inputs.spec.listeners[0]).toMatchObject({ hostname: '<unknown>', tls: { certificateRefs: [{ name: '<unknown>' }] } });
  });

  test('compose a hostname', async () => {
    const { objects } = await runProgram(() => void new BedrockProvider('bedrock', { namespace: 'ai', region: pulumi.output('eu-central-1'), credentials: AwsCredentials.podIdentity() }));
    expect(object(objects, 'Backend').inputs.spec.endpoints[0].fqdn.hostname).toBe('bedrock-runtime.eu-central-1.amazonaws.com');
  });

  test('can be the name of a model where the objects have one of their own', async () => {
    const { objects, error } = await runProgram(() => {
      const openai = new OpenAIProvider('openai', { apiKey, namespace: 'ai' });
      const gateway = new AIGateway('gateway', { namespace: 'ai' });
      gateway.addModel(pulumi.output('gpt-4o'), openai.model(), { name: 'main-model' });
      expect(() => gateway.addModel(pulumi.output('gpt-5'), openai.model())).toThrow('give them a name with `name`');
    });
    expect(error).toBeUndefined();
    const route = object(objects, 'AIGatewayRoute');
    expect(route.name).toBe('gateway:main-model:main-model');
    expect(JSON.stringify(route.inputs.spec.rules)).toContain('"gpt-4o"');
  });

  test.each<[string, () => unknown, string]>([
    ['a switch', () => new OpenAIProvider('openai', { apiKey, failFast: pulumi.output(true), tls: pulumi.output(true) } as any), "OpenAIProvider openai: 'failFast' decides"],
    ['a name', () => new OpenAIProvider('openai', { apiKey, name: pulumi.output('x') } as any), "'name' decides"],
    ['a credential', () => new OpenAIProvider('openai', { apiKey: pulumi.output(apiKey) } as any), "'apiKey' decides"],
    ['a whole list', () => new AIGateway('gateway', { listeners: pulumi.output([]) } as any), "'listeners' decides what is made and must be known when the program runs, got an Output; give a list whose items are Outputs"],
    ['a number of attempts', () => {
      const openai = new OpenAIProvider('openai', { apiKey });
      new AIGateway('gateway').addModel('gpt-4o', openai.model(), { retries: pulumi.output(2) } as any);
    }, "AIGateway.addModel(): 'options.retries' decides"],
    ['all arguments', () => new OpenAIProvider('openai', pulumi.output({ apiKey }) as any), 'OpenAIProvider openai: decides'],
    ['a platform', () => new OpenAIProvider('openai', { apiKey, platform: pulumi.output(core.Platform.envoyAIGateway()) } as any), "'platform' decides"],
    ['all labels of a chart', () => new Chart('ai', { labels: pulumi.output({ team: 'ml' }) } as any), "Chart ai: 'labels' decides"],
    ['the platform of a chart', () => new Chart('ai', { platform: Promise.resolve(core.Platform.envoyAIGateway()) } as any), "Chart ai: 'platform' decides"],
    ['a target', () => {
      const openai = new OpenAIProvider('openai', { apiKey });
      new AIGateway('gateway').addModel('gpt-4o', Promise.resolve(openai.model()) as any);
    }, "AIGateway.addModel(): 'target' decides"],
  ])('%s cannot be one', async (_, declare, message) => {
    const { error } = await runProgram(declare);
    expect(error!.message).toContain(message);
    expect(error!.message).toContain('[OUTPUT_MUST_BE_KNOWN]');
  });

  test.each<[string, () => unknown, string]>([
    ['a template literal', () => new OpenAIProvider('openai', { apiKey, headers: { set: { 'x-team': `team-${pulumi.output('a')}` } } }), "OpenAIProvider openai: 'headers.set.x-team' has"],
    ['JSON', () => new OpenAIProvider('openai', { apiKey, headers: { set: { 'x-team': JSON.stringify({ a: pulumi.output('a') }) } } }), "OpenAIProvider openai: 'headers.set.x-team' has"],
    ['a sum', () => new OpenAIProvider('openai', { apiKey, port: (pulumi.output(8000) as any) + 1 }), "OpenAIProvider openai: 'port' has"],
    ['a namespace', () => new Chart('ai', { namespace: `ai-${pulumi.output('a')}` }), "Chart ai: 'namespace' has"],
    ['an argument of a factory', () => ApiKey.fromSecretName(`key-${pulumi.output('a')}`), "ApiKey.fromSecretName(): 'name' has"],
    ['a raw manifest', () => new Cdk8sComponent('notes', chart => new ApiObject(chart, 'map', { apiVersion: 'v1', kind: 'ConfigMap', data: { a: `-${pulumi.output('a')}` } })),
      "Cdk8sComponent notes (notes/map): 'data.a' has"],
  ])('in %s are an error', async (_, declare, message) => {
    const { all, error } = await runProgram(declare);
    expect(all).toEqual([]);
    expect(error!.message).toContain(message);
    expect(error!.message).toContain('[OUTPUT_AS_TEXT]');
  });

  test('that fail fail the program in their own words', async () => {
    const { objects, error } = await runProgram(() => void new OpenAIProvider('openai', { apiKey, namespace: 'ai', hostname: pulumi.output(Promise.reject(new Error('no such stack'))) }));
    expect(error!.message).toContain('no such stack');
    expect(objects.map(({ type }) => type)).toEqual([]);
  });

  test('two namespaces that are known only later are not taken for one', async () => {
    const { error } = await runProgram(() => {
      const openai = new OpenAIProvider('openai', { apiKey, namespace: pulumi.output('ai') });
      new AIGateway('gateway', { namespace: pulumi.output('ai') }).addModel('gpt-4o', openai.model());
    });
    expect(error!.message).toContain('give both the same value');
    expect(error!.message).not.toContain('zqmn');
  });

  test('one namespace that is known only later is', async () => {
    const namespace = pulumi.output('ai');
    const { error } = await runProgram(() => {
      const openai = new OpenAIProvider('openai', { apiKey, namespace });
      new AIGateway('gateway', { namespace }).addModel('gpt-4o', openai.model());
    });
    expect(error).toBeUndefined();
  });

  test('of components order what uses them', async () => {
    const { objects, error } = await runProgram(() => {
      const openai = new OpenAIProvider('openai', { apiKey, namespace: 'ai' });
      new Cdk8sComponent('notes', chart => new ApiObject(chart, 'map', { apiVersion: 'v1', kind: 'ConfigMap', data: { provider: openai.providerName, namespace: openai.namespace } }));
    });
    expect(error).toBeUndefined();
    const notes = object(objects, 'ConfigMap');
    expect(notes.inputs.data).toEqual({ provider: 'openai', namespace: 'ai' });
    expect(notes.dependencies).toEqual([expect.stringContaining(':AIServiceBackend::openai:openai')]);
  });
});

describe('options', () => {
  test('of a gateway reach its routes, those of a route only its own objects', async () => {
    const { objects, components } = await runProgram(() => {
      const openai = new OpenAIProvider('openai', { apiKey, namespace: 'ai' });
      const gateway = new AIGateway('gateway', { namespace: 'ai' }, { ignoreChanges: ['metadata.labels'], protect: true });
      gateway.addModel('a', openai.model());
      gateway.addModel('b', openai.model(), {}, { protect: false, ignoreChanges: ['spec.rules'], aliases: [{ name: 'old' }] });
    });
    const seen = (name: string) => object(objects, 'AIGatewayRoute', name);
    expect(seen('gateway-a')).toMatchObject({ protect: true, ignoreChanges: ['metadata.labels'] });
    expect(seen('gateway-b')).toMatchObject({ protect: false, ignoreChanges: ['metadata.labels', 'spec.rules'] });
    expect(components.find(({ name }) => name === 'gateway:b')!.aliases).toEqual([expect.objectContaining({ name: 'old' })]);
    expect(object(objects, 'Backend').protect).toBe(false);
  });

  test('a provider on a component serves its objects', async () => {
    const { objects, error } = await runProgram(() => {
      new OpenAIProvider('openai', { apiKey }, { provider: new Provider('cluster', { context: 'test' }) });
      new OpenAIProvider('other', { apiKey }, { providers: { kubernetes: new Provider('second', { context: 'test' }) } });
      new OpenAIProvider('default', { apiKey });
    });
    expect(error).toBeUndefined();
    const providers = (name: string) => new Set(objects.filter(o => o.name.startsWith(`${name}:`)).map(({ provider }) => provider.split('::').at(-2)));
    expect([providers('openai'), providers('other'), providers('default')]).toEqual([new Set(['cluster']), new Set(['second']), new Set([undefined])]);
  });

  test('legacy transformations see the objects', async () => {
    const { objects } = await runProgram(() => void new OpenAIProvider('openai', { apiKey }, {
      transformations: [({ type, props, opts }) => (type.endsWith(':Backend') ? { props: { ...props, metadata: { name: 'openai', labels: { seen: 'yes' } } }, opts } : undefined)],
    }));
    expect(object(objects, 'Backend').inputs.metadata.labels).toEqual({ seen: 'yes' });
  });
});

test('what exists is referred to, and routes on it are components all the same', async () => {
  const { objects, components, error } = await runProgram(() => {
    const parent = new Chart('team', { namespace: 'team' });
    const gateway = AIGateway.fromGatewayName('shared', pulumi.output('platform'), { namespace: 'gateways' }, { parent });
    const provider = new ExistingProvider('openai', { name: 'openai', namespace: 'team' }, { parent });
    gateway.addModel('gpt-4o', provider.model());
  });
  expect(error).toBeUndefined();
  expect(components.map(({ type }) => type.split(':').at(-1)).sort()).toEqual(['AIGatewayReference', 'Chart', 'ExistingProvider', 'ModelRoute']);
  expect(objects.map(({ inputs }) => inputs.spec.parentRefs)).toEqual([[expect.objectContaining({ name: 'platform', namespace: 'gateways' })]]);
});

describe('a gateway that exists', () => {
  const declare = (name: string, options?: Parameters<typeof AIGateway.fromGatewayName>[2], opts?: pulumi.ComponentResourceOptions) => {
    const openai = new OpenAIProvider('openai', { apiKey, namespace: 'team', platform: options?.platform });
    AIGateway.fromGatewayName(name, 'platform', options, opts).addModel('gpt-4o', openai.model());
  };

  test.each<[string, Parameters<typeof AIGateway.fromGatewayName>[2], { namespace: string; parent: string }]>([
    ['beside the gateway', { namespace: 'gateways' }, { namespace: 'gateways', parent: 'gateways' }],
    ['in a namespace of theirs', { namespace: 'gateways', routeNamespace: 'team' }, { namespace: 'team', parent: 'gateways' }],
  ])('has routes without a chart %s', async (_, options, expected) => {
    const { objects, error } = await runProgram(() => declare('shared', options));
    expect(error).toBeUndefined();
    const { metadata, spec } = object(objects, 'AIGatewayRoute').inputs;
    expect({ namespace: metadata.namespace, parent: spec.parentRefs[0].namespace ?? metadata.namespace }).toEqual(expected);
  });

  test('is of a platform', async () => {
    const { objects, error } = await runProgram(() => declare('shared', { namespace: 'team', platform: core.Platform.agentgateway() }));
    expect(error).toBeUndefined();
    expect(objects.some(({ type }) => type.includes('agentgateway.dev'))).toBe(true);
  });

  test('has its routes where its chart has them', async () => {
    const { error } = await runProgram(() => declare('shared', { namespace: 'gateways', routeNamespace: 'team' }, { parent: new Chart('team', { namespace: 'team' }) }));
    expect(error!.message).toBe("AIGateway shared: 'routeNamespace' is the namespace of the chart it stands in; leave it out");
  });
});

test('a route of its own takes components and constructs', async () => {
  const { objects, error } = await runProgram(() => {
    const openai = new OpenAIProvider('openai', { apiKey, namespace: 'ai' });
    const gateway = new AIGateway('gateway', { namespace: 'ai' });
    new ModelRoute('models', { namespace: 'ai', gateways: [gateway], entries: [{ match: ModelMatch.exact('a', pulumi.output('b')), target: openai.model() }] });
    new ModelRoute('more', { namespace: 'ai', gateways: [gateway.construct], entries: [{ match: ModelMatch.exact('c'), target: openai.construct.model() }] });
  });
  expect(error).toBeUndefined();
  expect(objects.filter(({ type }) => type.endsWith(':AIGatewayRoute')).map(({ inputs }) => inputs.metadata.name).sort()).toEqual(['models', 'more']);
});

test('errors name the component and its property, and all come at once', async () => {
  const { all, error } = await runProgram(() => {
    const openai = new OpenAIProvider('openai', { apiKey, namespace: 'ai', hostname: 'https://api' });
    const bedrock = new BedrockProvider('bedrock', { namespace: 'ai', region: 'us-east-1', credentials: AwsCredentials.irsa('not-a-role') });
    const gateway = new AIGateway('gateway', { namespace: 'ai' });
    gateway.addModel('a', openai.model());
    gateway.addModel('a', bedrock.model('x'));
  });
  expect(all).toEqual([]);
  expect(error!.message).toMatch(/^ {2}OpenAIProvider openai: 'hostname' /m);
  expect(error!.message).toMatch(/^ {2}BedrockProvider bedrock: 'credentials' .* \[ROLE_ARN\]$/m);
  expect(error!.message).toMatch(/^ {2}ModelRoute gateway:a(-2)?: .* \[DUPLICATE_MODEL\]$/m);
});

test('errors call routes of a gateway by the names of their components', async () => {
  const { error } = await runProgram(() => {
    const openai = new OpenAIProvider('openai', { apiKey, namespace: 'ai' });
    const gateway = new AIGateway('gateway', { namespace: 'ai' });
    for (const model of ['a', 'a']) gateway.addModel(model, openai.model());
  });
  expect(error!.message).toContain('for a model that ModelRoute gateway:a serves already');
});

test('errors call components without a chart by their names in the program', async () => {
  const { error } = await runProgram(() => {
    const openai = new OpenAIProvider('openai', { apiKey, namespace: 'ai' });
    AIGateway.fromGatewayName('shared', 'platform').addModel('gpt-4o', openai.model());
  });
  expect(error!.message).toContain("ModelRoute shared:gpt-4o: 'target' uses OpenAIProvider openai in namespace \"ai\"");
  expect(error!.message).not.toContain('namespace ai/');
});

test('a finding can be acknowledged on a component', async () => {
  const declare = (acknowledge: boolean) => () => {
    const provider = new OpenAIProvider('openai', { namespace: 'ai', apiKey: ApiKey.fromSecretName('key', { keys: ['apiKey', 'other'] }) });
    if (acknowledge) Checks.acknowledge(provider, 'SECRET_KEY_EXTRA', 'the other key is for another program');
  };
  expect((await runProgram(declare(false))).log).toContain('OpenAIProvider openai: \'apiKey\'');
  expect((await runProgram(declare(true))).log).not.toContain('SECRET_KEY_EXTRA');
});

test('a patch reaches the object', async () => {
  const { objects } = await runProgram(() => {
    const openai = new OpenAIProvider('openai', { apiKey, namespace: 'ai' });
    openai.construct.backend!.addJsonPatch(JsonPatch.add('/metadata/annotations', { note: 'x' }));
    expect(openai.backend).toBe(resourceOf(openai.construct.backend!));
  });
  expect(object(objects, 'Backend').inputs.metadata.annotations).toEqual({ note: 'x' });
});

test('a platform is chosen by argument', async () => {
  const { objects, error } = await runProgram(() => {
    const platform = core.Platform.envoyAIGateway({ release: core.EnvoyAIGatewayRelease.V0_5 });
    new OpenAIProvider('openai', { apiKey, namespace: 'ai', platform });
    const parent = new Chart('new', { namespace: 'ai' });
    new OpenAIProvider('other', { apiKey }, { parent });
    expect(() => new OpenAIProvider('third', { apiKey, platform }, { parent })).toThrow("OpenAIProvider third: 'platform' is that of the chart it stands in");
  });
  expect(error).toBeUndefined();
  expect(objects.filter(({ type }) => type.endsWith(':AIServiceBackend')).map(({ inputs }) => inputs.apiVersion).sort()).toEqual([
    'aigateway.envoyproxy.io/v1alpha1', 'aigateway.envoyproxy.io/v1beta1',
  ]);
});

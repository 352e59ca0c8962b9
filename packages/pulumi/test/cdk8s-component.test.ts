import * as pulumi from '@pulumi/pulumi';
import { ApiObject, JsonPatch } from 'cdk8s';
import { AIGateway, ApiKey, OpenAIProvider } from 'cdk8s-ai-gateway';
import { Construct } from 'constructs';
import { asString, Cdk8sComponent, Cdk8sComponentOptions, resourceOf } from '../src';
import { nextTurn, runProgram, unknown } from './engine/mocks';

function declareGateway(chart: Construct): { gateway: AIGateway; openai: OpenAIProvider } {
  const openai = new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSecretName('openai-api-key') });
  const gateway = new AIGateway(chart, 'gateway');
  gateway.addModel('gpt-4o', openai.model());
  return { gateway, openai };
}

const AI: Cdk8sComponentOptions = { chart: { namespace: 'ai' } };

test('each manifest is a resource of its own below the component', async () => {
  const { objects, components, error } = await runProgram(() => new Cdk8sComponent('ai', declareGateway, AI));
  expect(error).toBeUndefined();
  expect(components.map(({ urn }) => urn)).toEqual(['urn:pulumi:stack::project::pulumi-ai-gateway:index:Cdk8sComponent::ai']);
  expect(objects.map(({ type, name }) => `${type} ${name}`).sort()).toEqual([
    'kubernetes:aigateway.envoyproxy.io/v1beta1:AIGatewayRoute ai:ai-gateway-gpt-4o',
    'kubernetes:aigateway.envoyproxy.io/v1beta1:AIServiceBackend ai:ai-openai',
    'kubernetes:aigateway.envoyproxy.io/v1beta1:BackendSecurityPolicy ai:ai-openai',
    'kubernetes:gateway.envoyproxy.io/v1alpha1:Backend ai:ai-openai',
    'kubernetes:gateway.envoyproxy.io/v1alpha1:ClientTrafficPolicy ai:ai-gateway',
    'kubernetes:gateway.networking.k8s.io/v1:BackendTLSPolicy ai:ai-openai',
    'kubernetes:gateway.networking.k8s.io/v1:Gateway ai:ai-gateway',
    'kubernetes:gateway.networking.k8s.io/v1:GatewayClass ai:ai-gateway',
  ]);
  expect(new Set(objects.map(({ parent }) => parent))).toEqual(new Set([components[0].urn]));
});

describe('checks', () => {
  test('an error registers nothing, not even the component, and all errors are told at once', async () => {
    const { all, error } = await runProgram(() => {
      new Cdk8sComponent('ai', chart => {
        const openai = new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSecretName('openai-api-key'), hostname: 'https://api' });
        const gateway = new AIGateway(chart, 'gateway');
        gateway.addModel('gpt-4o', openai.model());
        gateway.addModel('gpt-4o', openai.model('other'));
      }, AI);
      new Cdk8sComponent('fine', chart => new ApiObject(chart, 'map', { apiVersion: 'v1', kind: 'ConfigMap' }));
    });
    expect(all).toEqual([]);
    expect(pulumi.RunError.isInstance(error)).toBe(true);
    expect(error!.message).toMatch(/nothing is registered, because of \d problems:/);
    expect(error!.message).toMatch(/Cdk8sComponent ai \(ai\/openai\): 'hostname' .*\[[A-Z_]+\]/);
    expect(error!.message).toMatch(/Cdk8sComponent ai \(ai\/gateway\/gpt-4o(-2)?\): .*\[DUPLICATE_MODEL\]/);
  });

  test('rules see what other components made before', async () => {
    const { objects, error } = await runProgram(async () => {
      let shared!: AIGateway;
      let openai!: OpenAIProvider;
      new Cdk8sComponent('ai', chart => ({ gateway: shared, openai } = declareGateway(chart)), AI);
      await nextTurn();
      new Cdk8sComponent('team', () => shared.addModel('gpt-4o', openai.model('gpt-4o-mini')), AI);
    });
    expect(objects.length).toBeGreaterThan(0);
    expect(error!.message).toContain('DUPLICATE_MODEL');
  });

  test('validations of other constructs count', async () => {
    const { all, error } = await runProgram(() => new Cdk8sComponent('ai', chart => {
      new ApiObject(chart, 'map', { apiVersion: 'v1', kind: 'ConfigMap' }).node.addValidation({ validate: () => ['is too small'] });
    }));
    expect(all).toEqual([]);
    expect(error!.message).toContain('Cdk8sComponent ai (ai/map): is too small');
  });

  test('an exception of the callback leaves nothing behind', async () => {
    const { all, error } = await runProgram(() => {
      expect(() => new Cdk8sComponent('ai', chart => {
        new ApiObject(chart, 'map', { apiVersion: 'v1', kind: 'ConfigMap' });
        throw new Error('broken');
      })).toThrow('broken');
      new Cdk8sComponent('ai', chart => new ApiObject(chart, 'other', { apiVersion: 'v1', kind: 'ConfigMap' }));
    });
    expect(error).toBeUndefined();
    expect(all.map(({ name }) => name)).toEqual(['ai', 'ai:ai-other']);
  });

  test('warnings name the component and are given once', async () => {
    const { log, error } = await runProgram(async () => {
      new Cdk8sComponent('ai', chart => {
        declareGateway(chart).gateway.addModel('other', new OpenAIProvider(chart, 'twin', { apiKey: ApiKey.fromSecretName('twin', { keys: ['apiKey', 'extra'] }) }).model());
      }, AI);
      await nextTurn();
      new Cdk8sComponent('more', chart => new ApiObject(chart, 'map', { apiVersion: 'v1', kind: 'ConfigMap' }));
    });
    expect(error).toBeUndefined();
    expect(log.match(/Cdk8sComponent ai \(ai\/twin\): .*\[SECRET_KEY_EXTRA\]/g)).toHaveLength(1);
  });
});

describe('dependencies', () => {
  const dependenciesOf = (objects: readonly { name: string; type: string; dependencies: readonly string[] }[], kind: string) =>
    objects.find(({ type }) => type.endsWith(`:${kind}`))!.dependencies.map(urn => urn.replace(/^.*\$kubernetes:[^:]*\//, ''));

  test('a route waits for its gateway and for all that makes its provider work', async () => {
    const { objects } = await runProgram(() => new Cdk8sComponent('ai', declareGateway, AI));
    expect(dependenciesOf(objects, 'AIGatewayRoute')).toEqual([
      'v1beta1:AIServiceBackend::ai:ai-openai', 'v1beta1:BackendSecurityPolicy::ai:ai-openai',
      'v1alpha1:Backend::ai:ai-openai', 'v1alpha1:ClientTrafficPolicy::ai:ai-gateway',
      'v1:BackendTLSPolicy::ai:ai-openai', 'v1:Gateway::ai:ai-gateway', 'v1:GatewayClass::ai:ai-gateway',
    ]);
  });

  test('declared ones, namespaces and definitions count, a dependency on a whole construct too', async () => {
    const { objects } = await runProgram(() => new Cdk8sComponent('app', chart => {
      const config = new ApiObject(chart, 'config', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'web' } });
      const group = new Construct(chart, 'group');
      new ApiObject(group, 'one', { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { namespace: 'other' } }).addDependency(config);
      new ApiObject(chart, 'pod', { apiVersion: 'v1', kind: 'Pod', metadata: { namespace: 'other' } }).addDependency(group);
      new ApiObject(chart, 'widget', { apiVersion: 'acme.com/v1', kind: 'Widget', metadata: { namespace: 'other' } });
      new ApiObject(chart, 'crd', { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', spec: { group: 'acme.com', names: { kind: 'Widget' } } });
      new ApiObject(chart, 'ns', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'web' } });
    }));
    expect(dependenciesOf(objects, 'ConfigMap')).toEqual(['v1:Namespace::app:web']);
    expect(dependenciesOf(objects, 'ServiceAccount')).toEqual(['v1:ConfigMap::app:web/app-config']);
    expect(dependenciesOf(objects, 'Pod')).toEqual(['v1:ServiceAccount::app:other/app-group-one']);
    expect(dependenciesOf(objects, 'Widget')).toEqual(['v1:CustomResourceDefinition::app:app-crd']);
  });

  test('a circle is told with its objects', async () => {
    const { all, error } = await runProgram(() => new Cdk8sComponent('app', chart => {
      const [a, b] = ['a', 'b'].map(id => new ApiObject(chart, id, { apiVersion: 'v1', kind: 'ConfigMap' }));
      a.addDependency(b);
      b.addDependency(a);
    }));
    expect(all).toEqual([]);
    expect(error!.message).toMatch(/app\/a\): depends on itself: app\/a -> app\/b -> app\/a; .* \[DEPENDENCY_CYCLE\]/);
  });
});

describe('Outputs', () => {
  const inputsOf = async (build: (chart: Construct) => ApiObject, preview = false) => {
    const { objects, error } = await runProgram(() => new Cdk8sComponent('app', build), { preview });
    if (error) throw error;
    return objects[0].inputs;
  };
  const map = (chart: Construct, data: object) => new ApiObject(chart, 'map', { apiVersion: 'v1', kind: 'ConfigMap', data });

  test.each<[string, (chart: Construct) => ApiObject, object]>([
    ['a whole text', chart => map(chart, { a: asString(pulumi.output('x')) }), { a: 'x' }],
    ['a text with other text', chart => map(chart, { a: `https://${asString(pulumi.output('x'))}/v1` }), { a: 'https://x/v1' }],
    ['two beside each other', chart => map(chart, { a: `${asString(pulumi.output('1'))}${asString(pulumi.output('2'))}` }), { a: '12' }],
    ['as they are in a raw manifest', chart => map(chart, { a: pulumi.output('x'), b: [Promise.resolve('y')] }), { a: 'x', b: ['y'] }],
    ['a list in a raw manifest', chart => map(chart, { a: pulumi.output(['x', 'y']) }), { a: ['x', 'y'] }],
    ['a key', chart => map(chart, { [asString(pulumi.output('k'))]: 'v' }), { k: 'v' }],
    ['a text inside JSON', chart => map(chart, { a: JSON.stringify({ b: asString(pulumi.output('say "x"\n')) }) }), { a: '{"b":"say \\"x\\"\\n"}' }],
    ['a patch', chart => {
      const object = map(chart, { a: 'x' });
      object.addJsonPatch(JsonPatch.add('/data/b', asString(pulumi.output('y'))));
      return object;
    }, { a: 'x', b: 'y' }],
  ])('%s', async (_, build, data) => expect((await inputsOf(build)).data).toEqual(data));

  test('an unknown one leaves its neighbours visible', async () => {
    const { data } = await inputsOf(chart => map(chart, { a: asString(unknown()), b: 'x', c: { d: [`-${asString(unknown())}`, 'y'] } }), true);
    expect(data).toEqual({ a: '<unknown>', b: 'x', c: { d: ['<unknown>', 'y'] } });
  });

  test('a secret one marks its leaf', async () => {
    const { data } = await inputsOf(chart => map(chart, { a: asString(pulumi.secret('x')), b: `-${asString(pulumi.secret('y'))}`, c: 'z' }));
    expect(data).toEqual({ a: { secret: 'x' }, b: { secret: '-y' }, c: 'z' });
  });

  test('of another resource make a dependency of that property', async () => {
    const { objects } = await runProgram(() => {
      const source = new Cdk8sComponent('source', chart => map(chart, { a: 'x' }));
      const version = resourceOf(source.construct.apiObjects[0]).metadata.apply(metadata => metadata.name as string);
      new Cdk8sComponent('app', chart => map(chart, { a: asString(version) }));
    });
    const [source, app] = [objects.find(({ name }) => name.startsWith('source'))!, objects.find(({ name }) => name.startsWith('app'))!];
    expect(app.inputs.data).toEqual({ a: 'source-map' });
    expect(app.propertyDependencies).toMatchObject({ data: [source.urn], metadata: [] });
  });

  test('the namespace can be one', async () => {
    const { objects, error } = await runProgram(() => new Cdk8sComponent('ai', declareGateway, { chart: { namespace: pulumi.output('late') } }));
    expect(error).toBeUndefined();
    expect(new Set(objects.map(({ inputs }) => inputs.metadata.namespace))).toEqual(new Set(['late', undefined]));
  });

  test.each<[string, string, (chart: Construct) => ApiObject]>([
    ['in a name', 'OUTPUT_IN_NAME', chart => new ApiObject(chart, 'map', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: asString(pulumi.output('x')) } })],
    ['in another case', 'OUTPUT_DAMAGED', chart => map(chart, { a: asString(pulumi.output('x')).toUpperCase() })],
    ['cut', 'OUTPUT_DAMAGED', chart => map(chart, { a: asString(pulumi.output('x')).slice(0, 11) })],
  ])('%s are an error', async (_, code, build) => {
    const { all, error } = await runProgram(() => new Cdk8sComponent('app', build));
    expect(all).toEqual([]);
    expect(error!.message).toContain(`[${code}]`);
    expect(error!.message).not.toMatch(/zqmnicinpps/i);
  });

  test('an object inside a text is refused', async () => {
    const { error } = await runProgram(() => new Cdk8sComponent('app', chart => map(chart, { a: `-${asString(pulumi.output({ b: 1 }) as any)}` })));
    expect(error!.message).toMatch(/Cdk8sComponent app .*'data\.a' has to be text, and its Output came to an object.*\[OUTPUT_OF_WRONG_TYPE\]/);
  });
});

test('two objects that would have one URN are an error', async () => {
  const { all, error } = await runProgram(() => new Cdk8sComponent('app', chart => {
    for (const id of ['a', 'b']) new ApiObject(chart, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'same', namespace: asString(pulumi.output(id)) } });
  }));
  expect(all).toEqual([]);
  expect(error!.message).toContain('[SAME_OBJECT_TWICE]');
});

test('what would change a registered object is an error', async () => {
  const { error } = await runProgram(async () => {
    const app = new Cdk8sComponent('app', chart => new ApiObject(chart, 'map', { apiVersion: 'v1', kind: 'ConfigMap', data: { a: 'x' } }));
    await nextTurn();
    app.construct.apiObjects[0].addJsonPatch(JsonPatch.add('/data/b', 'y'));
    new Cdk8sComponent('other', chart => new ApiObject(chart, 'map', { apiVersion: 'v1', kind: 'ConfigMap' }));
  });
  expect(error!.message).toMatch(/Cdk8sComponent app \(app\/map\): was registered already, .* \[CHANGED_TOO_LATE\]/);
});

test('an object that is added later without a component of its own is registered', async () => {
  const { objects, error } = await runProgram(async () => {
    const app = new Cdk8sComponent('app', () => undefined);
    await nextTurn();
    new ApiObject(app.construct, 'map', { apiVersion: 'v1', kind: 'ConfigMap' });
  });
  expect(error).toBeUndefined();
  expect(objects.map(({ name }) => name)).toEqual(['app:app-map']);
});

test('a resource can be asked for before its object is complete', async () => {
  const { objects, error } = await runProgram(() => {
    const app = new Cdk8sComponent('app', chart => new ApiObject(chart, 'map', { apiVersion: 'v1', kind: 'ConfigMap', data: { a: 'x', b: pulumi.secret('y') } }));
    const resource = resourceOf(app.construct.apiObjects[0]);
    expect(resourceOf(app.construct.apiObjects[0])).toBe(resource);
    app.construct.apiObjects[0].addJsonPatch(JsonPatch.replace('/data/a', 'z'));
  });
  expect(error).toBeUndefined();
  expect(objects.map(({ inputs }) => inputs.data)).toEqual([{ a: 'z', b: { secret: 'y' } }]);
});

describe('options', () => {
  test('reach every object', async () => {
    const { objects, error } = await runProgram(() => {
      const first = new Cdk8sComponent('first', chart => new ApiObject(chart, 'map', { apiVersion: 'v1', kind: 'ConfigMap' }));
      new Cdk8sComponent('ai', declareGateway, { ...AI, protect: true, ignoreChanges: ['metadata.labels'], retainOnDelete: true, dependsOn: first });
    });
    expect(error).toBeUndefined();
    const ours = objects.filter(({ name }) => name.startsWith('ai:'));
    expect(ours.length).toBe(8);
    for (const { protect, ignoreChanges, retainOnDelete, dependencies } of ours) {
      expect({ protect, ignoreChanges, retainOnDelete }).toEqual({ protect: true, ignoreChanges: ['metadata.labels'], retainOnDelete: true });
      expect(dependencies.some(urn => urn.endsWith('::first:first-map'))).toBe(true);
    }
  });

  test('of single objects are added', async () => {
    const { objects } = await runProgram(() => new Cdk8sComponent('ai', declareGateway, {
      ...AI, objectOptions: ({ kind }) => (kind === 'Backend' ? { aliases: [{ name: 'by-hand' }], protect: true } : undefined),
    }));
    const backend = objects.find(({ type }) => type.endsWith(':Backend'))!;
    expect(backend.aliases).toEqual([expect.objectContaining({ name: 'by-hand' })]);
    expect(objects.filter(({ protect }) => protect)).toEqual([backend]);
  });

  test('an object keeps its state when its API version moves on', async () => {
    const { objects } = await runProgram(() => new Cdk8sComponent('ai', declareGateway, AI));
    const route = objects.find(({ type }) => type.endsWith(':AIGatewayRoute'))!;
    expect(route.aliases).toEqual([expect.objectContaining({ type: 'kubernetes:aigateway.envoyproxy.io/v1alpha1:AIGatewayRoute' })]);
  });
});

test('values of a Secret are secret one by one, and its keys visible', async () => {
  const { objects } = await runProgram(() => new Cdk8sComponent('app', chart => new ApiObject(chart, 'key', {
    apiVersion: 'v1', kind: 'Secret', stringData: { a: asString(unknown()), b: 'x' }, data: { c: Buffer.from(`k=${asString(pulumi.secret('v'))}`).toString('base64') },
  })), { preview: true });
  const [{ type, inputs, additionalSecretOutputs }] = objects;
  expect(type).toBe('kubernetes:core/v1:Secret');
  // On the wire an unknown value has no other mark; the provider marks the whole of `stringData`.
  expect(inputs.stringData).toEqual({ a: '<unknown>', b: { secret: 'x' } });
  expect(inputs.data).toEqual({ c: { secret: Buffer.from('k=v').toString('base64') } });
  expect(additionalSecretOutputs).toEqual(['data', 'stringData']);
});

test('a document of SOPS is refused', async () => {
  const { all, error } = await runProgram(() => new Cdk8sComponent('app', chart => new ApiObject(chart, 'key', {
    apiVersion: 'v1', kind: 'Secret', stringData: { a: 'ENC[AES256_GCM,data:x,type:str]' }, sops: { mac: 'ENC[x]' },
  })));
  expect(all).toEqual([]);
  expect(error!.message).toContain('[ENCRYPTED_BY_SOPS]');
});

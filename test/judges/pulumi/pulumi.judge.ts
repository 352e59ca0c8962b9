import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Collector } from './collector';
import { pulumiMissing, Stack, StateResource, Workspace } from './stack';
import { ApiServer } from '../cluster/api-server';
import { Manifest, objectPath } from '../cluster/client';
import { describeJudge } from '../describe-judge';

const EXAMPLES = join(__dirname, '../../../packages/pulumi/examples');
const PROGRAMS = join(__dirname, 'programs');
/** Keys that no run had before; what they look like has to be nowhere. */
const keys = Object.fromEntries(['openai', 'groq', 'rotated'].map(name => [name, `sk-${randomBytes(24).toString('hex')}`]));

/** More than the limits of the commands of a test, so that a command that hangs says so itself. */
const TEST_MS = 400_000;
/** Without a condition to wait for, a command would be over by then. */
const WAIT_MS = 3_000;

/** Objects that a stack made, each as the cluster has it; undefined where it has none. */
async function liveObjects(server: ApiServer, state: readonly StateResource[]): Promise<ReadonlyMap<StateResource, Manifest | undefined>> {
  const objects = state.filter(({ custom, type }) => custom && type.startsWith('kubernetes:'));
  return new Map(await Promise.all(objects.map(async object => {
    const { apiVersion, kind, metadata: { name, namespace } } = object.inputs;
    const resource = (await server.client.resource(apiVersion, kind))!;
    const { status, body } = await server.client.send('GET', objectPath(resource, name, resource.namespaced ? namespace ?? 'default' : undefined));
    return [object, status === 200 ? body as Manifest : undefined] as const;
  })));
}

/** What the state has of an object, without what only Pulumi reads. */
function withoutSecrets({ data: _, stringData: __, ...inputs }: any): any {
  return JSON.parse(JSON.stringify(inputs));
}

describeJudge('Pulumi', () => {
  let server: ApiServer;
  let workspace: Workspace;
  let collector: Collector;

  beforeAll(async () => {
    server = await ApiServer.start({ aiGateway: 'v1.1.0' });
    workspace = new Workspace(server.kubeconfig);
    collector = new Collector(server.client);
    // Its file backend calls every organization so.
    const cluster = await workspace.stack(join(PROGRAMS, 'cluster'), 'production');
    await cluster.must('up', '--yes', '--skip-preview');
  }, 900_000);

  afterAll(async () => {
    await collector?.stop();
    workspace?.remove();
    await server?.stop();
  });

  const expectNoKeyIn = (text: string) => {
    for (const key of Object.values(keys)) {
      for (const form of [key, Buffer.from(key).toString('base64').replace(/=+$/, '')]) expect(text.includes(form)).toBe(false);
    }
  };

  /** The state of a stack, whose objects can be deleted from now on. */
  const stateOf = async (stack: Stack) => {
    const state = await stack.state();
    for (const { inputs } of state.filter(({ type }) => type.startsWith('kubernetes:'))) collector.watch(inputs);
    return state;
  };

  const makeNamespace = async (name: string) => {
    await server.client.send('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  };

  describe.each(readdirSync(EXAMPLES).sort())('the example %s', example => {
    let stack: Stack;
    let planned: readonly string[];
    let state: readonly StateResource[];

    beforeAll(async () => {
      stack = await workspace.stack(join(EXAMPLES, example), 'test', text => text.replace("'acme/cluster/production'", "'organization/cluster/production'"));
      await stack.secret('openai', keys.openai);
      await stack.secret('groq', keys.groq);
      if (example !== 'quickstart') await makeNamespace('ai');
    }, TEST_MS);

    afterAll(async () => {
      await server.client.send('DELETE', '/api/v1/namespaces/ai');
      while ((await server.client.send('GET', '/api/v1/namespaces/ai')).status === 200) await setTimeout(100);
    }, TEST_MS);

    test('is previewed without making anything', async () => {
      const { exitCode, steps, messages } = await stack.preview();
      expect([exitCode, messages]).toEqual([0, expect.not.stringContaining('error')]);
      expect(await server.client.list('gateway.networking.k8s.io/v1', 'Gateway')).toEqual([]);
      expectNoKeyIn(messages);
      planned = steps;
    }, TEST_MS);

    test('is made as it was previewed, and as the cluster has it', async () => {
      const { exitCode, steps, messages } = await stack.up();
      state = await stateOf(stack);
      expect([exitCode, messages]).toEqual([0, expect.not.stringContaining('error')]);
      expect(steps).toEqual(planned);
      expect(steps.length).toBeGreaterThan(10);
      expectNoKeyIn(messages);
      const live = await liveObjects(server, state);
      expect(live.size).toBeGreaterThan(8);
      for (const [{ inputs }, object] of live) expect(object).toMatchObject(withoutSecrets(inputs));
    }, TEST_MS);

    test('has its keys in the Secrets, and nowhere else in the clear', async () => {
      const secrets = [...await liveObjects(server, state)].flatMap(([, object]) => object?.kind === 'Secret' ? [object] : []);
      const values = secrets.flatMap(({ data }) => Object.values(data).map(value => Buffer.from(value as string, 'base64').toString()));
      expect(values.sort()).toEqual(({ 'quickstart': [keys.openai, keys.groq], 'key-rotation': [keys.openai] }[example] ?? []).sort());
      expectNoKeyIn(workspace.written());
    });

    test('has nothing to change afterwards', async () => {
      expect(await stack.up('--expect-no-changes')).toMatchObject({ exitCode: 0, steps: [] });
      expect(await stack.refresh('--expect-no-changes')).toMatchObject({ exitCode: 0 });
    }, TEST_MS);

    if (example === 'key-rotation') {
      test('changes its key in place', async () => {
        await stack.secret('openai', keys.rotated);
        expect(await stack.up()).toMatchObject({ exitCode: 0, steps: ['update kubernetes:core/v1:Secret::openai:openai'] });
        const { data } = await server.client.must('GET', '/api/v1/namespaces/ai/secrets/openai');
        expect(Buffer.from(data.apiKey, 'base64').toString()).toBe(keys.rotated);
        expectNoKeyIn(workspace.written());
      }, TEST_MS);
    }

    test('is restored when somebody changes the cluster', async () => {
      const [object, before] = [...await liveObjects(server, state)].find(([{ type }]) => type.endsWith(':AIGatewayRoute'))!;
      const resource = (await server.client.resource(before!.apiVersion, before!.kind))!;
      const path = objectPath(resource, before!.metadata.name, before!.metadata.namespace);
      await server.client.must('DELETE', path);
      expect((await stack.refresh()).steps).toContain(`delete ${object.type}::${object.urn.split('::').at(-1)}`);
      expect(await stack.up()).toMatchObject({ exitCode: 0, steps: expect.arrayContaining([`create ${object.type}::${object.urn.split('::').at(-1)}`]) });
      expect((await server.client.send('GET', path)).body.spec).toEqual(before!.spec);
    }, TEST_MS);

    test('is removed without a trace', async () => {
      const { exitCode, messages } = await stack.destroy();
      expect([exitCode, messages]).toEqual([0, expect.not.stringContaining('error')]);
      expect(await stack.state()).toEqual([]);
      expect([...(await liveObjects(server, state)).values()].filter(object => object !== undefined)).toEqual([]);
    }, TEST_MS);
  });

  describe('a program that changes', () => {
    const SECRET = 'kubernetes:core/v1:Secret::openai:openai';
    let stack: Stack;

    const make = async (name: string, config: { readonly [key: string]: string }) => {
      stack = await workspace.stack(join(PROGRAMS, 'changing'), name);
      await stack.secret('key', keys.openai);
      await stack.config({ models: 'a,b', ...config });
      const outcome = await stack.up();
      expect([outcome.exitCode, outcome.messages]).toEqual([0, expect.anything()]);
      await stateOf(stack);
      return outcome;
    };
    const secret = async () => server.client.must('GET', '/api/v1/namespaces/changing/secrets/openai');
    const patterns = async () => {
      const route = await server.client.must('GET', '/apis/aigateway.envoyproxy.io/v1beta1/namespaces/changing/aigatewayroutes/gateway-patterns');
      return route.spec.rules.map(({ matches }: any) => matches[0].headers[0].value);
    };

    beforeAll(async () => makeNamespace('changing'));
    afterEach(async () => expectNoKeyIn(workspace.written()));

    test('is made, and warns that a change of the key leaves a gap', async () => {
      expect((await make('test', {})).messages).toContain('[KEY_ROTATION_GAP]');
      expect(await patterns()).toEqual(['first-.*', 'second-.*']);
    }, TEST_MS);

    test('adds a model: its own objects and nothing else', async () => {
      await stack.config({ models: 'a,c,b' });
      expect(await stack.up()).toMatchObject({
        exitCode: 0,
        steps: ['create kubernetes:aigateway.envoyproxy.io/v1beta1:AIGatewayRoute::gateway:c:gateway-c', 'create pulumi-ai-gateway:index:ModelRoute::gateway:c'],
      });
    }, TEST_MS);

    test('waits for what a route is told to wait for', async () => {
      const path = '/apis/aigateway.envoyproxy.io/v1beta1/namespaces/changing/aigatewayroutes/gateway-d';
      await stack.config({ models: 'a,c,b,d', awaited: 'd' });
      let ended = false;
      const up = stack.up().finally(() => ended = true);
      while (!ended && (await server.client.send('GET', path)).status !== 200) await setTimeout(100);
      await setTimeout(WAIT_MS);
      expect(ended).toBe(false);
      const accepted = { type: 'Accepted', status: 'True', reason: 'Accepted', message: '', lastTransitionTime: new Date().toISOString() };
      await server.client.must('PATCH', `${path}/status`, { status: { conditions: [accepted] } }, 'application/merge-patch+json');
      expect(await up).toMatchObject({ exitCode: 0, steps: expect.arrayContaining([expect.stringContaining('gateway:d:gateway-d')]) });
    }, TEST_MS);

    test('changes the key: the Secret is made anew, which is the gap', async () => {
      const before = await secret();
      await stack.secret('key', keys.rotated);
      const { exitCode, steps } = await stack.up();
      expect(exitCode).toBe(0);
      expect(steps.filter(step => !step.endsWith(SECRET))).toEqual([]);
      expect(steps).toContain(`delete-replaced ${SECRET}`);
      expect((await secret()).metadata.uid).not.toBe(before.metadata.uid);
    }, TEST_MS);

    test('changes the key where Secrets are mutable: the Secret is updated', async () => {
      await stack.config({ 'kubernetes:enableSecretMutable': 'true' });
      const quiet = await stack.up();
      expect([quiet.exitCode, quiet.messages]).toEqual([0, expect.not.stringContaining('KEY_ROTATION_GAP')]);
      const before = await secret();
      await stack.secret('key', keys.openai);
      expect(await stack.up()).toMatchObject({ exitCode: 0, steps: [`update ${SECRET}`] });
      const after = await secret();
      expect([after.metadata.uid, Buffer.from(after.data.apiKey, 'base64').toString()]).toEqual([before.metadata.uid, keys.openai]);
    }, TEST_MS);

    test.each([
      ['breaks a rule', 'rule', /nothing is registered, because of[^]*\[DUPLICATE_MODEL\]/],
      ['throws half way', 'throws', /thrown on purpose[^]*nothing of the AI gateway is registered/],
    ])('%s: nothing changes', async (_, mistake, message) => {
      const before = (await stack.state()).map(({ urn }) => urn);
      await stack.config({ mistake });
      const { exitCode, steps, messages } = await stack.up();
      expect([exitCode === 0, steps, messages]).toEqual([false, [], expect.stringMatching(message)]);
      expect((await stack.state()).map(({ urn }) => urn)).toEqual(before);
      expect(await patterns()).toEqual(['first-.*', 'second-.*']);
      await stack.must('config', 'rm', 'mistake');
    }, TEST_MS);

    test('has a value that only an update knows: at preview it is none, at update it is told before its component is made', async () => {
      await stack.config({ mistake: 'late' });
      const preview = await stack.preview();
      expect([preview.exitCode, preview.steps]).toEqual([0, expect.arrayContaining([expect.stringMatching(/^create .*:Backend::late:late$/)])]);
      const { exitCode, steps, messages } = await stack.up();
      expect([exitCode === 0, steps]).toEqual([false, ['create kubernetes:core/v1:ConfigMap::notes']]);
      expect(messages).toMatch(/OpenAIProvider late: 'hostname' is a URL.*\[BAD_HOSTNAME\]/);
      expect((await stateOf(stack)).filter(({ urn }) => urn.includes('late'))).toEqual([]);
      await stack.must('config', 'rm', 'mistake');
      expect(await stack.up()).toMatchObject({ exitCode: 0, steps: ['delete kubernetes:core/v1:ConfigMap::notes'] });
    }, TEST_MS);

    test('leaves alone what a transform of a component tells it to', async () => {
      const policy = 'update kubernetes:gateway.envoyproxy.io/v1alpha1:ClientTrafficPolicy::gateway:gateway';
      await stack.config({ body: '10', kept: 'ClientTrafficPolicy' });
      expect(await stack.up()).toMatchObject({ exitCode: 0, steps: [] });
      await stack.must('config', 'rm', 'kept');
      expect(await stack.up()).toMatchObject({ exitCode: 0, steps: [policy] });
    }, TEST_MS);

    test('does not delete what a protected component has made', async () => {
      await stack.config({ protect: 'true' });
      expect((await stack.up()).exitCode).toBe(0);
      const { exitCode, messages } = await stack.destroy();
      expect([exitCode === 0, messages]).toEqual([false, expect.stringContaining('protected')]);
      const kept = (await stack.state()).filter(({ type }) => /:(Gateway|AIGatewayRoute)$/.test(type));
      expect(kept.length).toBeGreaterThan(2);
      for (const [, object] of await liveObjects(server, kept)) expect(object).toBeDefined();
      await stack.config({ protect: 'false' });
      expect((await stack.up()).exitCode).toBe(0);
    }, TEST_MS);

    test('renames a component, and says so: its objects stay', async () => {
      const before = await secret();
      await stack.config({ name: 'main' });
      expect(await stack.up()).toMatchObject({ exitCode: 0, steps: [] });
      expect((await secret()).metadata.uid).toBe(before.metadata.uid);
      expect((await stack.state()).map(({ urn }) => urn).filter(urn => urn.includes('Provider$') && !urn.includes('::main:openai'))).toEqual([]);
      expect(await stack.destroy()).toMatchObject({ exitCode: 0 });
    }, TEST_MS);

    test('moves to a release with other API versions: objects are updated, none is made anew', async () => {
      await make('release', { release: 'V0_5' });
      const before = await liveObjects(server, await stack.state());
      await stack.config({ release: 'V1_1' });
      const { exitCode, steps, messages } = await stack.up();
      expect([exitCode, messages]).toEqual([0, expect.not.stringContaining('error')]);
      expect(steps.filter(step => !step.startsWith('update '))).toEqual([]);
      const uids = (objects: Iterable<Manifest | undefined>) => [...objects].map(object => object!.metadata.uid).sort();
      expect(uids((await liveObjects(server, await stack.state())).values())).toEqual(uids(before.values()));
      expect(await stack.up('--expect-no-changes')).toMatchObject({ exitCode: 0 });
      expect(await stack.destroy()).toMatchObject({ exitCode: 0 });
    }, TEST_MS);
  });
}, pulumiMissing() ?? ApiServer.missing());

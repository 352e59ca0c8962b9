import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart, JsonPatch, Lazy, Testing } from 'cdk8s';
import { AIGateway, ApiKey, Checks, OpenAIProvider } from '../../src';

function program(charts = 1) {
  const app = Testing.app();
  const made = Array.from({ length: charts }, (_, index) => {
    const chart = new Chart(app, `chart-${index}`, { namespace: 'ai' });
    const openai = new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSecretName('openai') });
    const gateway = new AIGateway(chart, 'gateway');
    gateway.addModel('gpt-4o', openai.model());
    return { chart, openai, gateway };
  });
  return { app, made };
}

function clash(chart: Chart) {
  for (const id of ['one', 'two']) new ApiObject(chart, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'same' } });
}

/** Runs `act` and returns what it wrote to stderr. */
function stderrOf(act: () => void): string {
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    act();
    return write.mock.calls.map(([text]) => String(text)).join('');
  } finally {
    write.mockRestore();
  }
}

test('all errors come at once, each with the path of its construct', () => {
  const { app, made: [{ chart }] } = program();
  clash(chart);
  const other = new Chart(app, 'other', { namespace: 'ai' });
  clash(other);
  expect(() => app.synth()).toThrow(/\[chart-0\/two\] 'metadata\.name' is also the name of the ConfigMap at chart-0\/one, got "same"; rename one of the two \[DUPLICATE_OBJECT\]\n {2}\[other\/one\]/);
});

test('a finding is acknowledged on a scope, with a reason', () => {
  const { app, made: [{ chart }] } = program();
  clash(chart);
  Checks.acknowledge(chart, 'DUPLICATE_OBJECT', 'the second one replaces the first on purpose');
  expect(() => app.synth()).not.toThrow();
});

test('a finding is acknowledged on a raw manifest by annotation', () => {
  const { app, made: [{ chart }] } = program();
  clash(chart);
  ApiObject.of(chart.node.findChild('two')).metadata.addAnnotation('cdk8s-ai-gateway/acknowledge-DUPLICATE_OBJECT', 'on purpose');
  expect(() => app.synth()).not.toThrow();
});

test('an acknowledgement of an unknown code, or without a reason, is refused', () => {
  const { app } = program();
  expect(() => Checks.acknowledge(app, 'NO_SUCH_CODE', 'because')).toThrow('there is no code "NO_SUCH_CODE"');
  expect(() => Checks.acknowledge(app, 'DUPLICATE_OBJECT', ' ')).toThrow('needs a reason');
  expect(() => Checks.acknowledge(app, 'NOT_EXPRESSIBLE', 'because')).toThrow('cannot be acknowledged');
});

test('the tree is walked a fixed number of times, however many charts there are', () => {
  const walks = (charts: number) => {
    const { app, made: [{ openai }] } = program(charts);
    const children = jest.spyOn(openai.node, 'children', 'get');
    app.synth();
    return children.mock.calls.length;
  };
  expect(walks(2)).toBeGreaterThan(0);
  expect(walks(8)).toBe(walks(2));
});

test('a change between two syntheses is seen by the second', () => {
  const { app, made: [{ chart, openai }] } = program();
  expect(() => app.synth()).not.toThrow();
  ApiObject.of(openai).addJsonPatch(JsonPatch.add('/spec/schema/prefix', 'changed'));
  expect(app.synthYaml()).toContain('prefix: changed');
  ApiObject.of(openai).addJsonPatch(JsonPatch.replace('/spec/schema/prefix', 'again'));
  expect(JSON.stringify(Testing.synth(chart))).toContain('"prefix":"again"');
  clash(chart);
  expect(() => app.synth()).toThrow('DUPLICATE_OBJECT');
});

test('each manifest is rendered once in a synthesis, however many charts there are', () => {
  const { app, made } = program(3);
  const target = ApiObject.of(made[1].openai);
  let rendered = 0;
  const resolve = jest.spyOn(target.metadata, 'toJson');
  app.synth();
  rendered = resolve.mock.calls.length;
  expect(rendered).toBe(1);
});

test('outside of app.synth() nothing is kept: a chart rendered twice shows the change in between', () => {
  const { made: [{ chart, openai }] } = program();
  Testing.synth(chart);
  ApiObject.of(openai).metadata.addLabel('team', 'blue');
  expect(JSON.stringify(Testing.synth(chart))).toContain('"team":"blue"');
});

test('warnings go to stderr once per synthesis, with their path', () => {
  const app = Testing.app();
  for (const id of ['a', 'b']) {
    const chart = new Chart(app, id, { namespace: 'ai' });
    new AIGateway(chart, 'gateway', { gatewayClassName: 'eg' });
  }
  const chart = new Chart(app, 'routes', { namespace: 'apps' });
  const gateway = AIGateway.fromGatewayName(chart, 'gateway', 'shared', { namespace: 'infra' });
  gateway._need({ kind: 'aws-pod-identity', provider: 'routes/bedrock' });
  const text = stderrOf(() => app.synth());
  expect(text).toMatch(/^warning: routes\/gateway: is not made here, .* \[IDENTITY_MANUAL_STEP\]\n$/);
});

test('a strict scope makes warnings stop synthesis', () => {
  const app = new App({ outdir: Testing.app().outdir });
  const chart = new Chart(app, 'routes', { namespace: 'apps' });
  const gateway = AIGateway.fromGatewayName(chart, 'gateway', 'shared', { namespace: 'infra' });
  gateway._need({ kind: 'aws-pod-identity', provider: 'routes/bedrock' });
  Checks.strict(app);
  expect(() => app.synth()).toThrow('IDENTITY_MANUAL_STEP');
});

test('the namespace of a chart is not written into kinds that have none', () => {
  const { made: [{ chart }] } = program();
  const gatewayClass = Testing.synth(chart).find((m: any) => m.kind === 'GatewayClass');
  expect(gatewayClass.metadata).toEqual({ name: expect.any(String) });
});

describe('what somebody changes in a manifest he asks for is not declared', () => {
  function changed(act: (manifest: any) => void) {
    class Changing extends Chart {
      public toJson() {
        const manifests = super.toJson();
        manifests.forEach(act);
        return manifests;
      }
    }
    const app = Testing.app();
    const chart = new Changing(app, 'chart', { namespace: 'ai' });
    new AIGateway(chart, 'gateway').addModel('gpt-4o', new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSecretName('openai') }).model());
    return app;
  }

  test.each<[string, (manifest: any) => void]>([
    ['a label', manifest => { manifest.metadata.labels = { ...manifest.metadata.labels, more: `${manifest.metadata.labels?.more ?? ''}x` }; }],
    ['the kind', manifest => { manifest.kind += 'X'; }],
    ['a field of its own', manifest => { manifest.more = [...manifest.more ?? [], 1]; }],
    ['a field deep inside', manifest => { manifest.spec.more = (manifest.spec.more ?? 0) + 1; }],
    ['no metadata', manifest => { delete manifest.metadata; }],
    ['no spec', manifest => { delete manifest.spec; }],
  ])('by a chart: %s', (_, act) => {
    const app = changed(act);
    const first = app.synthYaml();
    expect(first).not.toBe(changed(() => {}).synthYaml());
    expect(app.synthYaml()).toBe(first);
  });

  test('by a chart: an encrypted document', () => {
    const directory = mkdtempSync(join(tmpdir(), 'sealed-'));
    try {
      const file = join(directory, 'sealed.yaml');
      writeFileSync(file, 'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: s, namespace: ai}\nspec: {encryptedData: {apiKey: AgBy}}\n');
      const app = changed(manifest => { manifest.metadata.name += '-x'; });
      new OpenAIProvider(app.node.findChild('chart'), 'sealed', { apiKey: ApiKey.fromSealedSecretFile(file) });
      const first = app.synthYaml();
      expect(first).toContain('s-x');
      expect(app.synthYaml()).toBe(first);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  test('by a value of another object', () => {
    const { app, made: [{ chart, gateway }] } = program();
    const route = chart.node.findAll().find((construct): construct is ApiObject => ApiObject.isApiObject(construct) && construct.kind === 'AIGatewayRoute')!;
    expect(route.node.path).toContain(gateway.node.path);
    const change = () => {
      const manifest = route.toJson();
      manifest.metadata.labels = manifest.spec.rules[0].name = 'changed';
      return 'late';
    };
    new ApiObject(chart, 'other', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'other' }, data: { value: Lazy.any({ produce: change }) } });
    expect([app.synthYaml(), app.synthYaml()]).toEqual(Array(2).fill(expect.not.stringContaining('changed')));
  });
});

test('the output has what was checked, also where a validation changes an object after that', () => {
  const { app, made: [{ chart, openai }] } = program();
  chart.node.addValidation({ validate: () => { ApiObject.of(openai).metadata.addLabel('unchecked', 'x'); return []; } });
  expect(app.synthYaml()).not.toContain('unchecked');
  expect(app.synthYaml()).toContain('unchecked');
});

import { GatewayIntent, WorkloadIdentity } from '../../../src/intent';
import { AgentgatewayPlatform } from '../../../src/platforms/agentgateway';

function policyOf(intent: Partial<GatewayIntent> = {}): any {
  const { objects } = new AgentgatewayPlatform({}).gateway({ name: 'gw', namespace: 'ai', identities: [], ...intent });
  return objects.find(({ manifest }) => manifest.kind === 'AgentgatewayPolicy')!.manifest.spec;
}

test('the model of a request is in a header before routes are chosen', () => {
  expect(policyOf().traffic).toEqual({
    phase: 'PreRouting',
    transformation: {
      request: { set: [{ name: 'x-gateway-model', value: 'json(request.body).model' }, { name: 'x-gateway-model-exact', value: '"yes"' }] },
    },
  });
  expect(policyOf({ modelRouting: false }).traffic).toBeUndefined();
});

test('prompts may have 50 MiB, unless the gateway says otherwise', () => {
  expect(policyOf().frontend).toEqual({ http: { maxBufferSize: 52_428_800 } });
  expect(policyOf({ bufferLimitBytes: 1024, http2WindowBytes: 65_536 }).frontend).toEqual({ http: { maxBufferSize: 1024, http2WindowSize: 65_536 } });
});

test('identities of clouds are on the service account, and that of Azure on the pods', () => {
  const parametersOf = (...identities: WorkloadIdentity[]) => {
    const { objects } = new AgentgatewayPlatform({}).gateway({ name: 'gw', namespace: 'ai', identities, proxy: { replicas: 2 } });
    return objects.find(({ manifest }) => manifest.kind === 'AgentgatewayParameters')!.manifest.spec as any;
  };
  const annotated = (identity: WorkloadIdentity) => parametersOf(identity).serviceAccount.metadata.annotations;
  expect(annotated({ kind: 'aws-irsa', principal: 'arn', provider: 'p' })).toEqual({ 'eks.amazonaws.com/role-arn': 'arn' });
  expect(annotated({ kind: 'gcp-adc', principal: 'a@b', provider: 'p' })).toEqual({ 'iam.gke.io/gcp-service-account': 'a@b' });
  expect(annotated({ kind: 'azure-workload-identity', principal: 'id', provider: 'p' })).toEqual({ 'azure.workload.identity/client-id': 'id' });
  expect(parametersOf({ kind: 'azure-workload-identity', principal: 'id', provider: 'p' }).deployment)
    .toEqual({ spec: { replicas: 2, template: { metadata: { labels: { 'azure.workload.identity/use': 'true' } } } } });
  expect(parametersOf({ kind: 'aws-pod-identity', provider: 'p' })).toEqual({ deployment: { spec: { replicas: 2 } } });
});

test('pods, Service and log level', () => {
  const { objects } = new AgentgatewayPlatform({}).gateway({
    name: 'gw', namespace: 'ai', identities: [],
    proxy: { replicas: 2, serviceType: 'ClusterIP', serviceAnnotations: { a: 'b' }, logLevel: 'debug', resources: { cpuLimit: '2', memoryRequest: '1Gi' } },
  });
  expect(objects.map(({ manifest }) => manifest.kind)).toEqual(['AgentgatewayParameters', 'Gateway', 'AgentgatewayPolicy']);
  expect(objects[0].manifest.spec).toEqual({
    deployment: { spec: { replicas: 2 } }, resources: { requests: { memory: '1Gi' }, limits: { cpu: '2' } },
    service: { metadata: { annotations: { a: 'b' } }, spec: { type: 'ClusterIP' } }, logging: { level: 'debug' },
  });
  expect((objects[1].manifest.spec as any).infrastructure.parametersRef).toEqual({ group: 'agentgateway.dev', kind: 'AgentgatewayParameters', name: 'gw' });
});

test('bodies are held as a whole only to find the model in them', () => {
  const problemsOf = (intent: Partial<GatewayIntent>) => new AgentgatewayPlatform({}).gateway({
    name: 'gw', namespace: 'ai', identities: [], proxy: { resources: { memoryLimit: '32Mi' } }, ...intent,
  }).problems.map(({ prop, message }) => `${prop} ${message}`);
  expect(problemsOf({})).toEqual([expect.stringContaining('proxy.resources has a memoryLimit in which no body of 50 MiB fits')]);
  expect(problemsOf({ bufferLimitBytes: 1024 })).toEqual([]);
  expect(problemsOf({ modelRouting: false })).toEqual([]);
});

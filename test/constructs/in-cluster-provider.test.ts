import { App, Chart, Lazy } from 'cdk8s';
import { Service } from 'cdk8s-plus-28';
import { apiKey, chartOf, endpointOf, findings, manifestsBelow } from './provider-fixture';
import { InClusterProvider, InClusterProviderProps, InClusterService, ModelServer, ProviderTls } from '../../src';

function provider(props: Partial<InClusterProviderProps> = {}, chart = chartOf()) {
  return new InClusterProvider(chart, 'server', { server: ModelServer.VLLM, service: InClusterService.fromServiceName('vllm'), ...props });
}

test.each([
  [ModelServer.VLLM, 8000],
  [ModelServer.OLLAMA, 11434],
  [ModelServer.LITELLM, 4000],
  [ModelServer.of({ port: 9000 }), 9000],
])('a server that is known by its port %#', (server, port) => {
  expect(endpointOf(provider({ server }))).toEqual({ hostname: 'vllm.ai.svc.cluster.local', port });
});

test('every property has its place', () => {
  const props: Required<Omit<InClusterProviderProps, 'transparent'>> = {
    server: ModelServer.of({ port: 9000, pathPrefix: '/api' }),
    service: InClusterService.fromServiceName('vllm', { namespace: 'inference', clusterDomain: 'k8s.acme.example' }),
    apiKey,
    port: 8443,
    tls: ProviderTls.privateCa('cluster-ca'),
    pathPrefix: '/api/v1',
    name: 'vllm',
    headers: {},
    body: {},
  };
  const manifests = manifestsBelow(provider(props));
  expect(manifests.Backend.spec.endpoints).toEqual([{ fqdn: { hostname: 'vllm.inference.svc.k8s.acme.example', port: 8443 } }]);
  expect(manifests.BackendTLSPolicy.spec.validation).toEqual({
    hostname: 'vllm.inference.svc.k8s.acme.example',
    caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: 'cluster-ca' }],
  });
  expect(manifests.AIServiceBackend.spec.schema).toEqual({ name: 'OpenAI', prefix: '/api/v1' });
  expect(manifests.BackendSecurityPolicy.spec.type).toBe('APIKey');
});

test('without a key nothing is sent to the server that callers proved to the gateway', () => {
  const manifests = manifestsBelow(provider());
  expect(Object.keys(manifests).sort()).toEqual(['AIServiceBackend', 'Backend']);
  expect(manifests.AIServiceBackend.spec.headerMutation.remove).toContain('authorization');
});

test('a Service of the program gives name, namespace and port', () => {
  const app = new App();
  const inference = new Chart(app, 'inference', { namespace: 'inference' });
  const service = new Service(inference, 'vllm', { ports: [{ port: 80, targetPort: 8000 }, { port: 9090 }], metadata: { name: 'vllm' } });
  const ai = new Chart(app, 'ai', { namespace: 'ai' });
  expect(endpointOf(provider({ service: InClusterService.fromService(service) }, ai))).toEqual({ hostname: 'vllm.inference.svc.cluster.local', port: 80 });
  const other = new Chart(app, 'other', { namespace: 'ai' });
  expect(endpointOf(provider({ service: InClusterService.fromService(service), port: 9090 }, other)).port).toBe(9090);
});

test('a Service that has no port yet leaves it to the server', () => {
  const chart = chartOf();
  const service = new Service(chart, 'vllm', { metadata: { name: 'vllm' } });
  const made = provider({ service: InClusterService.fromService(service) }, chart);
  service.bind(8000);
  expect(endpointOf(made).port).toBe(8000);
});

test('the namespace has to come from somewhere', () => {
  const chart = chartOf({ namespace: undefined });
  expect(findings(provider({}, chart), 'NAMESPACE_NEEDED')).toEqual([
    'test/server: \'service\' has no namespace, and neither has the chart of its provider, got "vllm"; ' +
    'give InClusterService.fromServiceName() the namespace [NAMESPACE_NEEDED]',
  ]);
  const named = provider({ service: InClusterService.fromServiceName('vllm', { namespace: 'inference' }) }, chartOf({ namespace: undefined }));
  expect(findings(named, 'NAMESPACE_NEEDED')).toEqual([]);
});

test('a name or namespace known only at synthesis becomes part of the hostname then', () => {
  const late = (text: string) => Lazy.any({ produce: () => text });
  const service = InClusterService.fromServiceName(late('vllm'), { namespace: late('inference') });
  expect(endpointOf(provider({ service })).hostname).toBe('vllm.inference.svc.cluster.local');
});

test('a name that is no text is told', () => {
  const [finding] = findings(provider({ service: InClusterService.fromServiceName(42 as any) }), 'TEXT_NEEDED');
  expect(finding).toContain("test/server: 'service' is part of the hostname and must be text, got 42");
});

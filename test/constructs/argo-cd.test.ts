import { Chart, Testing } from 'cdk8s';
import { AIGateway, ApiKey, ArgoCD, OpenAIProvider } from '../../src';

function waves(act: (chart: Chart) => void): Record<string, string | undefined> {
  const chart = new Chart(Testing.app(), 'ai', { namespace: 'ai' });
  const [a, b] = ['a', 'b'].map(id => new OpenAIProvider(chart, id, { apiKey: ApiKey.fromSecretName('key') }));
  new AIGateway(chart, 'gateway').addModel('m', a.model().fallbackTo(b.model()));
  act(chart);
  return Object.fromEntries(Testing.synth(chart).map((m: any) => [m.kind, m.metadata.annotations?.['argocd.argoproj.io/sync-wave']]));
}

test('objects have the wave of their place in the apply order', () => {
  expect(waves(chart => ArgoCD.useSyncWaves(chart, { first: 10 }))).toEqual({
    GatewayClass: '10',
    Gateway: '11',
    ClientTrafficPolicy: '11',
    Backend: '11',
    BackendTLSPolicy: '11',
    AIServiceBackend: '12',
    BackendSecurityPolicy: '13',
    AIGatewayRoute: '14',
    BackendTrafficPolicy: '15',
  });
});

test('without it there are no annotations', () => {
  expect(new Set(Object.values(waves(() => {})))).toEqual(new Set([undefined]));
});

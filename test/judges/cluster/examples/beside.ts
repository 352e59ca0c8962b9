import { Program } from './programs';
import { Manifest } from '../client';

/** Two halves of one system: what one makes, the other refers to. */
const OTHER_EXAMPLE: Readonly<Record<string, string>> = { 'app-repository': 'platform-repository', 'platform-repository': 'app-repository' };

/** What was applied by hand before the example came. */
const BY_HAND: Readonly<Record<string, (aiApiVersion: string) => readonly Manifest[]>> = {
  'adopting-existing': aiApiVersion => [
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'GatewayClass',
      metadata: { name: 'envoy-ai-gateway' },
      spec: { controllerName: 'gateway.envoyproxy.io/gatewayclass-controller' },
    },
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: { name: 'envoy-ai-gateway', namespace: 'ai' },
      spec: { gatewayClassName: 'envoy-ai-gateway', listeners: [{ name: 'http', protocol: 'HTTP', port: 80 }] },
    },
    {
      apiVersion: 'gateway.envoyproxy.io/v1alpha1',
      kind: 'Backend',
      metadata: { name: 'azure-gpt', namespace: 'ai' },
      spec: { endpoints: [{ fqdn: { hostname: 'acme.openai.azure.com', port: 443 } }] },
    },
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'BackendTLSPolicy',
      metadata: { name: 'azure-gpt', namespace: 'ai' },
      spec: {
        targetRefs: [{ group: 'gateway.envoyproxy.io', kind: 'Backend', name: 'azure-gpt' }],
        validation: { hostname: 'acme.openai.azure.com', wellKnownCACertificates: 'System' },
      },
    },
    {
      apiVersion: aiApiVersion,
      kind: 'AIServiceBackend',
      metadata: { name: 'azure-gpt', namespace: 'ai' },
      spec: { schema: { name: 'AzureOpenAI', version: '2025-01-01-preview' }, backendRef: { group: 'gateway.envoyproxy.io', kind: 'Backend', name: 'azure-gpt' } },
    },
  ],
};

/** What an example leaves to others, so that nothing it refers to is missing. */
export function besideOf({ name, manifests }: Program, programs: readonly Program[]): readonly Manifest[] {
  const other = programs.find(program => program.name === OTHER_EXAMPLE[name]);
  const aiApiVersion = manifests.find(({ manifest }) => manifest.kind === 'AIGatewayRoute')?.manifest.apiVersion ?? '';
  return [...(other?.manifests.map(({ manifest }) => manifest) ?? []), ...(BY_HAND[name]?.(aiApiVersion) ?? [])];
}

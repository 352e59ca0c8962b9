import { Lazy } from 'cdk8s';
import { chartOf, endpointOf, findings, manifestsBelow } from './provider-fixture';
import { GcpCredentials, VertexAIProvider, VertexAIProviderProps, VertexAnthropicProvider } from '../../src';

const REQUIRED = { project: 'acme-prod-1234', location: 'us-central1', credentials: GcpCredentials.fromSecretName('google-key') };

function vertex(props: Partial<VertexAIProviderProps> = {}) {
  return new VertexAIProvider(chartOf(), 'vertex', { ...REQUIRED, ...props });
}

test.each([
  ['us-central1', 'us-central1-aiplatform.googleapis.com'],
  ['europe-west4', 'europe-west4-aiplatform.googleapis.com'],
  ['global', 'aiplatform.googleapis.com'],
  ['us', 'aiplatform.us.rep.googleapis.com'],
  ['eu', 'aiplatform.eu.rep.googleapis.com'],
])('the host and the path are those of %s', (location, hostname) => {
  const made = vertex({ location });
  expect(endpointOf(made)).toEqual({ hostname, port: 443 });
  expect(manifestsBelow(made).BackendSecurityPolicy.spec.gcpCredentials).toMatchObject({ projectName: 'acme-prod-1234', region: location });
});

test('the two speak different APIs to the same host', () => {
  const claude = new VertexAnthropicProvider(chartOf(), 'claude', REQUIRED);
  expect(manifestsBelow(claude).AIServiceBackend.spec.schema).toEqual({ name: 'GCPAnthropic', version: 'vertex-2023-10-16' });
  expect(manifestsBelow(vertex()).AIServiceBackend.spec.schema).toEqual({ name: 'GCPVertexAI' });
  expect(endpointOf(claude)).toEqual(endpointOf(vertex()));
});

test('a location known only at synthesis decides the host then', () => {
  for (const [location, hostname] of [['global', 'aiplatform.googleapis.com'], ['us-east5', 'us-east5-aiplatform.googleapis.com']]) {
    expect(endpointOf(vertex({ location: Lazy.any({ produce: () => location }) })).hostname).toBe(hostname);
  }
});

test('a location of another tool leaves the form of the host open, unless the host is given', () => {
  const location = '${Token[TOKEN.1]}';
  expect(findings(vertex({ location }), 'TEXT_NEEDED')).toEqual([
    "test/vertex: 'location' is part of the hostname and must be known at synthesis; give a string, or name the whole host [TEXT_NEEDED]",
  ]);
  const given = vertex({ location, hostname: 'us-central1-aiplatform.googleapis.com' });
  expect(findings(given, 'TEXT_NEEDED')).toEqual([]);
  expect(endpointOf(given).hostname).toBe('us-central1-aiplatform.googleapis.com');
});

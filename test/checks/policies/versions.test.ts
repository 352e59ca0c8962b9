import { EnvoyAIGatewayRelease, GatewayApiChannel, Platform } from '../../../src';
import { findingsInYaml } from '../harness';
import { but, inYaml, PROVIDER } from '../manifests-of-an-app';

const on = (release: EnvoyAIGatewayRelease, gatewayApiChannel?: GatewayApiChannel) => (
  { platform: Platform.envoyAIGateway({ release, gatewayApiChannel }) }
);
const alpha = but(PROVIDER, ['aigateway.envoyproxy.io/v1beta1', 'aigateway.envoyproxy.io/v1alpha1']);
const oldTls = but(PROVIDER, ['gateway.networking.k8s.io/v1\n', 'gateway.networking.k8s.io/v1alpha3\n']);

describe('API_VERSION_NOT_SERVED', () => {
  test('is the newer API on a release that came before it', () => {
    const found = inYaml(PROVIDER, on(EnvoyAIGatewayRelease.V0_5));
    expect(found).toContainEqual(
      expect.stringMatching(/^error API_VERSION_NOT_SERVED: 'apiVersion' is a version of AIServiceBackend that envoy-ai-gateway v0\.5\.0 does not serve, got "aigateway\.envoyproxy\.io\/v1beta1"; write "aigateway\.envoyproxy\.io\/v1alpha1"/),
    );
    expect(inYaml(alpha, on(EnvoyAIGatewayRelease.V0_5))).toEqual([]);
  });

  test('depends on the channel of the Gateway API', () => {
    expect(inYaml(oldTls)).toEqual([expect.stringMatching(/API_VERSION_NOT_SERVED.*; write "gateway\.networking\.k8s\.io\/v1"/)]);
    expect(inYaml(oldTls, on(EnvoyAIGatewayRelease.V1_1, GatewayApiChannel.EXPERIMENTAL))).toEqual([expect.stringMatching(/^warning DEPRECATED_API_VERSION/)]);
  });
});

describe('kinds that no construct makes', () => {
  const quota = `
apiVersion: aigateway.envoyproxy.io/v1alpha1
kind: QuotaPolicy
metadata: { name: openai, namespace: ai }
spec:
  targetRefs: [{ group: aigateway.envoyproxy.io, kind: AIServiceBackend, name: openai }]
  perModelQuotas: [{ modelName: gpt-4o, quota: { defaultBucket: { limit: 100, duration: 1h } } }]
`;
  const mcp = `
apiVersion: aigateway.envoyproxy.io/v1beta1
kind: MCPRoute
metadata: { name: tools, namespace: ai }
spec:
  parentRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: public }]
  backendRefs: [{ group: gateway.envoyproxy.io, kind: Backend, name: github }]
`;
  const found = (yaml: string, release = EnvoyAIGatewayRelease.V1_1) => findingsInYaml(yaml, on(release)).map(({ message }) => message);

  test('are held against their schema', () => {
    expect(found(quota)).toEqual([]);
    expect(found(mcp)).toEqual([]);
    expect(found(but(quota, ['limit: 100', 'limits: 100']))).toContainEqual(expect.stringMatching(/defaultBucket\.limits' is not a field; write "limit" \[UNKNOWN_FIELD\]$/));
    expect(found(but(mcp, ['backendRefs:', 'backends:']))).toContainEqual(expect.stringMatching(/^'spec\.backendRefs' is missing.*\[MISSING_FIELD\]$/));
  });

  test('are told where the release does not have them yet', () => {
    expect(found(quota, EnvoyAIGatewayRelease.V0_5)).toEqual([
      "'kind' is one that envoy-ai-gateway v0.5.0 does not have, got \"QuotaPolicy\"; leave it out, or choose a later release with Platform.use() [API_VERSION_NOT_SERVED]",
    ]);
    expect(found(quota, EnvoyAIGatewayRelease.V0_7)).toEqual([]);
  });
});

describe('DEPRECATED_API_VERSION', () => {
  test('is the older API on a release that has the newer', () => {
    expect(inYaml(alpha)).toEqual([
      expect.stringMatching(/^warning DEPRECATED_API_VERSION: 'apiVersion' is a deprecated version of AIServiceBackend/),
      expect.stringContaining('BackendSecurityPolicy'),
    ]);
    expect(inYaml(PROVIDER)).toEqual([]);
  });

  test('is a version of External Secrets that current releases do not serve', () => {
    const secret = `
apiVersion: external-secrets.io/v1beta1
kind: ExternalSecret
metadata: { name: openai, namespace: ai }
spec: { secretStoreRef: { kind: ClusterSecretStore, name: vault }, data: [{ secretKey: apiKey, remoteRef: { key: openai } }] }
`;
    expect(inYaml(secret)).toEqual([expect.stringMatching(/^error DEPRECATED_API_VERSION.*do not serve.*; write "external-secrets\.io\/v1"/)]);
    expect(inYaml(but(secret, ['v1beta1', 'v1']))).toEqual([]);
    // Whoever still runs such a release says so.
    expect(inYaml(but(secret, ['namespace: ai }', 'namespace: ai, annotations: { cdk8s-ai-gateway/acknowledge-DEPRECATED_API_VERSION: we run 0.15 } }']))).toEqual([]);
  });

  test('says nothing about kinds of other projects', () => {
    expect(inYaml('{ apiVersion: example.com/v1alpha1, kind: Thing, metadata: { name: a } }')).toEqual([]);
  });
});

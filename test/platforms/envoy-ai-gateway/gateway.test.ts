import { GatewayIntent } from '../../../src/intent';
import { EnvoyAIGatewayPlatform } from '../../../src/platforms/envoy-ai-gateway';

/** Manifests of a gateway by kind. */
function render(options: Partial<GatewayIntent> = {}): { readonly [kind: string]: any } {
  const { objects } = new EnvoyAIGatewayPlatform({}).gateway({ name: 'edge', namespace: 'ai', identities: [], ...options });
  return Object.fromEntries(objects.map(({ manifest }) => [manifest.kind, manifest]));
}

test.each<[Partial<GatewayIntent>, buffer: string, window: string]>([
  [{}, '50Mi', '50Mi'],
  [{ bufferLimitBytes: 200 * 2 ** 20 }, '200Mi', '200Mi'],
  [{ bufferLimitBytes: 200 * 2 ** 20, http2WindowBytes: 2 ** 20 }, '200Mi', '1Mi'],
])('sizes of %j hold for HTTP/1 and HTTP/2', (options, buffer, window) => {
  const { ClientTrafficPolicy: { spec } } = render(options);
  expect([spec.connection.bufferLimit, spec.http2.initialStreamWindowSize]).toEqual([buffer, window]);
  expect(spec.targetRefs).toEqual([{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge' }]);
});

test('the gateway names its configuration by the annotation the controller looks for', () => {
  expect(render().Gateway.metadata.annotations).toBeUndefined();
  const { Gateway, GatewayConfig } = render({ sidecar: { env: [{ name: 'A', value: 'b' }] } });
  expect(Gateway.metadata.annotations).toEqual({ 'aigateway.envoyproxy.io/gateway-config': GatewayConfig.metadata.name });
});

test('the gateway and its class name what runs them', () => {
  const { Gateway, GatewayClass, EnvoyProxy } = render({ proxy: { serviceAccountName: 'edge-account' } });
  expect(Gateway.spec).toMatchObject({
    gatewayClassName: GatewayClass.metadata.name, infrastructure: { parametersRef: { group: 'gateway.envoyproxy.io', kind: 'EnvoyProxy', name: 'edge' } },
  });
  expect(GatewayClass.spec.controllerName).toBe('gateway.envoyproxy.io/gatewayclass-controller');
  expect(EnvoyProxy.spec.provider.kubernetes.envoyServiceAccount).toEqual({ name: 'edge-account' });
});

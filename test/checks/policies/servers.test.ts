import { ApiObject } from 'cdk8s';
import { findingsIn, findingsInYaml } from '../harness';
import { all, APP } from '../manifests-of-an-app';

const asking = (kind: string, spec: string) => `
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: ${kind}
metadata: { name: asks, namespace: ai }
spec: { targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: public }], ${spec} }
`;
const service = (namespace: string, port = 80) => `
apiVersion: v1
kind: Service
metadata: { name: guard, namespace: ${namespace} }
spec: { ports: [{ port: ${port} }, { port: 9443 }] }
`;
const processor = (ref: string) => asking('EnvoyExtensionPolicy', `extProc: [{ backendRefs: [{ name: guard, ${ref} }] }]`);
const authorizer = (ref: string) => asking('SecurityPolicy', `extAuth: { grpc: { backendRefs: [{ name: guard, ${ref} }] } }`);
const told = (code: string, ...manifests: string[]) => findingsInYaml(all(APP, ...manifests)).filter(f => f.code === code).map(({ severity, message }) => `${severity}: ${message}`);

describe('POLICY_SERVER_PORT', () => {
  test.each([['a processor', processor, 'spec.extProc[0].backendRefs[0].port'], ['an authorizer', authorizer, 'spec.extAuth.grpc.backendRefs[0].port']])(
    'is a port the Service of %s does not have', (_, policy, prop) => {
      expect(told('POLICY_SERVER_PORT', policy('port: 8080'), service('ai'))).toEqual([
        `error: '${prop}' is no port of Service "ai/guard", got 8080; use 80 or 9443 [POLICY_SERVER_PORT]`,
      ]);
      expect(told('POLICY_SERVER_PORT', policy('port: 80'), service('ai'))).toEqual([]);
      expect(told('POLICY_SERVER_PORT', policy('port: 9443'), service('ai'))).toEqual([]);
    },
  );

  test('is no port at all', () => {
    expect(told('POLICY_SERVER_PORT', processor('kind: Service'), service('ai'))).toEqual([expect.stringContaining('is missing for Service "ai/guard"; use 80 or 9443')]);
  });

  test('of a Service that is not here is not known', () => {
    expect(told('POLICY_SERVER_PORT', processor('port: 8080'))).toEqual([]);
  });

  test('is found beside constructs', () => {
    const found = (port: number) => findingsIn((chart) => {
      new ApiObject(chart, 'guard', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'guard' }, ...{ spec: { ports: [{ port: 80 }] } } });
      new ApiObject(chart, 'asks', {
        apiVersion: 'gateway.envoyproxy.io/v1alpha1', kind: 'EnvoyExtensionPolicy',
        ...{ spec: { targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'public' }], extProc: [{ backendRefs: [{ name: 'guard', port }] }] } },
      });
    }).filter(f => f.code === 'POLICY_SERVER_PORT');
    expect(found(8080)).toMatchObject([{ path: 'test/asks' }]);
    expect(found(80)).toEqual([]);
  });
});

describe('MISSING_GRANT', () => {
  const grant = (kind: string) => `
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: asks, namespace: guards }
spec: { from: [{ group: gateway.envoyproxy.io, kind: ${kind}, namespace: ai }], to: [{ group: "", kind: Service }] }
`;

  test.each([['EnvoyExtensionPolicy', processor], ['SecurityPolicy', authorizer]])('is the one for the server of another namespace that an %s asks', (kind, policy) => {
    const ref = 'namespace: guards, port: 80';
    expect(told('MISSING_GRANT', policy(ref), service('guards'))).toEqual([expect.stringMatching(
      new RegExp(`^error: '.*' refers to another namespace, where no ReferenceGrant lets ${kind} of "ai" refer to Service, got "guards/guard"; add a ReferenceGrant in "guards" from ${kind}`),
    )]);
    expect(told('MISSING_GRANT', policy(ref), service('guards'), grant(kind))).toEqual([]);
    expect(told('MISSING_GRANT', policy(ref), service('guards'), grant('HTTPRoute'))).toHaveLength(1);
    // Its owner may have made the grant as well.
    expect(told('MISSING_GRANT', policy(ref))).toEqual([]);
  });
});

describe('keys of token costs', () => {
  const limit = (key: string, target = 'kind: HTTPRoute, name: chat') => `
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: BackendTrafficPolicy
metadata: { name: budget, namespace: ai }
spec:
  mergeType: StrategicMerge
  targetRefs: [{ group: gateway.networking.k8s.io, ${target} }]
  rateLimit:
    type: Global
    global:
      rules:
        - limit: { requests: 1000, unit: Hour }
          cost: { request: { from: Number, number: 0 }, response: { from: Metadata, metadata: { namespace: io.envoy.ai_gateway, key: ${key} } } }
`;
  const counting = all(APP).replace('  rules:', '  llmRequestCosts: [{ metadataKey: tokens, type: TotalToken }]\n  rules:');
  const found = (app: string, ...manifests: string[]) => findingsInYaml(all(app, ...manifests)).filter(f => f.code === 'COST_KEY_UNKNOWN').map(f => f.message);

  test('COST_KEY_UNKNOWN is a key that no cost of the route has', () => {
    expect(found(counting, limit('token'))).toEqual([
      "'spec.rateLimit.global.rules[0].cost.response.metadata.key' is a key under which no cost of its routes is written, got \"token\"; use \"tokens\" [COST_KEY_UNKNOWN]",
    ]);
    expect(found(APP, limit('tokens'))).toEqual([expect.stringContaining('add `llmRequestCosts` with this `metadataKey` to the route')]);
    expect(found(counting, limit('tokens'))).toEqual([]);
    expect(found(counting, limit('token').replace('io.envoy.ai_gateway', 'envoy.filters.http.jwt_authn'))).toEqual([]);
    expect(found(counting, limit('tokens', 'kind: Gateway, name: public'))).toEqual([]);
    expect(found(counting, limit('token', 'kind: Gateway, name: public'))).toHaveLength(1);
  });

  test('is none that the configuration of the gateway has, or may have', () => {
    const configured = APP.replace('metadata: { name: public, namespace: ai }', 'metadata: { name: public, namespace: ai, annotations: { aigateway.envoyproxy.io/gateway-config: public } }');
    const config = `
apiVersion: aigateway.envoyproxy.io/v1beta1
kind: GatewayConfig
metadata: { name: public, namespace: ai }
spec: { globalLLMRequestCosts: [{ metadataKey: tokens, type: TotalToken }] }
`;
    expect(found(configured, limit('tokens'))).toEqual([]);
    expect(found(configured, config, limit('tokens'))).toEqual([]);
    expect(found(configured, config, limit('token'))).toHaveLength(1);
    expect(found(APP, limit('tokens', 'kind: HTTPRoute, name: elsewhere'))).toEqual([]);
  });

  describe('COST_KEY_UNUSED', () => {
    const unused = (...manifests: string[]) => findingsInYaml(all(...manifests), { complete: ['ai'] }).filter(f => f.code.startsWith('COST_KEY')).map(f => `${f.severity} ${f.message}`);
    const logs = (format: string) => `
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: EnvoyProxy
metadata: { name: public, namespace: ai }
spec: { telemetry: { accessLog: { settings: [{ format: { type: Text, text: "${format}" }, sinks: [{ type: File, file: { path: /dev/stdout } }] }] } } }
`;

    test('is a key that nothing reads where everything is known', () => {
      expect(unused(counting)).toEqual([
        "warning 'spec.llmRequestCosts[0].metadataKey' is a key that no rate limit and no access log reads, got \"tokens\"; name it as the cost of a rate limit or in an access log, or remove the cost [COST_KEY_UNUSED]",
      ]);
      expect(findingsInYaml(counting).map(f => f.code)).not.toContain('COST_KEY_UNUSED');
      expect(unused(counting, limit('tokens'))).toEqual([]);
    });

    test('is none that a log reads, or may read', () => {
      expect(unused(counting, logs('%DYNAMIC_METADATA(io.envoy.ai_gateway:tokens)%'))).toEqual([]);
      expect(unused(counting, logs('%DYNAMIC_METADATA(io.envoy.ai_gateway)%'))).toEqual([]);
      expect(unused(counting, logs('%DYNAMIC_METADATA(io.envoy.ai_gateway:backend_name)%'))).toEqual([expect.stringContaining('COST_KEY_UNUSED')]);
    });

    test('is not told of what a limit misspells', () => {
      expect(unused(counting, limit('token'))).toEqual([expect.stringContaining('COST_KEY_UNKNOWN')]);
    });

    test('COST_KEY_UNKNOWN is a key of a log that is nearly one of a cost', () => {
      const unknown = (key: string) => found(counting, logs(`%DYNAMIC_METADATA(io.envoy.ai_gateway:${key})%`));
      expect(unknown('token')).toEqual(["'spec.telemetry.accessLog' reads a key under which no cost is written, got \"token\"; use \"tokens\" [COST_KEY_UNKNOWN]"]);
      expect(unknown('Tokens')).toHaveLength(1);
      expect(unknown('tokens')).toEqual([]);
      expect(unknown('backend_name')).toEqual([]);
      expect(unused(counting, logs('%DYNAMIC_METADATA(io.envoy.ai_gateway:token)%'))).toEqual([expect.stringContaining('COST_KEY_UNKNOWN')]);
    });

    test('is a key of the whole gateway too', () => {
      const config = `
apiVersion: aigateway.envoyproxy.io/v1beta1
kind: GatewayConfig
metadata: { name: public, namespace: ai }
spec: { globalLLMRequestCosts: [{ metadataKey: all, type: TotalToken }] }
`;
      const configured = APP.replace('metadata: { name: public, namespace: ai }', 'metadata: { name: public, namespace: ai, annotations: { aigateway.envoyproxy.io/gateway-config: public } }');
      expect(unused(configured, config)).toEqual([expect.stringContaining("'spec.globalLLMRequestCosts[0].metadataKey' is a key that no")]);
      expect(unused(APP, config)).toEqual([]);
    });
  });
});

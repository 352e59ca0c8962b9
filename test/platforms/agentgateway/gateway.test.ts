import { GatewayIntent } from '../../../src/intent';
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

import { judgeKgateway } from './judge';

const backend = (spec: object) => ({ apiVersion: 'gateway.kgateway.dev/v1alpha1', kind: 'Backend', metadata: { name: 'b', namespace: 'ai' }, spec });
const llm = (of: object) => backend({ type: 'AI', ai: { llm: of } });
const authToken = { kind: 'SecretRef', secretRef: { name: 'key' } };

test.each<[string, object, RegExp]>([
  ['an Azure provider by a name that is none', llm({ azureOpenai: { authToken } }), /unknown field "spec.ai.llm.azureOpenai"/],
  ['Vertex AI with a region', llm({ vertexai: { authToken, projectId: 'p', region: 'r', model: 'm' } }), /unknown field "spec.ai.llm.vertexai.region"/],
  ['Gemini without version', llm({ gemini: { authToken, model: 'm' } }), /apiVersion: required/],
  ['an empty model', llm({ openai: { authToken, model: '' } }), /model: .*at least 1/],
  ['a name that is none', { ...llm({ openai: { authToken } }), metadata: { name: 'a.-b', namespace: 'ai' } }, /metadata.name: must be a DNS subdomain/],
  ['two providers', llm({ openai: { authToken }, anthropic: { authToken } }), /size\(\) == 1/],
  ['a host without port', llm({ openai: { authToken }, host: 'h' }), /has\(self.port\)/],
  ['a key reference without reference', llm({ openai: { authToken: { kind: 'SecretRef' } } }), /SecretRef/],
  ['a type that does not fit', backend({ type: 'Static', ai: { llm: { openai: { authToken } } } }), /has\(self/],
  ['a kind of agentgateway', { apiVersion: 'gateway.kgateway.dev/v1alpha1', kind: 'AgentgatewayBackend', metadata: { name: 'b' }, spec: {} }, /no such kind/],
])('%s is refused', (_, manifest, complaint) => {
  expect(judgeKgateway([manifest]).join('\n')).toMatch(complaint);
});

test('what is right is accepted', () => {
  expect(judgeKgateway([llm({ openai: { authToken, model: 'gpt-4' }, host: 'litellm', port: 4000 })])).toEqual([]);
});

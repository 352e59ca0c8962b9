import { Platform } from '../../../src';
import { findingsInYaml } from '../harness';

const platform = Platform.kgateway();
const found = (spec: string) => findingsInYaml(`
apiVersion: gateway.kgateway.dev/v1alpha1
kind: Backend
metadata: { name: b, namespace: ai }
spec: ${spec}
`, { platform }).map(f => `${f.code} ${/^'([^']+)'/.exec(f.message)?.[1]}`).sort();

const TOKEN = 'authToken: { kind: SecretRef, secretRef: { name: key } }';
const llm = (provider: string) => `{ type: AI, ai: { llm: { ${provider} } } }`;
const VERTEX = `vertexai: { projectId: p, location: us-central1, publisher: GOOGLE, apiVersion: v1, model: gemini-pro, ${TOKEN} }`;
const AZURE = `azureopenai: { endpoint: acme.openai.azure.com, deploymentName: d, apiVersion: "2024-10-21", ${TOKEN} }`;

/** Each row: what is wrong, what finds it, and the smallest change after which nothing does. */
test.each<[string, string, string[], string]>([
  ['another casing of a provider', llm(AZURE.replace('azureopenai', 'azureOpenai')), ['KGATEWAY_BACKEND spec.ai.llm.azureOpenai'], llm(AZURE)],
  ['fields of another release', llm(VERTEX.replace('location', 'region')), ['KGATEWAY_BACKEND spec.ai.llm.vertexai.location', 'KGATEWAY_BACKEND spec.ai.llm.vertexai.region'], llm(VERTEX)],
  ['an endpoint with its scheme', llm(AZURE.replace('endpoint: ', 'endpoint: https://')), ['AZURE_ENDPOINT spec.ai.llm.azureopenai.endpoint'], llm(AZURE)],
  ['an empty model', llm(`openai: { ${TOKEN}, model: "" }`), ['KGATEWAY_BACKEND spec.ai.llm.openai.model'], llm(`openai: { ${TOKEN} }`)],
  ['a model with a space', llm(`openai: { ${TOKEN}, model: " gpt-4o" }`), ['EMPTY_MODEL_OVERRIDE spec.ai.llm.openai.model'], llm(`openai: { ${TOKEN} }`)],
  ['an empty model that is needed', llm(VERTEX.replace('gemini-pro', '""')), ['KGATEWAY_BACKEND spec.ai.llm.vertexai.model'], llm(VERTEX)],
  ['a region in capitals', llm('bedrock: { region: US-EAST-1 }'), ['KGATEWAY_BACKEND spec.ai.llm.bedrock.region'], llm('bedrock: { region: us-east-1 }')],
  ['an empty region', llm('bedrock: { region: "" }'), ['KGATEWAY_BACKEND spec.ai.llm.bedrock.region'], llm('bedrock: {}')],
  ['a character that YAML does not carry', llm(`openai: { ${TOKEN}, model: "a\\ud800b" }`), ['INVALID_VALUE spec.ai.llm.openai.model'], llm(`openai: { ${TOKEN}, model: ab }`)],
  ['a name that no provider of a group has', `{ type: AI, ai: { priorityGroups: [{ providers: [{ name: a_b, openai: { ${TOKEN} } }] }] } }`, ['KGATEWAY_BACKEND spec.ai.priorityGroups[0].providers[0].name'],
    `{ type: AI, ai: { priorityGroups: [{ providers: [{ name: a-b, openai: { ${TOKEN} } }] }] } }`],
  ['two providers', llm(`openai: { ${TOKEN} }, ${AZURE}`), ['KGATEWAY_BACKEND spec.ai.llm'], llm(`openai: { ${TOKEN} }`)],
  ['no provider', llm(''), ['KGATEWAY_BACKEND spec.ai.llm'], llm(`openai: { ${TOKEN} }`)],
  ['a host without port', llm(`host: llm.ai.svc, openai: { ${TOKEN} }`), ['KGATEWAY_BACKEND spec.ai.llm'], llm(`host: llm.ai.svc, port: 4000, openai: { ${TOKEN} }`)],
  ['a port beyond all', '{ type: Static, static: { hosts: [{ host: llm.ai.svc, port: 70000 }] } }', ['KGATEWAY_BACKEND spec.static.hosts[0].port'], '{ type: Static, static: { hosts: [{ host: llm.ai.svc, port: 4000 }] } }'],
  ['a token without its block', llm('openai: { authToken: { kind: SecretRef } }'), ['KGATEWAY_BACKEND spec.ai.llm.openai.authToken.secretRef'], llm(`openai: { ${TOKEN} }`)],
  ['a token with another block', llm('openai: { authToken: { kind: Passthrough, secretRef: { name: key } } }'), ['KGATEWAY_BACKEND spec.ai.llm.openai.authToken.secretRef'], llm('openai: { authToken: { kind: Passthrough } }')],
  ['a token of no kind', llm('openai: { authToken: { kind: Secret, secretRef: { name: key } } }'), ['KGATEWAY_BACKEND spec.ai.llm.openai.authToken.kind'], llm(`openai: { ${TOKEN} }`)],
  ['a provider that is its own fallback', `{ type: AI, ai: { priorityGroups: [{ providers: [{ name: a, openai: { ${TOKEN} } }] }, { providers: [{ name: b, openai: { ${TOKEN} } }] }] } }`,
    ['SAME_TARGET_TWICE spec.ai.priorityGroups[1].providers[0]'],
    `{ type: AI, ai: { priorityGroups: [{ providers: [{ name: a, openai: { ${TOKEN} } }] }, { providers: [{ name: b, anthropic: { ${TOKEN} } }] }] } }`],
])('%s', (_, bad, codes, good) => {
  expect(found(bad)).toEqual(codes);
  expect(found(good)).toEqual([]);
});

import { Schema } from '../crd/schema';

/** The kinds of kgateway 2.1 that platforms write, by hand from its API types: its CRD files are not at hand. */

const text = (more: Schema = {}): Schema => ({ type: 'string', minLength: 1, ...more });
const object = (required: readonly string[], properties: { readonly [name: string]: Schema }, rules: readonly string[] = []): Schema => ({
  type: 'object', required, properties, ...(rules.length > 0 ? { 'x-kubernetes-validations': rules.map(rule => ({ rule, message: rule })) } : {}),
});
const oneOf = (names: readonly string[]) => `[${names.map(name => `has(self.${name})`).join(', ')}].filter(x, x == true).size() == 1`;
const port: Schema = { type: 'integer', minimum: 1, maximum: 65535 };
const secretRef = object(['name'], { name: text() });

const authToken = object(['kind'], { kind: { type: 'string', enum: ['Inline', 'SecretRef', 'Passthrough'] }, inline: text(), secretRef }, [
  'has(self.inline) == (self.kind == "Inline")', 'has(self.secretRef) == (self.kind == "SecretRef")',
]);

const PROVIDERS: { readonly [name: string]: Schema } = {
  openai: object(['authToken'], { authToken, model: text() }),
  anthropic: object(['authToken'], { authToken, model: text(), apiVersion: text() }),
  gemini: object(['authToken', 'model', 'apiVersion'], { authToken, model: text(), apiVersion: text() }),
  azureopenai: object(['authToken', 'endpoint', 'deploymentName', 'apiVersion'], { authToken, endpoint: text(), deploymentName: text(), apiVersion: text() }),
  vertexai: object(['authToken', 'model', 'apiVersion', 'projectId', 'location', 'publisher'], {
    authToken, model: text(), apiVersion: text(), projectId: text(), location: text(), publisher: { type: 'string', enum: ['GOOGLE'] }, modelPath: text(),
  }),
  bedrock: object([], {
    auth: object(['type'], { type: { type: 'string', enum: ['Secret'] }, secretRef }, ['has(self.secretRef)']),
    region: text({ pattern: '^[a-z0-9-]+$', maxLength: 63 }),
    model: text(),
    guardrail: object(['identifier', 'version'], { identifier: text(), version: text() }),
  }),
};

const OVERRIDES: { readonly [name: string]: Schema } = {
  host: text(),
  port,
  path: object(['full'], { full: text() }),
  authHeader: object([], { headerName: text(), prefix: text() }),
  routes: { type: 'object', additionalProperties: { type: 'string', enum: ['completions', 'messages', 'models', 'passthrough'] } },
};

const PROVIDER_RULES = [oneOf(Object.keys(PROVIDERS)), 'has(self.host) == has(self.port)'];
const llm = object([], { ...PROVIDERS, ...OVERRIDES }, PROVIDER_RULES);
/** `SectionName` of Gateway API. */
const sectionName = text({ maxLength: 253, pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$' });
const member = object(['name'], { name: sectionName, ...PROVIDERS, ...OVERRIDES }, PROVIDER_RULES);
const group = object(['providers'], {
  providers: { 'type': 'array', 'minItems': 1, 'maxItems': 32, 'items': member, 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['name'] },
});

const backendSpec = object(['type'], {
  type: { type: 'string', enum: ['AI', 'AWS', 'Static', 'DynamicForwardProxy', 'MCP'] },
  ai: object([], { llm, priorityGroups: { type: 'array', minItems: 1, maxItems: 32, items: group } }, [oneOf(['llm', 'priorityGroups'])]),
  static: object(['hosts'], { hosts: { type: 'array', minItems: 1, items: object(['host', 'port'], { host: text(), port }) } }),
}, ['has(self.ai) == (self.type == "AI")', 'has(self.static) == (self.type == "Static")']);

const annotations: Schema = { type: 'object', additionalProperties: { type: 'string' } };
const quantities: Schema = { type: 'object', additionalProperties: { 'x-kubernetes-int-or-string': true } };
const kube = object([], {
  deployment: object([], { replicas: { type: 'integer', format: 'int32' } }),
  service: object([], { type: { type: 'string', enum: ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'] }, extraAnnotations: annotations }),
  serviceAccount: object([], { extraAnnotations: annotations }),
  agentgateway: object([], { enabled: { type: 'boolean' }, logLevel: text(), resources: object([], { requests: quantities, limits: quantities }) }),
});

const kind = (spec: Schema): Schema => object(['spec'], { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: { type: 'object' }, spec });

export const kgatewaySchemas: { readonly [kind: string]: Schema } = {
  Backend: kind(backendSpec),
  GatewayParameters: kind(object(['kube'], { kube })),
};

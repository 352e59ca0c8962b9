import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { Finding, Platform } from '../../src';
import { findingsIn } from '../checks/harness';
import { all, APP, but, GATEWAY, PROVIDER, ROUTE } from '../checks/manifests-of-an-app';
import { AGENTGATEWAY, ENVOY_AI_GATEWAY, Manifest, World } from '../generated/between-objects/world';

const parse = (yaml: string) => parseAllDocuments(yaml).map(document => document.toJS() as Manifest);
const example = (name: string, file = 'ai') => parse(readFileSync(join(__dirname, `../../examples/${name}/output/${file}.k8s.yaml`), 'utf8'));

/** A provider beside another one, with a policy of another name than it. */
const SECOND = but(PROVIDER, ['openai, namespace', 'second, namespace'], ['name: openai }]', 'name: second }]'], ['kind: Backend, name: openai }', 'kind: Backend, name: second }'])
  .replace('kind: BackendSecurityPolicy\nmetadata: { name: second,', 'kind: BackendSecurityPolicy\nmetadata: { name: key-of-second,');
const SPLIT = all(GATEWAY, PROVIDER, SECOND, but(ROUTE, ['[{ name: openai }]', '[{ name: openai, weight: 1 }, { name: second, weight: 1 }]']));

const agent = (kind: string, name: string, spec: string) => `\napiVersion: agentgateway.dev/v1alpha1\nkind: ${kind}\nmetadata: { name: ${name}, namespace: ai }\nspec: ${spec}\n`;
const OF_AGENTGATEWAY = all(
  but(GATEWAY.slice(0, GATEWAY.indexOf('---')), ['gatewayClassName: eg', 'gatewayClassName: agentgateway'],
    ['protocol: HTTP }', 'protocol: HTTP, allowedRoutes: { kinds: [{ group: agentgateway.dev, kind: AgentgatewayModel }] } }']),
  `
apiVersion: agentgateway.dev/v1alpha1
kind: AgentgatewayModel
metadata: { name: gpt-4o, namespace: ai, annotations: { cdk8s-ai-gateway/acknowledge-MODELS_NOT_ENABLED: the chart value is set } }
spec: { parentRefs: [{ name: public }], provider: OpenAI, policies: { auth: { secretRef: { name: openai } } } }
`,
  agent('AgentgatewayBackend', 'foundry', '{ ai: { provider: { azure: { resourceName: acme, resourceType: Foundry, projectName: p } } }, policies: { auth: { secretRef: { name: key } } } }'),
  agent('AgentgatewayBackend', 'vllm', '{ ai: { provider: { custom: { formats: [{ type: Completions, path: /v1/chat/completions }], backendRef: { kind: Service, name: vllm, port: 80 } } } } }'),
  agent('AgentgatewayPolicy', 'authorization', '{ targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: public }], traffic: { extAuth: { backendRef: { kind: Service, name: opa, port: 9191 }, grpc: {} } } }'),
);

interface Right {
  readonly manifests: readonly Manifest[];
  readonly platform: Platform;
  readonly complete?: readonly string[];
}

const PROGRAMS: readonly (readonly [string, Right])[] = [
  ['everything of Envoy AI Gateway', { manifests: new World(ENVOY_AI_GATEWAY).all, platform: ENVOY_AI_GATEWAY.platform, complete: ['ai', 'providers'] }],
  ['everything of agentgateway', { manifests: new World(AGENTGATEWAY).all, platform: AGENTGATEWAY.platform, complete: ['ai', 'providers'] }],
  ['a provider by hand', { manifests: parse(APP), platform: Platform.envoyAIGateway() }],
  ['two providers in one rule', { manifests: parse(SPLIT), platform: Platform.envoyAIGateway() }],
  ['backends and models by hand', { manifests: parse(OF_AGENTGATEWAY), platform: Platform.agentgateway() }],
  ['an order of filters', { manifests: example('policy-point', 'customers'), platform: Platform.envoyAIGateway() }],
  ['sealed Secrets', { manifests: example('sealed-secrets'), platform: Platform.envoyAIGateway() }],
  ['an exchange of tokens', { manifests: example('azure-openai'), platform: Platform.envoyAIGateway() }],
];

function look({ platform, complete }: Right, manifests: readonly Manifest[]): Finding[] {
  return findingsIn(chart => manifests.forEach((manifest, index) => new ApiObject(chart, `${index}`, manifest)), { platform, complete, namespace: undefined });
}

type Path = readonly (string | number)[];

/** Paths of all fields below a value, each list by its first entry. */
function* fieldsBelow(value: unknown, at: Path): Generator<Path> {
  if (Array.isArray(value)) {
    if (value.length > 0) yield* fieldsBelow(value[0], [...at, 0]);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      yield [...at, name];
      yield* fieldsBelow(inner, [...at, name]);
    }
  }
}

function without(manifest: Manifest, path: Path): Manifest {
  const copy = JSON.parse(JSON.stringify(manifest));
  delete path.slice(0, -1).reduce((value, name) => value[name], copy)[path.at(-1)!];
  return copy;
}

test.each(PROGRAMS)('of %s, a required field that is left out is told once', (_, right) => {
  const { manifests } = right;
  expect(look(right, manifests)).toEqual([]);
  const toldTwice: string[] = [];
  let required = 0;
  for (const [index, manifest] of manifests.entries()) {
    for (const path of fieldsBelow(manifest.spec, ['spec'])) {
      const field = `${manifest.kind} ${manifest.metadata.name} ${path.join('.')}`;
      const found = look(right, manifests.with(index, without(manifest, path)));
      if (!found.some(({ code, path: where }) => code === 'MISSING_FIELD' && where === `test/${index}`)) continue;
      required++;
      if (found.length > 1) toldTwice.push(`${field}: ${found.map(({ message }) => message).join(' and ')}`);
    }
  }
  expect(toldTwice).toEqual([]);
  expect(required).toBeGreaterThan(8);
});

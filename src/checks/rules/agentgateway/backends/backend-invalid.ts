import { AGENTGATEWAY, agentProviders, AgentProvider, PolicyBlock, policyBlocks } from '../../../agentgateway';
import { GraphNode } from '../../../graph';
import { agentModels } from '../../../models';
import { at, Fields, fields, isToken, list, text } from '../../../read';
import { Rule, RuleFinding } from '../../../rule';

const KINDS = ['AgentgatewayBackend', 'AgentgatewayPolicy', 'AgentgatewayModel'];

export const backendInvalid: Rule = {
  code: 'BACKEND_INVALID',
  severity: 'error',
  title: 'Parts of a backend of agentgateway do not go together',
  cause: 'A provider or policy of an AgentgatewayBackend, AgentgatewayPolicy or AgentgatewayModel lacks what another part needs: `projectName` for Foundry, `deploymentName` for a version of the API, a port for a Service; or it has what another part excludes, such as `policies.ai` on a backend without `ai`.',
  consequence: 'The API server refuses the manifest.',
  fix: 'Do what the message says.',
  final: true,
  * check(graph) {
    for (const provider of agentProviders(graph)) yield* [...judgeAzure(provider), ...judgeCustom(provider)];
    for (const { node, spec } of agentModels(graph)) yield* judgeAzure({ node, path: 'spec', fields: spec });
    for (const block of policyBlocks(graph)) yield* judgeBlock(block);
    for (const node of graph.ofKind(AGENTGATEWAY, 'AgentgatewayBackend')) yield* judgePolicies(node);
    for (const node of KINDS.flatMap(kind => graph.ofKind(AGENTGATEWAY, kind))) yield* judgeReferences(node, node.manifest.spec, 'spec');
  },
};

function* judgeAzure({ node, path, fields: { azure, azureopenai } }: Pick<AgentProvider, 'node' | 'path' | 'fields'>): Iterable<RuleFinding> {
  if (at(azure, 'resourceType') === 'Foundry' && at(azure, 'projectName') === undefined) {
    yield { node, prop: `${path}.azure.projectName`, message: 'is missing, which a resource of type Foundry needs', fix: 'give the name of the project in Foundry' };
  }
  const version = at(azureopenai, 'apiVersion');
  if (version !== undefined && version !== 'v1' && !isToken(version) && at(azureopenai, 'deploymentName') === undefined) {
    yield { node, prop: `${path}.azureopenai.deploymentName`, message: `is missing, which the API version ${JSON.stringify(version)} needs`, fix: 'give the name of the deployment, or leave `apiVersion` out' };
  }
}

function* judgeCustom({ node, path, fields: { custom, host, path: whole, pathPrefix } }: AgentProvider): Iterable<RuleFinding> {
  if (custom === undefined) return;
  const ref = at(custom, 'backendRef');
  if ((ref === undefined) === (host === undefined)) {
    yield {
      node, prop: `${path}.custom`, message: ref === undefined ? 'says neither by `backendRef` nor by `host` where it is' : 'has a `backendRef` beside `host`, of which one is called',
      fix: ref === undefined ? 'give `host` and `port`, or a `backendRef` to a Service' : 'keep one of the two',
    };
  }
  for (const [index, value] of list(at(custom, 'formats')).entries()) {
    const written = text(fields(value).path);
    const prop = `${path}.custom.formats[${index}].path`;
    if (written === undefined || isToken(written)) continue;
    if (!written.startsWith('/')) yield { node, prop, message: 'does not begin with /', value: written, fix: `write "/${written}"` };
    const other = whole === undefined ? pathPrefix === undefined ? undefined : 'pathPrefix' : 'path';
    if (other !== undefined) yield { node, prop, message: `stands beside \`${other}\` of the provider, which excludes it`, value: written, fix: 'keep one of the two' };
  }
}

function* judgeBlock({ node, path, fields: { tls, auth } }: PolicyBlock): Iterable<RuleFinding> {
  if (at(tls, 'insecureSkipVerify') === 'All' && at(tls, 'caCertificateRefs') !== undefined) {
    yield { node, prop: `${path}.tls.caCertificateRefs`, message: 'names an authority beside `insecureSkipVerify: All`, with which nothing is verified', fix: 'remove `insecureSkipVerify`' };
  }
  const gcp = fields(at(auth, 'gcp'));
  if (gcp.audience !== undefined && gcp.type !== 'IdToken' && !isToken(gcp.type)) {
    yield { node, prop: `${path}.auth.gcp.audience`, message: 'is for tokens of the type IdToken alone', value: gcp.audience, fix: 'set `type: IdToken`, or leave it out' };
  }
}

function* judgePolicies(node: GraphNode): Iterable<RuleFinding> {
  const spec = fields(node.manifest.spec);
  for (const part of ['ai', 'mcp']) {
    if (at(spec, 'policies', part) === undefined || spec[part] !== undefined) continue;
    yield { node, prop: `spec.policies.${part}`, message: `is for backends with \`${part}\`, which this one lacks`, fix: 'remove it' };
  }
}

/** References to Services and Secrets, wherever they stand. */
function* judgeReferences(node: GraphNode, value: unknown, path: string): Iterable<RuleFinding> {
  for (const [index, item] of list(value).entries()) yield* judgeReferences(node, item, `${path}[${index}]`);
  for (const [name, inner] of Object.entries(fields(value))) {
    const prop = `${path}.${name}`;
    if (name === 'backendRef') yield* judgeBackendRef(node, fields(inner), prop);
    if (name === 'secretRef') yield* judgeSecretRef(node, fields(inner), prop);
    if (typeof inner === 'object') yield* judgeReferences(node, inner, prop);
  }
}

/** Of an MCP target the port stands beside the reference. */
function* judgeBackendRef(node: GraphNode, { group = '', kind = 'Service', port }: Fields, prop: string): Iterable<RuleFinding> {
  if (group === '' && kind === 'Service' && port === undefined && !prop.endsWith('.static.backendRef')) {
    yield { node, prop: `${prop}.port`, message: 'is missing, which a Service needs', fix: 'give the port of the Service' };
  }
  const pool = group === 'inference.networking.k8s.io' && kind === 'InferencePool';
  if (prop.endsWith('.custom.backendRef') && !pool && !(group === '' && kind === 'Service') && !isToken(group) && !isToken(kind)) {
    yield { node, prop, message: 'is neither a Service nor an InferencePool', value: `${String(group)}/${String(kind)}`, fix: 'name one of these' };
  }
}

function* judgeSecretRef(node: GraphNode, { group = '', kind = '' }: Fields, prop: string): Iterable<RuleFinding> {
  if (isToken(group) || isToken(kind) || (group === '' ? kind === '' || kind === 'Secret' : kind !== '')) return;
  yield { node, prop, message: `has a ${group === '' ? 'kind without its group' : 'group without its kind'}`, value: group === '' ? kind : group, fix: 'give both, or none for a Secret' };
}

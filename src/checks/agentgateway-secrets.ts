import { KGATEWAY, policyBlocks } from './agentgateway';
import { Graph, GraphNode } from './graph';
import { namespaceOf } from './links';
import { at, fields, list, text } from './read';
import { AWS_KEY_PAIR, AZURE_APPLICATION, keyContract, serviceAccountContract } from './secret-contracts';
import { SecretReference } from './security-policies';
import { SecretContract } from '../intent';

const KEY = 'Authorization';

/** The Secrets that backends, models and policies of agentgateway and backends of kgateway read, always in their own namespace. */
export function agentSecretReferences(graph: Graph): readonly SecretReference[] {
  return [
    ...policyBlocks(graph).flatMap(({ node, path, fields: block }) => authReferences(node, block.auth, `${path}.auth`)),
    ...graph.ofKind(KGATEWAY, 'Backend').flatMap(kgatewayReferences),
  ];
}

function authReferences(node: GraphNode, auth: unknown, path: string): SecretReference[] {
  const { secretRef, aws, azure, gcp, credentials } = fields(auth);
  const ofGcp = at(gcp, 'secretRef');
  return [
    ...reference(node, secretRef, `${path}.secretRef`, keyContract(text(at(secretRef, 'key')) ?? KEY)),
    ...reference(node, at(aws, 'secretRef'), `${path}.aws.secretRef`, AWS_KEY_PAIR),
    ...reference(node, at(azure, 'secretRef'), `${path}.azure.secretRef`, AZURE_APPLICATION),
    ...reference(node, ofGcp, `${path}.gcp.secretRef`, serviceAccountContract(text(at(ofGcp, 'key')) ?? 'credentials.json')),
    ...list(credentials).flatMap((more, index) => {
      const ref = at(more, 'secretRef');
      return reference(node, ref, `${path}.credentials[${index}].secretRef`, keyContract(text(at(ref, 'key')) ?? KEY));
    }),
  ];
}

function kgatewayReferences(node: GraphNode): SecretReference[] {
  const ai = fields(at(node.manifest, 'spec', 'ai'));
  const members = list(ai.priorityGroups).flatMap((group, index) =>
    list(fields(group).providers).map((value, member) => ({ value, path: `spec.ai.priorityGroups[${index}].providers[${member}]` })));
  return [{ value: ai.llm, path: 'spec.ai.llm' }, ...members].flatMap(({ value, path }) => Object.entries(fields(value)).flatMap(([name, provider]) => [
    ...reference(node, at(provider, 'authToken', 'secretRef'), `${path}.${name}.authToken.secretRef`, keyContract(KEY)),
    ...reference(node, at(provider, 'auth', 'secretRef'), `${path}.${name}.auth.secretRef`, AWS_KEY_PAIR),
  ]));
}

function reference(reader: GraphNode, ref: unknown, path: string, contract: SecretContract): SecretReference[] {
  const { name, kind = 'Secret' } = fields(ref);
  if (typeof name !== 'string' || kind !== 'Secret') return [];
  return [{ reader, path, name, contract, givenNamespace: undefined, heedsNamespace: false, namespace: namespaceOf(reader) }];
}

import { GraphNode } from './graph';
import { perGraph } from './per-graph';
import { at, fields, list } from './read';
import { isEncryptedBySops, isReadFrom, SOPS_OPERATOR } from './secret-sources';

/** A value of a Secret that the gateway reads a credential from, as it stands in a manifest. */
export interface CredentialValue {
  readonly node: GraphNode;
  /** `stringData.apiKey` */
  readonly prop: string;
  readonly value: unknown;
  /** Whether SOPS has encrypted the manifest, or the part of it that it covers. */
  readonly encrypted: boolean;
}

/** The values of Secrets, and of templates for them, that hold credentials. */
export const credentialValuesOf = perGraph((graph): readonly CredentialValue[] => [
  ...graph.ofKind('', 'Secret').flatMap(node => (isReadFrom(graph, node, at(node.manifest, 'metadata', 'name')) ? valuesIn(node, node.manifest, '') : [])),
  ...graph.ofKind(SOPS_OPERATOR, 'SopsSecret').flatMap(node => list(at(node.manifest, 'spec', 'secretTemplates')).flatMap((template, index) => (
    isReadFrom(graph, node, fields(template).name) ? valuesIn(node, template, `spec.secretTemplates[${index}].`) : []
  ))),
]);

function valuesIn(node: GraphNode, holder: unknown, before: string): CredentialValue[] {
  const encrypted = isEncryptedBySops(node);
  return ['data', 'stringData'].flatMap(field => Object.entries(fields(fields(holder)[field])).map(([key, value]) => (
    { node, prop: `${before}${field}.${key}`, value, encrypted }
  )));
}

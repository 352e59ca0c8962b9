import { EXTERNAL_SECRET_REFERENCE_EMPTY } from '../../../secrets/codes';
import { GraphNode } from '../../graph';
import { at, fields, list } from '../../read';
import { Rule, RuleFinding } from '../../rule';
import { EXTERNAL_SECRETS } from '../../secret-sources';

export const externalSecretReferenceEmpty: Rule = {
  ...EXTERNAL_SECRET_REFERENCE_EMPTY,
  * check(graph) {
    for (const node of graph.ofKind(EXTERNAL_SECRETS, 'ExternalSecret')) {
      const { data, dataFrom } = fields(node.manifest.spec);
      yield* store(node, [...list(data), ...list(dataFrom)]);
      for (const [index, entry] of list(data).entries()) yield* remote(node, `spec.data[${index}].remoteRef`, at(entry, 'remoteRef'));
      for (const [index, entry] of list(dataFrom).entries()) yield* remote(node, `spec.dataFrom[${index}].extract`, at(entry, 'extract'));
    }
  },
};

/** Needed where an entry has no store or generator of its own. */
function* store(node: GraphNode, entries: readonly unknown[]): Iterable<RuleFinding> {
  const name = at(node.manifest, 'spec', 'secretStoreRef', 'name');
  if (!isEmpty(name) || entries.length === 0 || entries.every(entry => at(entry, 'sourceRef') !== undefined)) return;
  yield { node, prop: 'spec.secretStoreRef.name', message: 'names no store to ask', value: name, fix: 'give the name of a SecretStore or ClusterSecretStore' };
}

function* remote(node: GraphNode, prop: string, ref: unknown): Iterable<RuleFinding> {
  if (ref === undefined) return;
  const { key, property, version } = fields(ref);
  if (isEmpty(key)) yield { node, prop: `${prop}.key`, message: 'names nothing in the store', value: key, fix: 'give the name it has in the store' };
  for (const [field, value] of Object.entries({ property, version })) {
    if (value === '') yield { node, prop: `${prop}.${field}`, message: 'is empty', value, fix: 'give its name, or leave it out' };
  }
}

function isEmpty(name: unknown): boolean {
  return name === undefined || name === null || (typeof name === 'string' && name.trim() === '');
}

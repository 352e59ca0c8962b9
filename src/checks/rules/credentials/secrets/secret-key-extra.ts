import { SECRET_KEY_EXTRA } from '../../../../secrets/codes';
import { compareKeys } from '../../../../secrets/contract';
import { labelOf } from '../../../identity';
import { Rule } from '../../../rule';
import { place, secretReferencesOf, secretSourcesOf } from '../../../secret-sources';
import { SecretReference } from '../../../security-policies';

export const secretKeyExtra: Rule = {
  ...SECRET_KEY_EXTRA,
  * check(graph) {
    const sources = secretSourcesOf(graph);
    const readers = new Map<string, SecretReference[]>();
    for (const reference of secretReferencesOf(graph)) {
      const key = place(reference.namespace, reference.name);
      const known = readers.get(key);
      if (known) known.push(reference);
      else readers.set(key, [reference]);
    }
    for (const references of readers.values()) {
      const [{ reader, path, name, namespace, contract }] = references;
      const found = sources.at(namespace, name);
      // What has keys that no manifest shows is judged by whoever sees them.
      if (found.length === 0 || found.some(({ open }) => open)) continue;
      const read = { ...contract, keys: references.flatMap(reference => reference.contract.keys) };
      const keys = [...new Set(found.flatMap(source => source.keys))];
      for (const { definition, message, value, fix } of compareKeys(read, keys, labelOf(found[0].node))) {
        if (definition === SECRET_KEY_EXTRA) yield { node: reader, prop: path, message, value, fix };
      }
    }
  },
};

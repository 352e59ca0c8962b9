import { SECRET_KEY_MISSING } from '../../../../secrets/codes';
import { compareKeys } from '../../../../secrets/contract';
import { labelOf } from '../../../identity';
import { Rule } from '../../../rule';
import { secretReferencesOf, secretSourcesOf } from '../../../secret-sources';

export const secretKeyMissing: Rule = {
  ...SECRET_KEY_MISSING,
  * check(graph) {
    const sources = secretSourcesOf(graph);
    for (const { reader, path, name, namespace, contract } of secretReferencesOf(graph)) {
      const found = sources.at(namespace, name);
      // That an ExternalSecret fetches nothing is told of it.
      if (found.every(({ keys }) => keys.length === 0) && found.some(({ node }) => node.manifest.kind === 'ExternalSecret')) continue;
      if (found.length === 0 || found.some(({ open }) => open)) continue;
      const keys = [...new Set(found.flatMap(source => source.keys))];
      for (const { definition, message, value, fix } of compareKeys(contract, keys, labelOf(found[0].node))) {
        if (definition !== SECRET_KEY_MISSING) continue;
        yield { node: reader, prop: path, message, value, fix };
      }
    }
  },
};

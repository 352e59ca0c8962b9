import { isToken } from '../../../../findings/token';
import { SECRET_IN_OTHER_NAMESPACE } from '../../../../secrets/codes';
import { labelOf, placeLabel } from '../../../identity';
import { Rule } from '../../../rule';
import { secretReferencesOf, secretSourcesOf } from '../../../secret-sources';

export const secretInOtherNamespace: Rule = {
  ...SECRET_IN_OTHER_NAMESPACE,
  * check(graph) {
    const sources = secretSourcesOf(graph);
    for (const { reader, path, name, namespace } of secretReferencesOf(graph)) {
      if (isToken(name) || sources.at(namespace, name).length > 0) continue;
      const other = sources.elsewhere(namespace, name);
      if (!other) continue;
      yield {
        node: reader,
        prop: path,
        message: `reads the Secret "${placeLabel(namespace, name)}", while ${labelOf(other.node)} makes it in "${other.namespace}"`,
        value: name,
        fix: `make it in "${namespace}"`,
        // A Secret of the same name may come from another repository unless it is said that none does.
        severity: namespace !== undefined && graph.completeNamespaces.has(namespace) ? 'error' : 'warning',
      };
    }
  },
};

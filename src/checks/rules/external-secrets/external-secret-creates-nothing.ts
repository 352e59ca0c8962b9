import { EXTERNAL_SECRET_CREATES_NOTHING } from '../../../secrets/codes';
import { namespaceOf } from '../../links';
import { at } from '../../read';
import { Rule } from '../../rule';
import { createsNothing, EXTERNAL_SECRETS, place, secretsRead, targetOf } from '../../secret-sources';

export const externalSecretCreatesNothing: Rule = {
  ...EXTERNAL_SECRET_CREATES_NOTHING,
  * check(graph) {
    for (const node of graph.ofKind(EXTERNAL_SECRETS, 'ExternalSecret')) {
      const reason = createsNothing(node);
      // Others may want to trigger something else with it.
      if (reason === undefined || !secretsRead(graph).has(place(namespaceOf(node), targetOf(node)))) continue;
      if (reason === 'creationPolicy') {
        yield { node, prop: 'spec.target.creationPolicy', message: 'creates no Secret, and the gateway reads one of this name', value: 'None', fix: 'use "Owner"' };
      } else {
        const kind = at(node.manifest, 'spec', 'target', 'manifest', 'kind');
        yield { node, prop: 'spec.target.manifest', message: 'makes another kind than the Secret the gateway reads', value: kind, fix: 'remove it' };
      }
    }
  },
};

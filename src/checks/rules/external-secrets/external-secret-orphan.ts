import { EXTERNAL_SECRET_ORPHAN } from '../../../secrets/codes';
import { namespaceOf } from '../../links';
import { at } from '../../read';
import { Rule } from '../../rule';
import { EXTERNAL_SECRETS, place, secretsRead, targetOf } from '../../secret-sources';

export const externalSecretOrphan: Rule = {
  ...EXTERNAL_SECRET_ORPHAN,
  * check(graph) {
    for (const node of graph.ofKind(EXTERNAL_SECRETS, 'ExternalSecret')) {
      const policy = at(node.manifest, 'spec', 'target', 'creationPolicy');
      if (policy !== 'Orphan' || !secretsRead(graph).has(place(namespaceOf(node), targetOf(node)))) continue;
      yield {
        node,
        prop: 'spec.target.creationPolicy',
        message: 'leaves the credential behind when the ExternalSecret goes',
        value: policy,
        fix: 'use "Owner", unless the Secret is being handed over',
      };
    }
  },
};

import { EXTERNAL_SECRET_NO_ROTATION } from '../../../secrets/codes';
import { at, fields, text } from '../../read';
import { Rule } from '../../rule';
import { EXTERNAL_SECRETS, place, secretsRead } from '../../secret-sources';
import { namespaceOf } from '../../links';

export const externalSecretNoRotation: Rule = {
  ...EXTERNAL_SECRET_NO_ROTATION,
  * check(graph) {
    for (const node of graph.ofKind(EXTERNAL_SECRETS, 'ExternalSecret')) {
      const name = text(at(node.manifest, 'spec', 'target', 'name')) ?? text(at(node.manifest, 'metadata', 'name'));
      if (name === undefined || !secretsRead(graph).has(place(namespaceOf(node), name))) continue;
      if (at(node.manifest, 'spec', 'target', 'immutable') === true) {
        yield {
          node, prop: 'spec.target.immutable', message: 'lets nobody change the Secret, so a rotated credential does not arrive', value: true, fix: 'remove it',
        };
      }
      const { refreshPolicy = 'Periodic', refreshInterval } = fields(node.manifest.spec);
      const isOnce = typeof refreshInterval === 'string' && /^(0(\.0+)?(h|m|s|ms|us|ns)?)+$/.test(refreshInterval);
      if (refreshPolicy !== 'OnChange' && refreshPolicy !== 'CreatedOnce' && !isOnce) continue;
      const prop = isOnce && refreshPolicy === 'Periodic' ? 'refreshInterval' : 'refreshPolicy';
      yield {
        node,
        prop: `spec.${prop}`,
        message: 'fetches the credential without later refreshes, so a rotated one does not arrive',
        value: prop === 'refreshInterval' ? refreshInterval : refreshPolicy,
        fix: 'use refresh policy "Periodic" with an interval such as "1h0m0s"',
      };
    }
  },
};

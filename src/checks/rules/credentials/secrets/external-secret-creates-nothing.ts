import { EXTERNAL_SECRET_CREATES_NOTHING } from '../../../../secrets/codes';
import { namespaceOf } from '../../../links';
import { at, fields, text } from '../../../read';
import { Rule } from '../../../rule';
import { EXTERNAL_SECRETS, place, secretsRead } from '../../../secret-sources';

export const externalSecretCreatesNothing: Rule = {
  ...EXTERNAL_SECRET_CREATES_NOTHING,
  * check(graph) {
    for (const node of graph.ofKind(EXTERNAL_SECRETS, 'ExternalSecret')) {
      const target = fields(at(node.manifest, 'spec', 'target'));
      const name = text(target.name) ?? text(at(node.manifest, 'metadata', 'name'));
      // Others may want to trigger something else with it.
      if (name === undefined || !secretsRead(graph).has(place(namespaceOf(node), name))) continue;
      const otherKind = at(target.manifest, 'kind');
      if (target.creationPolicy === 'None') {
        yield { node, prop: 'spec.target.creationPolicy', message: 'creates no Secret, and the gateway reads one of this name', value: 'None', fix: 'use "Owner"' };
      } else if (target.manifest !== undefined && otherKind !== 'Secret') {
        yield { node, prop: 'spec.target.manifest', message: 'makes another kind than the Secret the gateway reads', value: otherKind, fix: 'remove it' };
      }
    }
  },
};

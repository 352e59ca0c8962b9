import { EXTERNAL_SECRET_POLICIES_CONFLICT } from '../../../secrets/codes';
import { at, fields, text } from '../../read';
import { Rule } from '../../rule';
import { EXTERNAL_SECRETS } from '../../secret-sources';

const EXCLUDED: { readonly [deletionPolicy: string]: readonly string[] } = {
  Delete: ['Merge', 'CreateOrMerge', 'None'],
  Merge: ['None'],
};

export const externalSecretPoliciesConflict: Rule = {
  ...EXTERNAL_SECRET_POLICIES_CONFLICT,
  * check(graph) {
    for (const node of graph.ofKind(EXTERNAL_SECRETS, 'ExternalSecret')) {
      const target = fields(at(node.manifest, 'spec', 'target'));
      const deletion = text(target.deletionPolicy) ?? '';
      const creation = text(target.creationPolicy) ?? 'Owner';
      if (!Object.hasOwn(EXCLUDED, deletion) || !EXCLUDED[deletion].includes(creation)) continue;
      yield {
        node,
        prop: 'spec.target.deletionPolicy',
        message: `cannot go with creation policy "${creation}"`,
        value: deletion,
        fix: 'use "Retain", or creation policy "Owner"',
      };
    }
  },
};

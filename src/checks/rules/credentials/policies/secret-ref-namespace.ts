import { labelOf } from '../../../identity';
import { Rule } from '../../../rule';
import { secretReferencesOf } from '../../../secret-sources';

export const secretRefNamespace: Rule = {
  code: 'SECRET_REF_NAMESPACE',
  severity: 'error',
  title: 'A namespace is given for a Secret where the gateway ignores it',
  cause: '`secretRef.namespace` is set for an API key or an AWS credentials file. The gateway reads those Secrets from the namespace of the policy, whatever the field says.',
  consequence: 'The policy is accepted, the Secret is not found, and every request to the provider answers 500 with an empty body.',
  fix: 'Remove `namespace` and put the Secret beside the policy.',
  * check(graph) {
    for (const { reader, path, givenNamespace, heedsNamespace, namespace } of secretReferencesOf(graph)) {
      if (givenNamespace === undefined || heedsNamespace) continue;
      yield {
        node: reader,
        prop: `${path}.namespace`,
        message: `is ignored: the Secret is read beside ${labelOf(reader)}`,
        value: givenNamespace,
        fix: 'remove it, and put the Secret there',
        severity: givenNamespace === namespace ? 'warning' : 'error',
      };
    }
  },
};

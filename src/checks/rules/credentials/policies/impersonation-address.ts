import { AI_GATEWAY } from '../../../api-groups';
import { at, text } from '../../../read';
import { Rule } from '../../../rule';

const PATH = ['gcpCredentials', 'workloadIdentityFederationConfig', 'serviceAccountImpersonation', 'serviceAccountName'];

export const impersonationAddress: Rule = {
  code: 'IMPERSONATION_ADDRESS',
  severity: 'error',
  title: 'A Google service account is named by its address where the gateway wants its name',
  cause: '`serviceAccountImpersonation.serviceAccountName` holds an email address. The gateway appends `@<projectName>.iam.gserviceaccount.com` to it.',
  consequence: 'Google knows no such account, the controller gets no token, and the provider has no credential.',
  fix: 'Write the part before the `@`; the account must be of the project in `gcpCredentials.projectName`.',
  * check(graph) {
    for (const node of graph.ofKind(AI_GATEWAY, 'BackendSecurityPolicy')) {
      const name = text(at(node.manifest, 'spec', ...PATH));
      if (name === undefined || !name.includes('@')) continue;
      yield {
        node,
        prop: `spec.${PATH.join('.')}`,
        message: `is an address, to which the gateway appends "@${text(at(node.manifest, 'spec', 'gcpCredentials', 'projectName')) ?? ''}.iam.gserviceaccount.com"`,
        value: name,
        fix: 'write the part before the "@"',
      };
    }
  },
};

import { isToken } from '../../../../findings/token';
import { AI_GATEWAY } from '../../../links';
import { at } from '../../../read';
import { Rule } from '../../../rule';

export const profileIgnored: Rule = {
  code: 'PROFILE_IGNORED',
  severity: 'error',
  title: 'A profile of an AWS credentials file is named and never used',
  cause: '`awsCredentials.credentialsFile.profile` names another profile than `default`. No release of the gateway reads the field.',
  consequence: 'The gateway uses the section `[default]`; a file without it makes every request search for credentials for seconds and answer 500.',
  fix: 'Call the section of the file `[default]` and remove `profile`.',
  * check(graph) {
    for (const node of graph.ofKind(AI_GATEWAY, 'BackendSecurityPolicy')) {
      const profile = at(node.manifest, 'spec', 'awsCredentials', 'credentialsFile', 'profile');
      if (profile === undefined || profile === 'default' || isToken(profile)) continue;
      yield {
        node,
        prop: 'spec.awsCredentials.credentialsFile.profile',
        message: 'is never read: the gateway uses [default]',
        value: profile,
        fix: 'call the section of the file [default] and remove this',
      };
    }
  },
};

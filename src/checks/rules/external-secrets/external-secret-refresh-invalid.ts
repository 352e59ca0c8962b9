import { goDurationMs } from '../../../secrets/go-duration';
import { EXTERNAL_SECRET_REFRESH_INVALID } from '../../../secrets/codes';
import { at, isToken } from '../../read';
import { Rule } from '../../rule';
import { EXTERNAL_SECRETS } from '../../secret-sources';

export const externalSecretRefreshInvalid: Rule = {
  ...EXTERNAL_SECRET_REFRESH_INVALID,
  * check(graph) {
    for (const node of graph.ofKind(EXTERNAL_SECRETS, 'ExternalSecret')) {
      const value = at(node.manifest, 'spec', 'refreshInterval');
      if (value === undefined || value === null || isToken(value)) continue;
      if (typeof value === 'string' && (goDurationMs(value) ?? -1) >= 0) continue;
      yield { node, prop: 'spec.refreshInterval', message: 'is not a duration as Go writes it', value, fix: 'use hours, minutes and seconds, as in "1h0m0s"' };
    }
  },
};

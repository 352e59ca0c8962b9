import { goDurationMs } from '../../../secrets/go-duration';
import { EXTERNAL_SECRET_REFRESH_SHORT } from '../../../secrets/codes';
import { SHORT_REFRESH_MS, tooOften } from '../../../secrets/external-secret-policies';
import { namespaceOf } from '../../links';
import { fields, text } from '../../read';
import { Rule } from '../../rule';
import { EXTERNAL_SECRETS, place, secretsRead, targetOf } from '../../secret-sources';

export const externalSecretRefreshShort: Rule = {
  ...EXTERNAL_SECRET_REFRESH_SHORT,
  * check(graph) {
    for (const node of graph.ofKind(EXTERNAL_SECRETS, 'ExternalSecret')) {
      const { refreshPolicy = 'Periodic', refreshInterval } = fields(node.manifest.spec);
      const interval = goDurationMs(text(refreshInterval) ?? '') ?? 0;
      if (refreshPolicy !== 'Periodic' || interval <= 0 || interval >= SHORT_REFRESH_MS) continue;
      if (!secretsRead(graph).has(place(namespaceOf(node), targetOf(node)))) continue;
      yield { node, prop: 'spec.refreshInterval', message: tooOften(interval), value: refreshInterval, fix: 'use an interval such as "10m0s"' };
    }
  },
};

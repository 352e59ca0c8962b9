import { EXTERNAL_SECRET_NO_DATA } from '../../../secrets/codes';
import { list, fields } from '../../read';
import { Rule } from '../../rule';
import { EXTERNAL_SECRETS } from '../../secret-sources';

export const externalSecretNoData: Rule = {
  ...EXTERNAL_SECRET_NO_DATA,
  * check(graph) {
    for (const node of graph.ofKind(EXTERNAL_SECRETS, 'ExternalSecret')) {
      const { data, dataFrom } = fields(node.manifest.spec);
      if (list(data).length > 0 || list(dataFrom).length > 0) continue;
      yield { node, prop: 'spec.data', message: 'is empty, as is `dataFrom`', fix: 'name the remote values to fetch' };
    }
  },
};

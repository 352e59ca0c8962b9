import { SEALED_SECRET_CLUSTER_WIDE } from '../../../../secrets/codes';
import { fields } from '../../../read';
import { Rule } from '../../../rule';
import { SEALED_SECRETS } from '../../../secret-sources';

const ANNOTATION = 'sealedsecrets.bitnami.com/cluster-wide';

export const sealedSecretClusterWide: Rule = {
  ...SEALED_SECRET_CLUSTER_WIDE,
  * check(graph) {
    for (const node of graph.ofKind(SEALED_SECRETS, 'SealedSecret')) {
      if (fields(node.manifest.metadata.annotations)[ANNOTATION] !== 'true') continue;
      yield { node, prop: `metadata.annotations.${ANNOTATION}`, message: 'lets every namespace decrypt the values', fix: 'seal it again with the scope "strict"' };
    }
  },
};

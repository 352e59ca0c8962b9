import { fields, isToken } from '../../../read';
import { Rule } from '../../../rule';
import { kindedReferences } from '../../../secret-kinds';

/** Kinds that hold certificate authorities, with their groups. */
const AUTHORITIES = new Map([['ConfigMap', ''], ['Secret', ''], ['ClusterTrustBundle', 'certificates.k8s.io']]);
const SECRETS = new Map([['Secret', '']]);

export const secretRefKind: Rule = {
  code: 'SECRET_REF_KIND',
  severity: 'error',
  title: 'A reference to a Secret or certificate names something else',
  cause: '`kind` or `group` of a `secretRef`, `certificateRefs`, `clientCertificateRef`, `credentialRefs` or `caCertificateRefs` is not that of a Secret, or of a ConfigMap or ClusterTrustBundle where certificate authorities may be in one.',
  consequence: 'The AI gateway reads the Secret of that name whatever the kind says, and without one every request answers 500. Envoy Gateway refuses the listener or policy, or leaves the authority out.',
  fix: 'Refer to the Secret: `kind: Secret`, `group: ""` or neither. A Certificate of cert-manager or an ExternalSecret writes one.',
  * check(graph) {
    for (const { node, path, ref, authorities } of kindedReferences(graph)) {
      const known = authorities ? AUTHORITIES : SECRETS;
      // Authorities have no default, and the schema demands both.
      const { kind = authorities ? undefined : 'Secret', group = '' } = fields(ref);
      if (typeof kind !== 'string' || typeof group !== 'string' || isToken(kind) || isToken(group) || known.get(kind) === group) continue;
      const right = known.get(kind);
      yield {
        node,
        prop: right === undefined ? `${path}.kind` : `${path}.group`,
        message: right === undefined ? `is nothing that ${authorities ? 'certificate authorities are' : 'this is'} read from` : `is not the group of a ${kind}`,
        value: right === undefined ? kind : group,
        fix: right === undefined ? wayOut(kind, known) : right === '' ? 'leave it empty' : `write "${right}"`,
      };
    }
  },
};

const MAKERS = ['Certificate', 'ExternalSecret', 'SealedSecret', 'SopsSecret'];

function wayOut(kind: string, known: ReadonlyMap<string, string>): string {
  const kinds = [...known.keys()].join(' or ');
  return MAKERS.includes(kind) ? `write \`kind: Secret\` and the name of the Secret that the ${kind} makes` : `refer to a ${kinds}`;
}

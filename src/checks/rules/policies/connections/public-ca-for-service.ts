import { GATEWAY_API } from '../../../links';
import { at, fields, list } from '../../../read';
import { Rule } from '../../../rule';

const CLUSTER_NAME = /\.svc(\.|$)/;

export const publicCaForService: Rule = {
  code: 'PUBLIC_CA_FOR_SERVICE',
  severity: 'warning',
  title: 'A Service in the cluster is to prove itself by a public certificate authority',
  cause: 'A BackendTLSPolicy checks a name ending in `.svc` or below it with `wellKnownCACertificates: System`. No public authority issues certificates for such names.',
  consequence: 'The handshake fails and every request ends in 503, unless the proxy\'s image has your own authority in its system bundle.',
  fix: 'Name your own authority in `caCertificateRefs`, or speak plaintext to the Service: on a provider construct `ProviderTls.privateCa()` or `ProviderTls.plaintext()`.',
  * check(graph) {
    for (const policy of graph.ofKind(GATEWAY_API, 'BackendTLSPolicy')) {
      const { hostname, wellKnownCACertificates, subjectAltNames } = fields(at(policy.manifest, 'spec', 'validation'));
      if (wellKnownCACertificates !== 'System' || typeof hostname !== 'string' || !CLUSTER_NAME.test(hostname) || list(subjectAltNames).length > 0) continue;
      yield {
        node: policy,
        prop: 'spec.validation.hostname',
        message: 'is a name in the cluster, for which no public authority issues certificates',
        value: hostname,
        fix: 'name your own authority in `caCertificateRefs`, or remove the policy to speak plaintext',
        inCode: { fix: 'use ProviderTls.privateCa() with your own authority, or ProviderTls.plaintext()' },
      };
    }
  },
};

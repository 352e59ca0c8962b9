import { connectionsOf } from '../../../connections';
import { Rule } from '../../../rule';

export const tlsNotVerified: Rule = {
  code: 'TLS_NOT_VERIFIED',
  severity: 'error',
  title: 'TLS to a provider accepts every certificate',
  cause: 'The `tls` of a Backend has `insecureSkipVerify: true`. A BackendTLSPolicy on the same Backend does not turn verification on again.',
  consequence: 'Whoever intercepts the connection reads prompts, answers and the provider\'s key.',
  fix: 'Remove it and name the certificate authority in a BackendTLSPolicy.',
  * check(graph) {
    for (const { backend, tls } of connectionsOf(graph)) {
      // That it names authorities as well is a matter of its own, with the same way out.
      if (tls?.insecureSkipVerify !== true || tls.caCertificateRefs !== undefined || tls.wellKnownCACertificates !== undefined) continue;
      yield {
        node: backend,
        prop: 'spec.tls.insecureSkipVerify',
        message: 'accepts the certificate of anybody',
        value: true,
        fix: 'remove it and name the certificate authority in a BackendTLSPolicy',
      };
    }
  },
};

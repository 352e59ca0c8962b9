import { connectionsOf } from '../../../connections';
import { Rule } from '../../../rule';

export const tlsWithoutSni: Rule = {
  code: 'TLS_WITHOUT_SNI',
  severity: 'error',
  title: 'TLS to a provider checks no name',
  cause: 'The Backend has `tls` with certificate authorities but without `sni`, and no BackendTLSPolicy gives a hostname.',
  consequence: 'The proxy sends no SNI and accepts any certificate of a trusted authority, also one issued for somebody else: whoever intercepts the connection reads prompts and keys. Providers behind shared addresses refuse the handshake.',
  fix: 'Use a BackendTLSPolicy with the provider\'s hostname instead of `tls`, or set `tls.sni`.',
  * check(graph) {
    for (const { backend, users, tls, hasWholePolicy } of connectionsOf(graph)) {
      if (users.length === 0 || !tls || hasWholePolicy || tls.insecureSkipVerify === true) continue;
      if (tls.sni !== undefined && tls.sni !== '') continue;
      yield {
        node: backend,
        prop: 'spec.tls',
        message: 'has no `sni`, so a certificate for any other name is accepted',
        fix: 'set `sni` to the provider\'s hostname, or replace `tls` by a BackendTLSPolicy',
      };
    }
  },
};

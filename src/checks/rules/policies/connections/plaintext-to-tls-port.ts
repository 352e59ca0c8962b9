import { connectionsOf } from '../../../connections';
import { labelOf } from '../../../identity';
import { isMissedBy, isMistakenBy } from '../../../policy-targets';
import { Rule } from '../../../rule';

const TLS_PORT = 443;

export const plaintextToTlsPort: Rule = {
  code: 'PLAINTEXT_TO_TLS_PORT',
  severity: 'error',
  title: 'A provider on port 443 is spoken to in plaintext',
  cause: 'A Backend that providers use has an endpoint on port 443, and neither a BackendTLSPolicy on it nor `tls` of its own. The port alone does not turn TLS on.',
  consequence: 'The proxy sends plain HTTP with prompt and key to the TLS port. The provider answers 400 or closes the connection, and every request ends in 503.',
  fix: 'Add a BackendTLSPolicy on the Backend; on a provider construct choose `ProviderTls.publicCa()` or `ProviderTls.privateCa()`.',
  * check(graph) {
    for (const { backend, users, endpoints, tls, policies } of connectionsOf(graph)) {
      // A policy for a section does not help either, but is a mistake with another way out.
      if (users.length === 0 || tls || policies.length > 0) continue;
      if (isMistakenBy(graph, 'BackendTLSPolicy', backend) || isMissedBy(graph, 'BackendTLSPolicy', backend)) continue;
      for (const { path, port } of endpoints) {
        if (port !== TLS_PORT) continue;
        yield {
          node: backend,
          prop: `${path}.port`,
          message: `is a TLS port that ${labelOf(users[0])} sends plaintext to`,
          value: port,
          fix: 'add a BackendTLSPolicy on the Backend, or use a port that expects plaintext',
        };
      }
    }
  },
};

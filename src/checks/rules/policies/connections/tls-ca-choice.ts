import { connectionsOf } from '../../../connections';
import { GraphNode } from '../../../graph';
import { GATEWAY_API } from '../../../links';
import { at, Fields, fields, list } from '../../../read';
import { Rule, RuleFinding } from '../../../rule';

export const tlsCaChoice: Rule = {
  code: 'TLS_CA_CHOICE',
  severity: 'error',
  title: 'TLS to a provider names no certificate authorities, or two kinds of them',
  cause: 'A BackendTLSPolicy or the `tls` of a Backend needs exactly one of `caCertificateRefs` and `wellKnownCACertificates`; `insecureSkipVerify` goes with neither.',
  consequence: 'The API server refuses the manifest, or Envoy Gateway refuses the Backend and its routes answer 500.',
  fix: 'Write `wellKnownCACertificates: System` for public providers, or `caCertificateRefs` for an authority of your own.',
  final: true,
  * check(graph) {
    for (const policy of graph.ofKind(GATEWAY_API, 'BackendTLSPolicy')) {
      const validation = at(policy.manifest, 'spec', 'validation');
      if (validation !== undefined) yield* choice(policy, 'spec.validation', fields(validation), true);
    }
    for (const { backend, tls, policies } of connectionsOf(graph)) {
      if (tls) yield* choice(backend, 'spec.tls', tls, policies.length === 0);
    }
  },
};

function* choice(node: GraphNode, prop: string, tls: Fields, needed: boolean): Iterable<RuleFinding> {
  const own = list(tls.caCertificateRefs).length > 0;
  const wellKnown = tls.wellKnownCACertificates !== undefined && tls.wellKnownCACertificates !== '';
  const unverified = tls.insecureSkipVerify === true;
  if (own && wellKnown) {
    yield { node, prop, message: 'has both `caCertificateRefs` and `wellKnownCACertificates`', fix: 'keep one of them' };
  } else if (unverified && (own || wellKnown)) {
    yield { node, prop, message: 'names certificate authorities and skips verification', fix: 'remove `insecureSkipVerify`' };
  } else if (needed && !own && !wellKnown && !unverified) {
    yield { node, prop, message: 'names no certificate authorities', fix: 'add `wellKnownCACertificates: System`, or `caCertificateRefs` for an authority of your own' };
  }
}

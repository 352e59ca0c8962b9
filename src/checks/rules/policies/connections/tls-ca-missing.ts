import { Graph, GraphNode } from '../../../graph';
import { elsewhere, labelOf, placeLabel } from '../../../identity';
import { GATEWAY_API, namespaceOf } from '../../../links';
import { isToken } from '../../../../findings/token';
import { at, fields, list } from '../../../read';
import { Rule, RuleFinding } from '../../../rule';

export const tlsCaMissing: Rule = {
  code: 'TLS_CA_MISSING',
  severity: 'error',
  title: 'The certificate authority of a BackendTLSPolicy is not where the gateway reads it',
  cause: 'The ConfigMap or Secret in `caCertificateRefs` does not exist in the namespace of the policy, or lacks the key `ca.crt`. The reference has no namespace of its own.',
  consequence: 'Envoy Gateway refuses the policy (NoValidCACertificate) and the routes of the provider fail; where only the key is wrong, it takes the first key there is and handshakes may fail with 503.',
  fix: 'Put the certificate under `ca.crt` into a ConfigMap beside the policy.',
  * check(graph) {
    for (const policy of graph.ofKind(GATEWAY_API, 'BackendTLSPolicy')) {
      for (const [index, value] of list(at(policy.manifest, 'spec', 'validation', 'caCertificateRefs')).entries()) {
        const { group = '', kind, name } = fields(value);
        if (group !== '' || (kind !== 'ConfigMap' && kind !== 'Secret') || typeof name !== 'string' || isToken(name)) continue;
        yield* judge(graph, policy, kind, name, `spec.validation.caCertificateRefs[${index}]`);
      }
    }
  },
};

function* judge(graph: Graph, policy: GraphNode, kind: string, name: string, prop: string): Iterable<RuleFinding> {
  const namespace = namespaceOf(policy);
  const found = graph.find('', kind, namespace, name);
  if (found) {
    const keys = dataKeys(found);
    if (keys.length === 0 || keys.includes('ca.crt')) return;
    yield { node: policy, prop, message: `leads to ${labelOf(found)}, which has no key "ca.crt"`, value: keys, fix: 'store the certificate under "ca.crt"' };
    return;
  }
  const other = elsewhere(graph, '', kind, namespace, name);
  const missing = graph.knownMissing('', kind, namespace, name);
  if (!other && !missing) return;
  yield {
    node: policy,
    prop,
    message: `names the ${kind} "${placeLabel(namespace, name)}", ${missing ? 'which does not exist' : `while there is only ${labelOf(other!)}`}`,
    value: name,
    fix: `put the ${kind} beside the policy`,
    // Another repository may have one of this name there.
    severity: missing ? 'error' : 'warning',
  };
}

function dataKeys({ manifest }: GraphNode): readonly string[] {
  return ['data', 'stringData', 'binaryData'].flatMap(field => Object.keys(fields(manifest[field])));
}

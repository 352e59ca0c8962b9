import { policyBlocks } from '../../../agentgateway';
import { Graph, GraphNode } from '../../../graph';
import { elsewhere, labelOf, placeLabel } from '../../../identity';
import { GATEWAY_API, namespaceOf } from '../../../links';
import { OBJECT_NAME } from '../../../../findings/dns-names';
import { isToken } from '../../../../findings/token';
import { at, fields, list } from '../../../read';
import { Rule, RuleFinding } from '../../../rule';

const CERTIFICATE = /^-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----/m;

export const tlsCaMissing: Rule = {
  code: 'TLS_CA_MISSING',
  severity: 'error',
  title: 'A certificate authority is not where the gateway reads it',
  cause: 'The ConfigMap or Secret in `caCertificateRefs`, also of `tls` of an AgentgatewayBackend, does not exist in the namespace of the policy, lacks the key `ca.crt`, or has no certificate in PEM form there. The reference has no namespace of its own.',
  consequence: 'Envoy Gateway refuses the policy (NoValidCACertificate) and the routes of the provider fail; where only the key or its content is wrong, it is accepted, and handshakes fail with 503.',
  fix: 'Put the certificate, as PEM text, under `ca.crt` into a ConfigMap beside the policy.',
  * check(graph) {
    for (const { node, path, fields: { tls } } of policyBlocks(graph)) {
      for (const [index, ref] of list(at(tls, 'caCertificateRefs')).entries()) {
        const prop = `${path}.tls.caCertificateRefs[${index}]`;
        const { name } = fields(ref);
        if (name === undefined || name === '') yield { node, prop, message: 'names no ConfigMap', value: name, fix: 'give the name of the ConfigMap with the certificate under "ca.crt"' };
        else if (typeof name === 'string' && !isToken(name)) yield* judge(graph, node, 'ConfigMap', name, prop);
      }
    }
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
    if (keys.includes('ca.crt')) yield* judgeContent(policy, found, prop);
    if (keys.length === 0 || keys.includes('ca.crt')) return;
    yield { node: policy, prop, message: `leads to ${labelOf(found)}, which has no key "ca.crt"`, value: keys, fix: 'store the certificate under "ca.crt"' };
    return;
  }
  const other = elsewhere(graph, '', kind, namespace, name);
  const missing = graph.knownMissing('', kind, namespace, name);
  // A name that nothing can have another rule tells.
  if ((!other && !missing) || !OBJECT_NAME.test(name)) return;
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

/** Not that of a Secret, which can be encrypted. No message shows the content, which can be a private key. */
function* judgeContent(policy: GraphNode, found: GraphNode, prop: string): Iterable<RuleFinding> {
  const content = at(found.manifest, 'data', 'ca.crt');
  if (found.manifest.kind !== 'ConfigMap' || typeof content !== 'string' || isToken(content) || CERTIFICATE.test(content)) return;
  yield {
    node: policy,
    prop,
    message: `leads to ${labelOf(found)}, whose "ca.crt" holds no certificate`,
    fix: 'store it as PEM text, from "-----BEGIN CERTIFICATE-----" on',
  };
}

function dataKeys({ manifest }: GraphNode): readonly string[] {
  return ['data', 'stringData', 'binaryData'].flatMap(field => Object.keys(fields(manifest[field])));
}

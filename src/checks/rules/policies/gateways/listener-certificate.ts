import { OBJECT_NAME } from '../../../../findings/dns-names';
import { Graph, GraphNode } from '../../../graph';
import { labelOf, placeLabel } from '../../../identity';
import { namespaceOf } from '../../../links';
import { listenerCertificatesOf } from '../../../listeners';
import { perGraph } from '../../../per-graph';
import { at, fields, isToken, list, text } from '../../../read';
import { Rule, RuleFinding } from '../../../rule';
import { place, SecretSource, secretSourcesOf } from '../../../secret-sources';

const CERT_MANAGER = 'cert-manager.io';
const ISSUERS = [`${CERT_MANAGER}/issuer`, `${CERT_MANAGER}/cluster-issuer`];
const KEYS = ['tls.crt', 'tls.key'];
const TYPE = 'kubernetes.io/tls';

export const listenerCertificate: Rule = {
  code: 'LISTENER_CERTIFICATE',
  severity: 'error',
  title: 'The certificate of a listener is not where the gateway reads it',
  cause: 'A Secret in `tls.certificateRefs` of a listener is made by nothing in a namespace that was declared complete, lacks the data key `tls.crt` or `tls.key`, or is not of the type `kubernetes.io/tls`. A Certificate of cert-manager makes one, and so does the annotation of its issuer on the Gateway.',
  consequence: 'The listener is refused (InvalidCertificateRef), and clients cannot connect to it; the Gateway is accepted all the same.',
  fix: 'Correct the name, add what makes the Secret, or give it the type and both keys: in an ExternalSecret by `target.template.type`.',
  * check(graph) {
    const sources = secretSourcesOf(graph);
    for (const { node, path, name, namespace } of listenerCertificatesOf(graph)) {
      const found = sources.at(namespace, name);
      if (found.length > 0) {
        const wrong = lacking(found, node);
        if (wrong) yield { node, prop: path, ...wrong };
        continue;
      }
      // A name that nothing can have another rule tells.
      if (namespace === undefined || !graph.completeNamespaces.has(namespace) || !OBJECT_NAME.test(name)) continue;
      if (sources.mayAppear(namespace, name) || isIssued(graph, node, namespace, name)) continue;
      const other = sources.elsewhere(namespace, name);
      yield {
        node,
        prop: path,
        message: `names the Secret "${placeLabel(namespace, name)}", ${other ? `while ${labelOf(other.node)} makes it in "${other.namespace}"` : 'which nothing makes'}`,
        value: name,
        fix: other ? `make it in "${namespace}"` : 'correct the name, or add what makes it',
      };
    }
  },
};

/** Of a Secret that is in the output, as far as it can be seen. */
function lacking(found: readonly SecretSource[], gateway: GraphNode): Pick<RuleFinding, 'message' | 'value' | 'fix'> | undefined {
  const [{ node }] = found;
  if (!found.some(({ open }) => open)) {
    const keys = found.flatMap(source => source.keys);
    const missing = KEYS.filter(key => !keys.includes(key));
    if (keys.length > 0 && missing.length > 0) {
      return {
        message: `leads to ${labelOf(node)}, which has no ${missing.map(key => `"${key}"`).join(' and no ')}`,
        value: keys,
        fix: 'store the certificate under "tls.crt" and its key under "tls.key"',
      };
    }
  }
  const isEnvoyGateway = gateway.target.releases['envoy-ai-gateway'] !== undefined;
  const type = typeOf(found);
  if (!isEnvoyGateway || type === undefined || type === TYPE) return undefined;
  return { message: `leads to ${labelOf(node)}, which is not of the type ${TYPE}`, value: type, fix: `give it that type${node.manifest.kind === 'ExternalSecret' ? ' in `target.template.type`' : ''}` };
}

/** Undefined where it cannot be seen. */
function typeOf(found: readonly SecretSource[]): string | undefined {
  if (found.length !== 1 || !found[0].makes) return undefined;
  const [{ node: { manifest }, path }] = found;
  const holder = manifest.kind === 'Secret' ? manifest
    : manifest.kind === 'ExternalSecret' ? at(manifest, 'spec', 'target', 'template')
      : manifest.kind === 'SealedSecret' ? at(manifest, 'spec', 'template')
        : list(at(manifest, 'spec', 'secretTemplates'))[Number(/\d+/.exec(path)?.[0])];
  const { type = 'Opaque' } = fields(holder);
  return typeof type === 'string' && !isToken(type) ? type : undefined;
}

/** Secrets that Certificates of cert-manager name. */
const issued = perGraph(graph => new Set(graph.ofKind(CERT_MANAGER, 'Certificate').map(node => place(namespaceOf(node), text(at(node.manifest, 'spec', 'secretName')) ?? ''))));

function isIssued(graph: Graph, gateway: GraphNode, namespace: string, name: string): boolean {
  const annotations = fields(gateway.manifest.metadata.annotations);
  return issued(graph).has(place(namespace, name)) || ISSUERS.some(issuer => annotations[issuer] !== undefined);
}

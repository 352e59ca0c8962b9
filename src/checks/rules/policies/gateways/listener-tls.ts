import { GATEWAY_API } from '../../../links';
import { at, fields, list } from '../../../read';
import { Rule } from '../../../rule';

export const listenerTls: Rule = {
  code: 'LISTENER_TLS',
  severity: 'error',
  title: 'The TLS settings of a listener do not fit its protocol',
  cause: 'An HTTPS listener has no certificate or passes TLS through, or an HTTP listener has `tls`.',
  consequence: 'The API server refuses the Gateway, or Envoy Gateway refuses the listener, and clients cannot connect.',
  fix: 'Name a Secret of type `kubernetes.io/tls` in `tls.certificateRefs` of HTTPS listeners; leave `tls` out of HTTP listeners.',
  final: true,
  * check(graph) {
    for (const node of graph.ofKind(GATEWAY_API, 'Gateway')) {
      for (const [index, value] of list(at(node.manifest, 'spec', 'listeners')).entries()) {
        const wrong = judge(fields(value).protocol, fields(value).tls);
        if (wrong) yield { node, prop: `spec.listeners[${index}].tls`, ...wrong };
      }
    }
  },
};

function judge(protocol: unknown, tls: unknown): { message: string; value?: unknown; fix: string } | undefined {
  if (protocol === 'HTTP') {
    return tls === undefined ? undefined : { message: 'is not allowed on an HTTP listener', fix: 'remove it, or make the protocol HTTPS' };
  }
  if (protocol !== 'HTTPS') return undefined;
  const { mode, certificateRefs, options } = fields(tls);
  if (mode === 'Passthrough') return { message: 'passes TLS through, so no request could be read', value: mode, fix: 'use `mode: Terminate`' };
  if (list(certificateRefs).length > 0 || Object.keys(fields(options)).length > 0) return undefined;
  return { message: 'names no certificate for an HTTPS listener', fix: 'name the Secret in `certificateRefs`' };
}

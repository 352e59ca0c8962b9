import { Document, isMap, isSeq, parseAllDocuments, YAMLMap } from 'yaml';

/** What stands around the gateway on this machine instead of a cluster. */
export interface Surroundings {
  /** Port clients use for the gateway. */
  readonly listenPort: number;
  /** Port of the server that knows all names. */
  readonly namesPort: number;
  /** Port on this machine that stands for a port of a provider; undefined where none does. */
  portOf(hostname: string, port: number): number | undefined;
  /** ConfigMap that stands for the public certificate authorities. */
  readonly publicCaConfigMap: string;
  /** Where the objects are. */
  readonly namespace: string;
  /** Objects the cluster has beside what was synthesized: Secrets and ConfigMaps. */
  readonly others: readonly object[];
}

/** Kinds that other operators turn into Secrets, that the standalone gateway does not read, or that need a cluster. */
const LEFT_OUT = new Set([
  'ExternalSecret', 'SealedSecret', 'SopsSecret', 'Deployment', 'Service', 'ServiceAccount', 'Namespace',
  'EnvoyProxy', 'GatewayConfig', 'QuotaPolicy', 'ReferenceGrant',
]);

const ENVOY_GROUP = 'gateway.envoyproxy.io';
const PROXY = 'judge';

/**
 * Synthesized YAML for a gateway on this machine. What is not named here goes through as it was written, down to the
 * quotes of its scalars:
 *
 * - ports of providers and of the listener are free ports of this machine, also where a TLS policy names one; hostnames stay,
 *   addresses are its own
 * - clients use HTTP, because the standalone gateway is not given the Secret of a certificate
 * - the public certificate authorities are one of this run
 * - the proxy is a process, which asks a name server of this run
 * - `$` is doubled, because the standalone gateway substitutes variables
 */
export function adaptForThisMachine(yaml: string, surroundings: Surroundings): string {
  const documents = parseAllDocuments(yaml).filter(document => isMap(document.contents));
  const kept = documents.filter(document => !LEFT_OUT.has(String(document.get('kind'))));
  for (const document of kept) ADAPTERS[String(document.get('kind'))]?.(document, surroundings);
  return [...kept, new Document(envoyProxy(surroundings)), ...surroundings.others.map(object => new Document(object))]
    .map(document => String(document).replace(/^---\n/, ''))
    .join('---\n')
    .replaceAll('$', '$$$$');
}

const ADAPTERS: { readonly [kind: string]: (document: Document, surroundings: Surroundings) => void } = {
  Gateway(document, { listenPort }) {
    const listeners = document.getIn(['spec', 'listeners']);
    if (!isSeq(listeners) || listeners.items.length !== 1) throw new Error('a gateway on this machine has one listener');
    const listener = listeners.items[0] as YAMLMap;
    listener.set('port', listenPort);
    listener.set('protocol', 'HTTP');
    listener.delete('tls');
    document.setIn(['spec', 'infrastructure'], document.createNode({ parametersRef: { group: ENVOY_GROUP, kind: 'EnvoyProxy', name: PROXY } }));
  },
  Backend(document, { portOf }) {
    const endpoints = document.getIn(['spec', 'endpoints']);
    if (!isSeq(endpoints)) return;
    for (const endpoint of endpoints.items as YAMLMap[]) {
      const [form, name] = endpoint.has('ip') ? ['ip', 'address'] : ['fqdn', 'hostname'];
      const target = endpoint.get(form) as YAMLMap;
      const [host, port] = [String(target.get(name)), Number(target.get('port'))];
      const local = portOf(host, port);
      if (local === undefined) throw new Error(`nothing stands for ${host}:${port}`);
      target.set('port', local);
      if (form === 'ip') target.set(name, '127.0.0.1');
    }
  },
  BackendTLSPolicy(document, { portOf, publicCaConfigMap }) {
    const validation = document.getIn(['spec', 'validation']) as YAMLMap;
    // A section of a Backend is its port.
    const targets = document.getIn(['spec', 'targetRefs']);
    for (const target of (isSeq(targets) ? targets.items : []) as YAMLMap[]) {
      const port = target.get('sectionName');
      if (port !== undefined) target.set('sectionName', String(portOf(String(validation.get('hostname')), Number(port))));
    }
    if (!validation.delete('wellKnownCACertificates')) return;
    validation.set('caCertificateRefs', document.createNode([{ group: '', kind: 'ConfigMap', name: publicCaConfigMap }]));
  },
};

/** Envoy as a process whose names come from our server. */
function envoyProxy({ namesPort, namespace }: Surroundings): object {
  return {
    apiVersion: `${ENVOY_GROUP}/v1alpha1`,
    kind: 'EnvoyProxy',
    metadata: { name: PROXY, namespace },
    spec: {
      provider: { type: 'Host', host: {} },
      concurrency: 2,
      bootstrap: {
        type: 'JSONPatch',
        jsonPatches: [{
          op: 'add',
          path: '/typed_dns_resolver_config',
          value: {
            name: 'envoy.network.dns_resolver.cares',
            typed_config: {
              '@type': 'type.googleapis.com/envoy.extensions.network.dns_resolver.cares.v3.CaresDnsResolverConfig',
              'resolvers': [{ socket_address: { address: '127.0.0.1', port_value: namesPort } }],
              'dns_resolver_options': { no_default_search_domain: true },
            },
          },
        }],
      },
    },
  };
}

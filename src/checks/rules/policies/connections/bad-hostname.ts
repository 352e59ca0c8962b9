import { IS_DNS_SUBDOMAIN } from '../../../../findings/dns-names';
import { isToken } from '../../../../findings/token';
import { llmProviders, AGENTGATEWAY, KGATEWAY } from '../../../agentgateway';
import { connectionsOf, Endpoint } from '../../../connections';
import { Graph, GraphNode } from '../../../graph';
import { at, fields, list } from '../../../read';
import { Rule, RuleFinding } from '../../../rule';

const IP_V4 = /^\d{1,3}(\.\d{1,3}){3}$/;

/**
 * Not final: a standalone gateway without cluster accepts loopback addresses and
 * names of one label, and whoever runs one can acknowledge them.
 */
export const badHostname: Rule = {
  code: 'BAD_HOSTNAME',
  severity: 'error',
  title: 'The address of a provider is not one a cluster\'s gateway can use',
  cause: 'A `fqdn` endpoint of a Backend, or the `host` of a backend of agentgateway, has a URL, a port, capitals, an IP address or a name of one label, or an endpoint is a loopback address or has port 0.',
  consequence: 'The API server or Envoy Gateway refuses the Backend, and requests to the provider answer 500. A loopback address is the proxy\'s own pod.',
  fix: 'Write the bare DNS name in lower case with at least two labels, such as `api.openai.com` or `vllm.models.svc.cluster.local`; port and path have properties of their own.',
  covers: ['TLS_NAME_NEEDED'],
  * check(graph) {
    for (const { backend, endpoints } of connectionsOf(graph)) {
      for (const endpoint of endpoints) {
        const { path, form, host, port } = endpoint;
        if (port === 0) yield { node: backend, prop: `${path}.port`, message: 'is no port that anything listens on', value: port, fix: 'use 1 to 65535' };
        const wrong = wrongWith(endpoint);
        if (!wrong) continue;
        yield { node: backend, prop: `${path}.${form === 'ip' ? 'address' : 'hostname'}`, value: host, ...wrong };
      }
    }
    for (const { node, path, host } of agentHosts(graph)) {
      const wrong = typeof host !== 'string' || isToken(host) ? undefined : judgeAgentHost(host);
      if (wrong) yield { node, prop: path, value: host, ...wrong };
    }
  },
};

/** What makes an address none that the gateway can use. */
export function wrongWith({ form, host }: Endpoint): ReturnType<typeof judge> {
  return typeof host !== 'string' || isToken(host) ? undefined : judge(form, host);
}

function judge(form: Endpoint['form'], host: string): Pick<RuleFinding, 'message' | 'fix' | 'inCode'> | undefined {
  if (form === 'ip') return isLoopback(host) ? LOOPBACK : undefined;
  if (form !== 'fqdn') return undefined;
  if (host.trim() === '') return { message: 'is empty', fix: 'write the DNS name of the provider' };
  if (host.includes('://')) return { message: 'is a URL', fix: `write the name alone, ${JSON.stringify(nameIn(host))}` };
  if (isLoopback(host) || host === 'localhost' || host.endsWith('.localhost')) return LOOPBACK;
  if (IP_V4.test(host) || /^\[?[\da-f]*:[\da-f:.]*:[\da-f:.]*\]?$/i.test(host)) return { message: 'is an IP address', fix: 'use a DNS name, or an endpoint with `ip`', inCode: { fix: 'write it as four numbers up to 255, or as IPv6 without brackets' } };
  if (host.includes('/')) return { message: 'has a path', fix: 'write the name alone; `prefix` of the schema is for the path', inCode: { fix: 'write the name alone; the path has a property of its own' } };
  if (/:\d*$/.test(host)) return { message: 'has a port', fix: 'write the name alone; the port has a field of its own', inCode: { fix: 'write the name alone; the port has a property of its own' } };
  if (host !== host.toLowerCase()) return { message: 'has capitals', fix: `write ${JSON.stringify(host.toLowerCase())}` };
  if (!IS_DNS_SUBDOMAIN.test(host)) return { message: 'is not a DNS name', fix: 'use letters, digits, "-" and "." as in "api.example.com"' };
  if (!host.includes('.')) return { message: 'is a name of one label, which Envoy Gateway refuses', fix: `write the full name, such as "${host}.<namespace>.svc.cluster.local"` };
  return undefined;
}

interface AgentHost {
  readonly node: GraphNode;
  readonly path: string;
  readonly host: unknown;
}

/** Hosts of backends of agentgateway and kgateway. */
function agentHosts(graph: Graph): AgentHost[] {
  return [
    ...llmProviders(graph).map(({ node, path, fields: provider }) => ({ node, path: `${path}.host`, host: provider.host })),
    ...graph.ofKind(AGENTGATEWAY, 'AgentgatewayBackend').map(node => ({ node, path: 'spec.static.host', host: at(node.manifest, 'spec', 'static', 'host') })),
    ...graph.ofKind(KGATEWAY, 'Backend').flatMap(node => list(at(node.manifest, 'spec', 'static', 'hosts')).map((value, index) => (
      { node, path: `spec.static.hosts[${index}].host`, host: fields(value).host }))),
  ];
}

/** agentgateway takes IP addresses, capitals, and names of one label, which it looks up in the namespace of its pods. */
function judgeAgentHost(host: string): ReturnType<typeof judge> {
  if (IP_V4.test(host) || /^[\da-f:]*:[\da-f:.]*$/i.test(host)) return isLoopback(host) ? LOOPBACK : undefined;
  const lower = host.toLowerCase();
  return !lower.includes('.') && IS_DNS_SUBDOMAIN.test(lower) && lower !== 'localhost' ? undefined : judge('fqdn', lower);
}

const LOOPBACK = {
  message: 'is the proxy\'s own pod',
  fix: 'use an address at which the proxy reaches the provider over the network',
};

function isLoopback(host: string): boolean {
  return /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host) || /^(0{0,4}:){2,7}0{0,3}1$/.test(host);
}

function nameIn(url: string): string {
  return url.replace(/^[^:]*:\/\/([^/]*@)?/, '').replace(/[/:?#].*$/, '').toLowerCase();
}

import { agentProviders, hasPolicyFromElsewhere } from '../../../agentgateway';
import { Rule } from '../../../rule';

export const hostWithoutTls: Rule = {
  code: 'HOST_WITHOUT_TLS',
  severity: 'error',
  title: 'A host of its own is spoken to in plaintext on the port of TLS',
  cause: 'A provider of an AgentgatewayBackend has `host` and port 443, and no `tls` policy. A host switches off the TLS that the provider has by default.',
  consequence: 'Requests, keys included, leave in plaintext; most servers answer 400 or close the connection.',
  fix: 'Set `policies.tls: {}`.',
  * check(graph) {
    for (const provider of agentProviders(graph)) {
      if (provider.fields.host === undefined || provider.fields.port !== 443) continue;
      if (provider.policy('tls') !== undefined || hasPolicyFromElsewhere(graph, provider, 'tls')) continue;
      yield { node: provider.node, prop: `${provider.path}.host`, message: 'is called on port 443 without TLS', value: provider.fields.host, fix: 'set `policies.tls: {}`' };
    }
  },
};

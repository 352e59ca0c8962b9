import { agentProviders, hasPolicyFromElsewhere } from '../../../agentgateway';
import { Rule } from '../../../rule';

const CLOUDS: { readonly [provider: string]: string } = { bedrock: 'aws', vertexai: 'gcp', azure: 'azure', azureopenai: 'azure' };

export const hostWithoutAuth: Rule = {
  code: 'HOST_WITHOUT_AUTH',
  severity: 'error',
  title: 'A cloud provider at a host of its own has no authentication',
  cause: 'A Bedrock, Vertex AI or Azure provider of an AgentgatewayBackend has `host` and no `auth` policy. A host switches off the identity of the pods that such a provider uses by default.',
  consequence: 'Requests are sent without signature or token, and the provider answers 401 or 403.',
  fix: 'Set `policies.auth`, such as `aws: {}` for the identity of the pods.',
  * check(graph) {
    for (const provider of agentProviders(graph)) {
      const cloud = Object.keys(CLOUDS).find(name => provider.fields[name] !== undefined);
      if (cloud === undefined || provider.fields.host === undefined || provider.node.credentialRefused) continue;
      if (provider.policy('auth') !== undefined || hasPolicyFromElsewhere(graph, provider, 'auth')) continue;
      yield {
        node: provider.node, prop: `${provider.path}.host`, message: `makes ${cloud} go without authentication`, value: provider.fields.host,
        fix: `set \`policies.auth\`, such as { ${CLOUDS[cloud]}: {} } for the identity of the pods`,
      };
    }
  },
};

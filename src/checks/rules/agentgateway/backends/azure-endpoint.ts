import { agentProviders } from '../../../agentgateway';
import { at, isToken, text } from '../../../read';
import { Rule } from '../../../rule';

const AZURE = /^[a-z0-9-]+(\.openai\.azure\.com|\.services\.ai\.azure\.com)?$/i;

export const azureEndpoint: Rule = {
  code: 'AZURE_ENDPOINT',
  severity: 'error',
  title: 'An endpoint of Azure becomes another host than the written one',
  cause: 'The `endpoint` of an azureopenai provider has a scheme, a slash or a domain of its own. agentgateway cuts off its two known domains and appends `.openai.azure.com` to anything else.',
  consequence: 'The host does not exist, and every request answers 503.',
  fix: 'Write the host alone, such as `acme.openai.azure.com`; for other domains use the provider `openai` with `host`, `port` and `pathPrefix`.',
  * check(graph) {
    for (const { node, path, fields } of agentProviders(graph)) {
      const endpoint = text(at(fields, 'azureopenai', 'endpoint'));
      if (endpoint === undefined || isToken(endpoint) || AZURE.test(endpoint)) continue;
      yield {
        node, prop: `${path}.azureopenai.endpoint`, message: 'is not a host below openai.azure.com or services.ai.azure.com', value: endpoint,
        fix: 'write one such as "acme.openai.azure.com", without scheme and slash',
      };
    }
  },
};

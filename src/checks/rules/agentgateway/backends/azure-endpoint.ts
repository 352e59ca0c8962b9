import { kindFields, llmProviders } from '../../../agentgateway';
import { isToken } from '../../../read';
import { Rule } from '../../../rule';

const ENDPOINT = /^[a-z0-9-]+(\.openai\.azure\.com|\.services\.ai\.azure\.com)?$/i;
const RESOURCE = /^[a-z0-9-]+$/i;

export const azureEndpoint: Rule = {
  code: 'AZURE_ENDPOINT',
  severity: 'error',
  title: 'An endpoint of Azure becomes another host than the written one',
  cause: 'The `endpoint` of an azureopenai provider, or the `resourceName` of an azure provider, has a scheme, a slash or a domain of its own. agentgateway cuts off its two known domains of an endpoint and appends one to anything else.',
  consequence: 'The host does not exist, and every request answers 503.',
  fix: 'Write the host alone, such as `acme.openai.azure.com`, or the name of the resource; for other domains use the provider `openai` with `host`, `port` and `pathPrefix`.',
  * check(graph) {
    for (const provider of llmProviders(graph)) {
      for (const { kind, path, value } of kindFields(provider, 'endpoint', 'resourceName')) {
        const form = kind === 'azure' ? RESOURCE : ENDPOINT;
        if (!kind.startsWith('azure') || typeof value !== 'string' || isToken(value) || form.test(value)) continue;
        yield {
          node: provider.node,
          prop: path,
          ...(kind === 'azure'
            ? { message: 'is not the name of a resource of Azure', fix: 'write what stands before ".openai.azure.com", such as "acme"' }
            : { message: 'is not a host below openai.azure.com or services.ai.azure.com', fix: 'write one such as "acme.openai.azure.com", without scheme and slash' }),
          value,
          inCode: { message: 'is not the name of a resource of Azure', fix: 'write what stands before ".openai.azure.com", such as "acme"' },
        };
      }
    }
  },
};

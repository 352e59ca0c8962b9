import { hostnamesOf } from '../../../connections';
import { labelOf } from '../../../identity';
import { AI_GATEWAY, Links } from '../../../links';
import { at, text } from '../../../read';
import { Rule } from '../../../rule';
import { typeOf } from '../../../security-policies';

/** Types that authenticate at each schema's own provider, and types that do at some hosts which speak the same API. */
const FITTING: { readonly [schema: string]: { readonly types: readonly string[]; readonly elsewhere?: readonly string[] } } = {
  OpenAI: { types: ['APIKey', 'AzureAPIKey', 'AzureCredentials'], elsewhere: ['AnthropicAPIKey', 'GCPCredentials'] },
  Anthropic: { types: ['AnthropicAPIKey'], elsewhere: ['APIKey', 'AzureAPIKey', 'AzureCredentials'] },
  AWSBedrock: { types: ['AWSCredentials'], elsewhere: ['APIKey'] },
  AWSAnthropic: { types: ['AWSCredentials'], elsewhere: ['APIKey'] },
  AzureOpenAI: { types: ['AzureAPIKey', 'AzureCredentials'] },
  GCPVertexAI: { types: ['GCPCredentials'] },
  GCPAnthropic: { types: ['GCPCredentials'] },
  Cohere: { types: ['APIKey'] },
};
/** Hosts at which only the types of the first list work. */
const OWN_HOSTS = /^(api\.openai\.com|api\.anthropic\.com)$/;

export const credentialTypeMismatch: Rule = {
  code: 'CREDENTIAL_TYPE_MISMATCH',
  severity: 'error',
  title: 'The credential of a provider is of a kind its API does not take',
  cause: 'The `type` of the BackendSecurityPolicy writes another header or signature than the API named by the schema of the AIServiceBackend expects, such as a bearer token for an API that wants `x-api-key`.',
  consequence: 'Everything is accepted, and the provider answers 401 or 403 to every request; for Google\'s APIs the path is malformed as well.',
  fix: 'Use the type the message names. A host of your own that takes the other credential is a reason to acknowledge the finding.',
  * check(graph) {
    const links = Links.of(graph);
    for (const serviceBackend of graph.ofKind(AI_GATEWAY, 'AIServiceBackend')) {
      const schema = text(at(serviceBackend.manifest, 'spec', 'schema', 'name'));
      const fitting = schema !== undefined && Object.hasOwn(FITTING, schema) ? FITTING[schema] : undefined;
      if (!fitting) continue;
      for (const policy of links.securityPoliciesOf(serviceBackend)) {
        const type = typeOf(policy);
        if (type === undefined || fitting.types.includes(type)) continue;
        const isOwnHost = hostnamesOf(links.backendOf(serviceBackend)).some(host => OWN_HOSTS.test(host));
        yield {
          node: policy,
          prop: 'spec.type',
          message: `is no credential for ${labelOf(serviceBackend)}, which speaks ${schema}`,
          value: type,
          fix: `use ${fitting.types.join(' or ')}`,
          severity: fitting.elsewhere?.includes(type) && !isOwnHost ? 'warning' : 'error',
        };
      }
    }
  },
};

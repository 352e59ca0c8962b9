import { isToken } from '../../../../findings/token';
import { kindFields, llmProviders } from '../../../agentgateway';
import { Graph } from '../../../graph';
import { AI_GATEWAY, Links, RouteMatch } from '../../../links';
import { at, text } from '../../../read';
import { Rule, RuleFinding } from '../../../rule';

const SAFE = /^[A-Za-z0-9._-]+$/;

export const azureDeploymentName: Rule = {
  code: 'AZURE_DEPLOYMENT_NAME',
  severity: 'error',
  title: 'A deployment of Azure OpenAI has a name that does not fit into a path',
  cause: 'A `modelNameOverride` for a provider with the schema AzureOpenAI, or without one the model that clients send, has other characters than letters, digits, dots, dashes and underscores; so has the `deploymentName` or, beside an `apiVersion`, the `model` of an Azure provider of agentgateway. The gateway writes it into the path as it is.',
  consequence: 'A space breaks the request (400); a slash reaches another path of the Azure resource, with its key.',
  fix: 'Set `modelNameOverride` to the name of the deployment in Azure; with constructs, `provider.model("…")`.',
  * check(graph) {
    yield* inBackends(graph);
    const azure = new Set(graph.ofKind(AI_GATEWAY, 'AIServiceBackend').filter(({ manifest }) => at(manifest, 'spec', 'schema', 'name') === 'AzureOpenAI'));
    if (azure.size === 0) return;
    for (const { rule, ref, path, serviceBackend } of Links.of(graph).refs) {
      if (!serviceBackend || !azure.has(serviceBackend)) continue;
      const override = text(ref.modelNameOverride);
      const unsafe = (override ? [override] : exactModels(rule.matches)).find(name => !SAFE.test(name) && !isToken(name));
      if (unsafe === undefined) continue;
      yield {
        node: rule.route.node,
        prop: override ? `${path}.modelNameOverride` : path,
        message: 'would write a name into the path of Azure that is no deployment',
        value: unsafe,
        fix: 'set `modelNameOverride` to the name of the deployment: letters, digits, ".", "-" and "_"',
        inCode: { fix: 'give the name of the deployment to model(): letters, digits, ".", "-" and "_"' },
      };
    }
  },
};

function* inBackends(graph: Graph): Iterable<RuleFinding> {
  for (const provider of llmProviders(graph)) {
    for (const { kind, path, value } of kindFields(provider, 'deploymentName', 'model')) {
      const inPath = kind === 'azureopenai' || (kind === 'azure' && ![undefined, 'v1'].includes(text(at(provider.fields, 'azure', 'apiVersion'))));
      if (!inPath || typeof value !== 'string' || value === '' || isToken(value) || SAFE.test(value)) continue;
      yield {
        node: provider.node, prop: path, message: 'would write a name into the path of Azure that is no deployment', value,
        fix: 'write the name of the deployment: letters, digits, ".", "-" and "_"',
        inCode: { fix: 'give the name of the deployment to model(): letters, digits, ".", "-" and "_"' },
      };
    }
  }
}

function exactModels(matches: readonly RouteMatch[]): readonly string[] {
  return matches.flatMap(({ model }) => (model && !model.regex ? text(model.value) ?? [] : []));
}

import { isToken } from '../../../../findings/token';
import { kindFields, llmProviders } from '../../../agentgateway';
import { GraphNode } from '../../../graph';
import { AI_GATEWAY } from '../../../links';
import { at } from '../../../read';
import { Rule, RuleFinding } from '../../../rule';

const FORMS = [
  { block: 'awsCredentials', provider: 'bedrock', cloud: 'AWS', form: /^[a-z]{2}(-[a-z]+){1,3}-\d{1,2}$/, example: 'us-east-1' },
  { block: 'gcpCredentials', provider: 'vertexai', cloud: 'Google Cloud', form: /^(global|us|eu|[a-z]+(-[a-z]+)+\d{1,2})$/, example: 'us-central1' },
];

export const badRegion: Rule = {
  code: 'BAD_REGION',
  severity: 'error',
  title: 'A region has not the form of one',
  cause: 'The `region` of AWS or Google credentials, or of a Bedrock or Vertex AI provider of agentgateway, is misspelt, is the region of another cloud, or a zone.',
  consequence: 'AWS refuses the signature with 403; Google answers 404 for the path.',
  fix: 'Write a region such as `us-east-1` for AWS, or `us-central1` or `global` for Google Cloud.',
  covers: ['BAD_HOSTNAME', 'REGION_MISMATCH'],
  * check(graph) {
    for (const node of graph.ofKind(AI_GATEWAY, 'BackendSecurityPolicy')) {
      for (const form of FORMS) yield* judge(node, `spec.${form.block}.region`, at(node.manifest, 'spec', form.block, 'region'), form);
    }
    for (const provider of llmProviders(graph)) {
      for (const { kind, path, value } of kindFields(provider, 'region', 'location')) {
        const form = FORMS.find(other => other.provider === kind);
        if (form) yield* judge(provider.node, path, value, form);
      }
    }
  },
};

function* judge(node: GraphNode, prop: string, region: unknown, { cloud, form, example }: typeof FORMS[number]): Iterable<RuleFinding> {
  if (typeof region !== 'string' || isToken(region) || form.test(region)) return;
  yield { node, prop, message: `is not the name of a region of ${cloud}`, value: region, fix: `write one such as "${example}"` };
}

import { AI_GATEWAY, Links } from '../../../links';
import { isMissedBy } from '../../../policy-targets';
import { at, text } from '../../../read';
import { Rule } from '../../../rule';

const CONSEQUENCES: { readonly [schema: string]: string } = {
  AWSBedrock: 'requests go out unsigned',
  AWSAnthropic: 'requests go out unsigned',
  GCPVertexAI: 'the path lacks project and region',
  GCPAnthropic: 'the path lacks project and region',
};

export const credentialMissing: Rule = {
  code: 'CREDENTIAL_MISSING',
  severity: 'error',
  title: 'A provider on AWS or Google Cloud has no BackendSecurityPolicy',
  cause: 'The schema of an AIServiceBackend is one of AWS or Google Cloud and no BackendSecurityPolicy names it. These APIs need one even where the pods\' own identity authenticates.',
  consequence: 'AWS gets unsigned requests and answers 403; Google gets a path without project and region and answers 404.',
  fix: 'Add a BackendSecurityPolicy with AWSCredentials or GCPCredentials; without further fields it uses the identity of the pods.',
  * check(graph) {
    const links = Links.of(graph);
    for (const node of graph.ofKind(AI_GATEWAY, 'AIServiceBackend')) {
      const schema = text(at(node.manifest, 'spec', 'schema', 'name'));
      const consequence = schema !== undefined && Object.hasOwn(CONSEQUENCES, schema) ? CONSEQUENCES[schema] : undefined;
      if (consequence === undefined || node.credentialRefused || links.securityPoliciesOf(node).length > 0) continue;
      if (isMissedBy(graph, 'BackendSecurityPolicy', node)) continue;
      yield {
        node,
        prop: 'spec.schema.name',
        message: `needs a BackendSecurityPolicy on the provider, without which ${consequence}`,
        value: schema,
        fix: `add one of type ${schema!.startsWith('AWS') ? 'AWSCredentials' : 'GCPCredentials'}`,
      };
    }
  },
};

import { Graph, GraphNode } from '../../../graph';
import { AI_GATEWAY, Links } from '../../../links';
import { Changes, headerChanges } from '../../../mutations';
import { perGraph } from '../../../per-graph';
import { isMissedBy } from '../../../policy-targets';
import { at, text } from '../../../read';
import { Rule } from '../../../rule';
import { credentialHeaderOf, WRITTEN_HEADERS } from '../../../security-policies';

const CREDENTIAL_HEADERS = ['authorization', 'x-api-key', 'api-key', 'cookie'];

export const callerCredentialsForwarded: Rule = {
  code: 'CALLER_CREDENTIALS_FORWARDED',
  severity: 'error',
  title: 'A provider receives the credentials of callers',
  cause: 'An AIServiceBackend does not remove `authorization`, `x-api-key`, `api-key` and `cookie`. The gateway replaces only the one header that the type of the provider\'s BackendSecurityPolicy writes, and none without a policy.',
  consequence: 'The token with which a caller proves itself to the gateway, or its key for another provider, is sent to this provider, which can use it.',
  fix: 'Add `headerMutation.remove: [authorization, x-api-key, api-key, cookie]`; the credential of the policy is written afterwards. Provider constructs do so. Acknowledge the finding where callers are meant to authenticate at the provider.',
  * check(graph) {
    const links = Links.of(graph);
    for (const node of graph.ofKind(AI_GATEWAY, 'AIServiceBackend')) {
      const replaced = replacedHeaders(links.securityPoliciesOf(node), headerChanges(node.manifest.spec, 'spec'));
      let passed = CREDENTIAL_HEADERS.filter(name => !replaced.has(name));
      // What a policy without type or target writes is not known, and told of the policy.
      if (isUnfinished(graph, node)) passed = passed.filter(name => !WRITTEN_HEADERS.has(name));
      if (passed.length > 0) passed = passed.filter(name => !isRemovedOnEveryRoute(graph, node, name));
      if (passed.length === 0) continue;
      yield {
        node,
        prop: 'spec.headerMutation.remove',
        message: `lets ${passed.map(name => `\`${name}\``).join(', ')} of callers through to the provider`,
        fix: `add ${passed.join(', ')}, or acknowledge this where callers authenticate at the provider`,
      };
    }
  },
};

function isUnfinished(graph: Graph, serviceBackend: GraphNode): boolean {
  return isMissedBy(graph, 'BackendSecurityPolicy', serviceBackend)
    || Links.of(graph).securityPoliciesOf(serviceBackend).some(policy => at(policy.manifest, 'spec', 'type') === undefined);
}

function replacedHeaders(policies: readonly GraphNode[], { set, removed }: Changes): ReadonlySet<string> {
  const names = new Set([...set, ...removed].map(({ name }) => name.toLowerCase()));
  for (const policy of policies) {
    const header = credentialHeaderOf(policy);
    if (header !== undefined) names.add(header);
    // The gateway takes the header it reads an override from out of the request.
    const override = text(at(policy.manifest, 'spec', 'credentialOverride', 'fromRequestHeaders', 'header'));
    if (override !== undefined) names.add(override.toLowerCase());
  }
  return names;
}

/** Header changes of the backendRefs that lead to each AIServiceBackend. */
const changesOnRoutes = perGraph(graph => {
  const changes = new Map<GraphNode, ReadonlySet<string>[]>();
  for (const { ref, path, serviceBackend } of Links.of(graph).refs) {
    if (!serviceBackend) continue;
    const { set, removed } = headerChanges(ref, path);
    const names = new Set([...set, ...removed].map(({ name }) => name.toLowerCase()));
    const known = changes.get(serviceBackend);
    if (known) {
      known.push(names);
    } else {
      changes.set(serviceBackend, [names]);
    }
  }
  return changes;
});

function isRemovedOnEveryRoute(graph: Graph, serviceBackend: GraphNode, header: string): boolean {
  const changes = changesOnRoutes(graph).get(serviceBackend) ?? [];
  return changes.length > 0 && changes.every(names => names.has(header));
}

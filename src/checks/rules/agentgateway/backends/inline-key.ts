import { agentProviders, AGENTGATEWAY, KGATEWAY } from '../../../agentgateway';
import { GraphNode } from '../../../graph';
import { at, fields, isToken, list } from '../../../read';
import { Rule } from '../../../rule';

export const inlineKey: Rule = {
  code: 'INLINE_KEY',
  severity: 'error',
  title: 'A key of a provider stands in the manifest',
  cause: 'An AgentgatewayBackend or AgentgatewayPolicy has `auth.key`, or a Backend of kgateway has `authToken` of kind `Inline`.',
  consequence: 'Whoever can read the repository, its history or the cluster\'s objects can use the key.',
  fix: 'Store the key in a Secret and name that with `secretRef`; replace the key at its issuer.',
  * check(graph) {
    for (const { node, path, key } of [...agentgatewayKeys(graph.ofKind(AGENTGATEWAY, 'AgentgatewayBackend'), graph.ofKind(AGENTGATEWAY, 'AgentgatewayPolicy')), ...graph.ofKind(KGATEWAY, 'Backend').flatMap(kgatewayKeys)]) {
      if (key !== undefined && !isToken(key)) yield { node, prop: path, message: 'is a key that everybody can read', fix: 'use `secretRef`, and replace the key at its issuer' };
    }
    for (const { node, path, fields: provider } of agentProviders(graph)) {
      const key = at(provider, 'policies', 'auth', 'key');
      if (key !== undefined && !isToken(key)) yield { node, prop: `${path}.policies.auth.key`, message: 'is a key that everybody can read', fix: 'use `secretRef`, and replace the key at its issuer' };
    }
  },
};

interface Key {
  readonly node: GraphNode;
  readonly path: string;
  readonly key: unknown;
}

function agentgatewayKeys(backends: readonly GraphNode[], policies: readonly GraphNode[]): Key[] {
  return [
    ...backends.map(node => ({ node, path: 'spec.policies.auth.key', key: at(node.manifest, 'spec', 'policies', 'auth', 'key') })),
    ...policies.map(node => ({ node, path: 'spec.backend.auth.key', key: at(node.manifest, 'spec', 'backend', 'auth', 'key') })),
  ];
}

function kgatewayKeys(node: GraphNode): Key[] {
  const ai = fields(at(node.manifest, 'spec', 'ai'));
  const members = list(ai.priorityGroups).flatMap((group, index) =>
    list(fields(group).providers).map((value, member) => ({ value, path: `spec.ai.priorityGroups[${index}].providers[${member}]` })));
  return [{ value: ai.llm, path: 'spec.ai.llm' }, ...members].flatMap(({ value, path }) =>
    Object.entries(fields(value)).map(([name, provider]) => ({ node, path: `${path}.${name}.authToken.inline`, key: at(provider, 'authToken', 'inline') })));
}

import { kgatewayProviders, LlmProvider, PolicyBlock, policyBlocks } from '../../../agentgateway';
import { GraphNode } from '../../../graph';
import { at, isToken } from '../../../read';
import { Rule } from '../../../rule';

export const inlineKey: Rule = {
  code: 'INLINE_KEY',
  severity: 'error',
  title: 'A key of a provider stands in the manifest',
  cause: 'An AgentgatewayBackend, AgentgatewayPolicy or AgentgatewayModel has `auth.key`, or a Backend of kgateway has `authToken` of kind `Inline`.',
  consequence: 'Whoever can read the repository, its history or the cluster\'s objects can use the key.',
  fix: 'Store the key in a Secret and name that with `secretRef`; replace the key at its issuer.',
  * check(graph) {
    for (const { node, path, key } of [...policyBlocks(graph).map(keyOf), ...kgatewayProviders(graph).flatMap(kgatewayKeys)]) {
      if (key !== undefined && !isToken(key)) yield { node, prop: path, message: 'is a key that everybody can read', fix: 'use `secretRef`, and replace the key at its issuer' };
    }
  },
};

interface Key {
  readonly node: GraphNode;
  readonly path: string;
  readonly key: unknown;
}

function keyOf({ node, path, fields: { auth } }: PolicyBlock): Key {
  return { node, path: `${path}.auth.key`, key: at(auth, 'key') };
}

function kgatewayKeys({ node, path, fields }: LlmProvider): Key[] {
  return Object.entries(fields).map(([name, provider]) => ({ node, path: `${path}.${name}.authToken.inline`, key: at(provider, 'authToken', 'inline') }));
}

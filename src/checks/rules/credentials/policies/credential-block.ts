import { GraphNode, versionOf } from '../../../graph';
import { AI_GATEWAY } from '../../../links';
import { at, Fields, fields } from '../../../read';
import { Rule, RuleFinding } from '../../../rule';
import { BLOCKS, typeOf } from '../../../security-policies';

export const credentialBlock: Rule = {
  code: 'CREDENTIAL_BLOCK',
  severity: 'error',
  title: 'The credential of a BackendSecurityPolicy does not fit its type',
  cause: 'The block that belongs to `type` is missing, there is a block of another type, or a block has not exactly the one source it may have.',
  consequence: 'The API server refuses the policy.',
  fix: 'Write the one block of the type, with one source.',
  final: true,
  covers: ['INVALID_VALUE'],
  * check(graph) {
    for (const node of graph.ofKind(AI_GATEWAY, 'BackendSecurityPolicy')) {
      const spec = fields(node.manifest.spec);
      yield* blocks(node, spec);
      yield* sources(node, spec);
    }
  },
};

function* blocks(node: GraphNode, spec: Fields): Iterable<RuleFinding> {
  const type = typeOf(node);
  if (type === undefined || !Object.hasOwn(BLOCKS, type)) return;
  const wanted = BLOCKS[type];
  const present = Object.values(BLOCKS).filter(block => spec[block] !== undefined);
  if (present.length === 1 && present[0] === wanted) return;
  yield {
    node,
    prop: 'spec.type',
    message: present.length === 0 ? `needs the block \`${wanted}\`` : `goes with \`${wanted}\` alone, while there is ${present.map(block => `\`${block}\``).join(' and ')}`,
    value: type,
    fix: `write \`${wanted}\` and no other credential`,
  };
}

function* sources(node: GraphNode, spec: Fields): Iterable<RuleFinding> {
  if (spec.azureCredentials !== undefined) {
    yield* oneOf(node, 'azureCredentials', ['clientSecretRef', 'oidcExchangeToken'], true);
  }
  if (spec.gcpCredentials !== undefined) {
    // Only the newer version of the API lets the gateway find credentials by itself.
    const needed = versionOf(node.manifest.apiVersion) === 'v1alpha1';
    yield* oneOf(node, 'gcpCredentials', ['credentialsFile', 'workloadIdentityFederationConfig'], needed);
  }
}

function* oneOf(node: GraphNode, block: string, names: readonly string[], needed: boolean): Iterable<RuleFinding> {
  const present = names.filter(name => at(node.manifest, 'spec', block, name) !== undefined);
  const either = names.map(name => `\`${name}\``).join(' or ');
  if (present.length > 1) {
    yield { node, prop: `spec.${block}`, message: `has both ${names.map(name => `\`${name}\``).join(' and ')}`, fix: 'keep one of them' };
  } else if (needed && present.length === 0) {
    yield { node, prop: `spec.${block}`, message: `needs ${either}`, fix: 'write one of them' };
  }
}

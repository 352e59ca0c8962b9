import { Problem } from '../findings/finding';
import { GraphNode } from './graph';
import { perGraph } from './per-graph';
import { at, fields, list } from './read';
import { isReadFrom, SEALED_SECRETS, SOPS_OPERATOR } from './secret-sources';

/** What is wrong with an encrypted manifest, as readers of files see it. */
export interface EncryptedManifestProblem {
  readonly node: GraphNode;
  readonly problem: Problem;
}

/** Of manifests that become Secrets which the gateway reads, whoever put them into the output. */
export const encryptedManifestProblems = perGraph((graph): readonly EncryptedManifestProblem[] => {
  const found: EncryptedManifestProblem[] = [];
  const add = (node: GraphNode, problems: readonly Problem[]) => found.push(...problems.map(problem => ({ node, problem })));
  for (const node of graph.ofKind('', 'Secret')) {
    if (!isReadFrom(graph, node, at(node.manifest, 'metadata', 'name'))) continue;
    const { sopsMacProblems, sopsManifestProblems } = loadReaders();
    add(node, sopsManifestProblems(node.manifest, 'Secret'));
    // The operator of SopsSecrets asks for no MAC.
    if (node.declared !== undefined) add(node, sopsMacProblems(node.declared, node.manifest));
  }
  for (const node of graph.ofKind(SOPS_OPERATOR, 'SopsSecret')) {
    if (list(at(node.manifest, 'spec', 'secretTemplates')).some(template => isReadFrom(graph, node, fields(template).name))) {
      add(node, loadReaders().sopsManifestProblems(node.manifest, 'SopsSecret'));
    }
  }
  for (const node of graph.ofKind(SEALED_SECRETS, 'SealedSecret')) {
    const name = at(node.manifest, 'spec', 'template', 'metadata', 'name') ?? at(node.manifest, 'metadata', 'name');
    if (isReadFrom(graph, node, name)) add(node, loadReaders().sealedManifestProblems(node.manifest));
  }
  return found;
});

/** Loaded with the first encrypted manifest: most programs have none. */
function loadReaders() {
  return require('../secrets') as typeof import('../secrets');
}

import { groupOf } from '../../graph';
import { Rule } from '../../rule';

export const duplicateObject: Rule = {
  code: 'DUPLICATE_OBJECT',
  severity: 'error',
  title: 'Two manifests have the same kind, namespace and name',
  cause: 'Two constructs, or a construct and a raw manifest, produce an object with the same identity.',
  consequence: 'The one applied last replaces the other, so half of what the program says never reaches the cluster.',
  fix: 'Rename one of the constructs, or set `name` on one of them.',
  *check(graph) {
    const seen = new Set<string>();
    for (const node of graph.nodes) {
      const { apiVersion, kind, metadata } = node.manifest;
      if (typeof metadata?.name !== 'string') continue;
      const same = graph.all(groupOf(apiVersion), kind, metadata.namespace, metadata.name);
      const id = `${groupOf(apiVersion)}/${kind}/${metadata.namespace ?? ''}/${metadata.name}`;
      if (same.length < 2 || seen.has(id)) continue;
      seen.add(id);
      const [first, ...others] = same;
      for (const other of others) {
        yield {
          node: other,
          prop: 'metadata.name',
          message: `is also the name of the ${kind} at ${first.path}`,
          value: metadata.name,
          fix: 'rename one of the two',
        };
      }
    }
  },
};

import { Rule } from '../../rule';

export const duplicateObject: Rule = {
  code: 'DUPLICATE_OBJECT',
  severity: 'error',
  title: 'Two manifests have the same kind, namespace and name',
  cause: 'Two constructs, or a construct and a raw manifest, produce an object with the same identity.',
  consequence: 'The one applied last replaces the other, so half of what the program says never reaches the cluster.',
  fix: 'Rename one of the constructs, or set `name` on one of them.',
  *check(graph) {
    for (const same of graph.duplicates()) {
      const { kind, metadata } = same[0].manifest;
      if (typeof metadata.name !== 'string') continue;
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

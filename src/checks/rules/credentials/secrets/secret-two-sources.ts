import { labelOf } from '../../../identity';
import { Rule } from '../../../rule';
import { place, SecretSource, secretSourcesOf } from '../../../secret-sources';

export const secretTwoSources: Rule = {
  code: 'SECRET_TWO_SOURCES',
  severity: 'error',
  title: 'Two manifests make one Secret',
  cause: 'A Secret, ExternalSecret, SopsSecret or SealedSecret makes a Secret that another manifest makes as well.',
  consequence: 'The operators overwrite each other or refuse a Secret that is not theirs, so which credential the provider gets changes by itself.',
  fix: 'Keep one of the two. An ExternalSecret that adds a key to a Secret has `creationPolicy: Merge`.',
  * check(graph) {
    const first = new Map<string, SecretSource>();
    for (const source of secretSourcesOf(graph).all) {
      if (source.shares) continue;
      const key = place(source.namespace, source.name);
      const other = first.get(key);
      if (!other) {
        first.set(key, source);
      } else if (other.node === source.node || labelOf(other.node) !== labelOf(source.node)) {
        yield {
          node: source.node,
          prop: source.path,
          message: `is the Secret that ${labelOf(other.node)} makes as well`,
          value: source.name,
          fix: 'keep one of the two',
        };
      }
    }
  },
};

import { labelOf } from '../../../identity';
import { Change, headerChanges, Mutation, mutationsOf } from '../../../mutations';
import { Rule, RuleFinding } from '../../../rule';

export const mutationContradicts: Rule = {
  code: 'MUTATION_CONTRADICTS',
  severity: 'error',
  title: 'A mutation sets and removes the same header or field',
  cause: 'One object sets and removes a header (compared without case) or body path, or a route removes a header that its provider\'s AIServiceBackend sets.',
  consequence: 'One of the two never happens. On Envoy AI Gateway removals run first, so the header or field is sent with the set value; on agentgateway they run last, so the header is not sent.',
  fix: 'Keep the one that is meant.',
  * check(graph) {
    for (const mutation of mutationsOf(graph)) {
      yield* within(mutation, mutation.headers.set, mutation.headers.removed, name => name.toLowerCase());
      yield* within(mutation, mutation.body.set, mutation.body.removed, name => name);
      yield* against(mutation);
    }
  },
};

function* within(
  { node, wins }: Mutation, set: readonly Change[], removed: readonly Change[], fold: (name: string) => string,
): Iterable<RuleFinding> {
  if (set.length === 0 || removed.length === 0) return;
  const names = new Set(set.map(({ name }) => fold(name)));
  for (const { name, path } of removed) {
    if (!names.has(fold(name))) continue;
    yield { node, prop: path, message: `is set as well, and the ${wins} wins`, value: name, fix: 'keep either the set or the removal' };
  }
}

/** What a route removes does not undo what the provider sets. */
function* against({ node, serviceBackend, headers }: Mutation): Iterable<RuleFinding> {
  if (!serviceBackend || serviceBackend === node || headers.removed.length === 0) return;
  const set = new Set(headerChanges(serviceBackend.manifest.spec, 'spec').set.map(({ name }) => name.toLowerCase()));
  for (const { name, path } of headers.removed) {
    if (!set.has(name.toLowerCase())) continue;
    yield { node, prop: path, message: `is set by ${labelOf(serviceBackend)}, and the set wins`, value: name, fix: 'set it here to the value that is meant, or remove it there' };
  }
}

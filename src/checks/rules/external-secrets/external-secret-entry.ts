import { GraphNode } from '../../graph';
import { at, fields, list, text } from '../../read';
import { Rule, RuleFinding } from '../../rule';
import { EXTERNAL_SECRETS } from '../../secret-sources';

export const externalSecretEntry: Rule = {
  code: 'EXTERNAL_SECRET_ENTRY',
  severity: 'error',
  title: 'An entry of an ExternalSecret fetches nothing, or too much at once',
  cause: 'An entry of `dataFrom` has none or several of `extract`, `find` and a generator, a `sourceRef` is empty, or two entries of `data` write the same `secretKey`.',
  consequence: 'The webhook of External Secrets Operator refuses the ExternalSecret, although its schema allows it.',
  fix: 'Give each entry one source and each `secretKey` once.',
  final: true,
  covers: ['INVALID_VALUE'],
  * check(graph) {
    for (const node of graph.ofKind(EXTERNAL_SECRETS, 'ExternalSecret')) {
      const { data, dataFrom } = fields(node.manifest.spec);
      yield* sources(node, list(dataFrom));
      // The webhook compares keys only under this policy.
      if ((at(node.manifest, 'spec', 'target', 'deletionPolicy') ?? 'Retain') === 'Retain') yield* repeatedKeys(node, list(data));
    }
  },
};

function* sources(node: GraphNode, entries: readonly unknown[]): Iterable<RuleFinding> {
  for (const [index, value] of entries.entries()) {
    const prop = `spec.dataFrom[${index}]`;
    const { extract, find, sourceRef } = fields(value);
    const generator = at(sourceRef, 'generatorRef');
    const given = [extract, find, generator].filter(source => source !== undefined).length;
    if (sourceRef !== undefined && generator === undefined && at(sourceRef, 'storeRef') === undefined) {
      yield { node, prop: `${prop}.sourceRef`, message: 'names neither a store nor a generator', fix: 'write `storeRef` or `generatorRef`, or remove it' };
    } else if (given === 0 && sourceRef === undefined) {
      yield { node, prop, message: 'has nothing to fetch', fix: 'write `extract`, `find` or `sourceRef`' };
    } else if (given > 1) {
      yield { node, prop, message: 'has several of `extract`, `find` and a generator', fix: 'make an entry for each' };
    }
  }
}

function* repeatedKeys(node: GraphNode, entries: readonly unknown[]): Iterable<RuleFinding> {
  const seen = new Set<string>();
  for (const [index, value] of entries.entries()) {
    const key = text(fields(value).secretKey);
    if (key === undefined) continue;
    if (seen.has(key)) {
      yield { node, prop: `spec.data[${index}].secretKey`, message: 'is written by another entry as well', value: key, fix: 'keep one of the two' };
    }
    seen.add(key);
  }
}

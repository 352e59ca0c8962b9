import { Rule } from '../../rule';
import { violationsOf } from '../../schema/violations';

export const unknownField: Rule = {
  code: 'UNKNOWN_FIELD',
  severity: 'error',
  title: 'A manifest has a field its kind does not have',
  cause: 'A field name is misspelt, has another casing, stands in the wrong place, or belongs to another release.',
  consequence: 'A strict API server refuses the manifest; a lenient one drops the field without a word, and what it said never happens.',
  fix: 'Write the field as the message says, or target a release that has it.',
  final: true,
  generic: true,
  * check(graph) {
    for (const [node, violations] of violationsOf(graph)) {
      for (const { kind, path, message, value, fix } of violations) {
        if (kind === 'unknown') yield { node, prop: path, message, value, fix };
      }
    }
  },
};

import { Rule } from '../../rule';
import { violationsOf } from '../../schema/violations';

export const invalidValue: Rule = {
  code: 'INVALID_VALUE',
  severity: 'error',
  title: 'A value is outside of what its kind allows',
  cause: 'A text is too long or has characters that are not allowed, a number is out of range, a list has too many items, a value is none of those there are, or of fields that exclude each other several are given, or none.',
  consequence: 'The API server refuses the manifest.',
  fix: 'Use a value within the limit the message names.',
  final: true,
  generic: true,
  * check(graph) {
    for (const [node, violations] of violationsOf(graph)) {
      for (const { kind, path, message, value, fix } of violations) {
        if (kind === 'value') yield { node, prop: path, message, value, fix };
      }
    }
  },
};

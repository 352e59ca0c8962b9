import { Rule } from '../../rule';
import { violationsOf } from '../../schema/violations';

export const missingField: Rule = {
  code: 'MISSING_FIELD',
  severity: 'error',
  title: 'A manifest lacks a field its kind requires',
  cause: 'A required field was left out or removed by a patch.',
  consequence: 'The API server refuses the manifest.',
  fix: 'Write the field.',
  final: true,
  generic: true,
  * check(graph) {
    for (const [node, violations] of violationsOf(graph)) {
      for (const { kind, path, message, value, fix } of violations) {
        if (kind === 'missing') yield { node, prop: path, message, value, fix };
      }
    }
  },
};

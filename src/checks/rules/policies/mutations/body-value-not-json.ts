import { isToken } from '../../../../findings/token';
import { keyShape } from '../../../../findings/key-shapes';
import { mutationsOf } from '../../../mutations';
import { Rule } from '../../../rule';

export const bodyValueNotJson: Rule = {
  code: 'BODY_VALUE_NOT_JSON',
  severity: 'warning',
  title: 'The value of a body mutation is not JSON',
  cause: 'The `value` of a body mutation is JSON text, so a string needs quotes of its own: `"\\"high\\""`. What does not parse is taken as a plain string.',
  consequence: 'The field is sent as a string: `True`, `0.2f` or an object with a missing brace arrive as text, and the provider answers 400 or ignores them.',
  fix: 'Write JSON text; with constructs, `JsonValue.number()`, `JsonValue.text()` and so on.',
  * check(graph) {
    for (const { node, body } of mutationsOf(graph)) {
      for (const { path, value } of body.set) {
        if (typeof value !== 'string' || isToken(value) || isJson(value)) continue;
        yield {
          node,
          prop: `${path}.value`,
          message: 'is not JSON and is sent as a plain string',
          value: keyShape(value) === undefined ? value : undefined,
          fix: 'write JSON text, in which a string has quotes of its own',
        };
      }
    }
  },
};

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

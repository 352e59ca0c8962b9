import { Links } from '../../links';
import { isToken } from '../../read';
import { Rule } from '../../rule';

const ALLOWED = /^[!-~]+(?:[\t ][!-~]+)*$/;

export const modelCharacters: Rule = {
  code: 'MODEL_CHARACTERS',
  severity: 'error',
  title: 'A model name or header value has characters the gateway refuses',
  cause: 'The value of a match has characters outside of ASCII, begins or ends with a space, or has two spaces in a row.',
  consequence: 'The API server stores the AIGatewayRoute and, with the experimental channel of Gateway API that Envoy Gateway installs, refuses the HTTPRoute generated from it: the whole route is NotAccepted, its other models included.',
  fix: 'Use visible ASCII characters and single spaces between them.',
  * check(graph) {
    for (const { node, rules } of Links.of(graph).routes) {
      for (const { matches } of rules) {
        for (const { headers } of matches) {
          for (const { path, value } of headers) {
            // An empty one is refused by schema.
            if (typeof value !== 'string' || value === '' || isToken(value) || ALLOWED.test(value)) continue;
            yield { node, prop: `${path}.value`, message: describe(value), value, fix: 'use visible ASCII characters and single spaces between them' };
          }
        }
      }
    }
  },
};

function describe(value: string): string {
  const foreign = [...value].find(char => char > '~' || (char < ' ' && char !== '\t'));
  if (foreign !== undefined) return `has the character U+${foreign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}, and only visible ASCII is allowed`;
  return value.trim() === value ? 'has two spaces in a row' : 'begins or ends with a space';
}

import { Links } from '../../links';
import { isToken } from '../../read';
import { Rule } from '../../rule';

const ALLOWED = /^[!-~]+(?:[\t ][!-~]+)*$/;
/** What a header can hold and a client may mean. */
const SENT = /^[^\0-\x20\x7f]+(?:[\t ][^\0-\x20\x7f]+)*$/;

export const modelCharacters: Rule = {
  code: 'MODEL_CHARACTERS',
  severity: 'error',
  title: 'A model name or header value has characters the gateway refuses',
  cause: 'The value of a match has characters outside of ASCII, begins or ends with a space, or has two spaces in a row.',
  consequence: 'With the experimental channel of Gateway API, which Envoy Gateway installs, the API server refuses the HTTPRoute, also the one generated from a stored AIGatewayRoute: none of its models is served. Elsewhere requests with spaces around the name match nothing.',
  fix: 'Use visible ASCII characters and single spaces between them.',
  * check(graph) {
    for (const { route: { node }, matches } of Links.of(graph).allRules) {
      for (const { headers } of matches) {
        for (const condition of headers) {
          const { value } = condition;
          // An empty one is refused by schema.
          if (typeof value !== 'string' || value === '' || isToken(value) || ALLOWED.test(value)) continue;
          yield {
            node, prop: `${condition.path}.value`, message: describe(value), value, fix: 'use visible ASCII characters and single spaces between them',
            // agentgateway compares any text, and its guides install the standard channel.
            severity: node.manifest.kind === 'HTTPRoute' && SENT.test(value) ? 'warning' : undefined,
          };
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

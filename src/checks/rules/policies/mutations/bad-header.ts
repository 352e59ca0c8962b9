import { isToken } from '../../../../findings/token';
import { mutationsOf } from '../../../mutations';
import { Rule } from '../../../rule';

const NAME = /^[A-Za-z0-9!#$%&'*+\-.^_`|~]+$/;
/** Control characters but the tab: what ends a header, or what Envoy takes for an attack. */
const NOT_IN_VALUES = /[\0-\x08\x0a-\x1f\x7f]/;

export const badHeader: Rule = {
  code: 'BAD_HEADER',
  severity: 'error',
  title: 'A header mutation has a name or value that no header can have',
  cause: 'The value of a header has a line break or another control character, as a value read from a file often does; or a name to remove has spaces or a colon.',
  consequence: 'Manifests take any text. With such a value Envoy AI Gateway answers every request with an empty 500 and does not ask the provider; the removal of such a name is ignored, so the header that was meant is sent.',
  fix: 'Write the value on one line, and the name alone.',
  * check(graph) {
    for (const { node, headers } of mutationsOf(graph)) {
      for (const { name, path, value } of headers.set) {
        if (typeof value !== 'string' || isToken(value) || !NOT_IN_VALUES.test(value)) continue;
        // By its name, because the value may be a credential.
        yield { node, prop: path, message: 'sets a header to a value with a line break or another control character', value: name, fix: 'write the value on one line, without a line break at its end' };
      }
      for (const { name, path } of headers.removed) {
        // A pseudo-header is ignored, which another rule tells.
        if (isToken(name) || NAME.test(name) || name.startsWith(':')) continue;
        yield { node, prop: path, message: 'removes what is not the name of a header', value: name, fix: 'write the name alone, such as "x-team"' };
      }
    }
  },
};

import { mutationsOf } from '../../../mutations';
import { Rule } from '../../../rule';

export const headerTwice: Rule = {
  code: 'HEADER_TWICE',
  severity: 'error',
  title: 'A mutation sets the same header twice',
  cause: 'Two entries of `headerMutation.set` name one header in different casings. Names of headers have no case.',
  consequence: 'The provider gets one of the two values: on Envoy AI Gateway the one that stands last.',
  fix: 'Keep the value that is meant.',
  * check(graph) {
    for (const { node, headers } of mutationsOf(graph)) {
      const seen = new Map<string, string>();
      for (const { name, path } of headers.set) {
        const first = seen.get(name.toLowerCase());
        // The same spelling twice is refused by schema.
        if (first !== undefined && first !== name) {
          yield { node, prop: path, message: `sets a header that is set already, as ${JSON.stringify(first)}`, value: name, fix: 'keep one of the two' };
        }
        seen.set(name.toLowerCase(), name);
      }
    }
  },
};

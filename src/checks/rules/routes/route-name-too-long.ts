import { Links } from '../../links';
import { isToken } from '../../read';
import { Rule } from '../../rule';

const LONGEST = 222;

export const routeNameTooLong: Rule = {
  code: 'ROUTE_NAME_TOO_LONG',
  severity: 'error',
  title: 'The name of a route leaves no room for what is generated from it',
  cause: 'An AIGatewayRoute has a name of more than 222 characters; the gateway makes an object with a prefix of 31 characters before it.',
  consequence: 'The route is NotAccepted and serves no model.',
  fix: 'Shorten the name, for example with `name`.',
  final: true,
  * check(graph) {
    for (const { node, name } of Links.of(graph).routes) {
      if (name === undefined || name.length <= LONGEST || isToken(name)) continue;
      yield { node, prop: 'metadata.name', message: `has ${name.length} characters, ${LONGEST} are allowed`, value: name, fix: 'shorten it, for example with `name`' };
    }
  },
};

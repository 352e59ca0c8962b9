import { nameOf } from '../../../identity';
import { GATEWAY_API } from '../../../links';
import { isToken } from '../../../read';
import { Rule } from '../../../rule';

/** Of a label. */
const LONGEST = 63;
/** Of a name, above which more is wrong than that. */
const LONGEST_NAME = 253;

export const gatewayNameTooLong: Rule = {
  code: 'GATEWAY_NAME_TOO_LONG',
  severity: 'error',
  title: 'The name of a Gateway is longer than a label',
  cause: 'The name has more than 63 characters. Envoy Gateway writes it as a label onto everything it makes for the Gateway.',
  consequence: 'The API server takes the Gateway and refuses its service account, Deployment and Service, so no proxy ever starts; only the log of Envoy Gateway says so.',
  fix: 'Shorten the name to 63 characters.',
  * check(graph) {
    for (const node of graph.ofKind(GATEWAY_API, 'Gateway')) {
      const name = nameOf(node);
      if (name === undefined || name.length <= LONGEST || name.length > LONGEST_NAME || isToken(name)) continue;
      if (node.target.releases['envoy-ai-gateway'] === undefined) continue;
      yield { node, prop: 'metadata.name', message: `has ${name.length} characters, ${LONGEST} are allowed`, value: name, fix: 'shorten it, for example with `name`' };
    }
  },
};

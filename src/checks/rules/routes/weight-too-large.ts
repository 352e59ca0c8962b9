import { Links } from '../../links';
import { Rule } from '../../rule';

const LARGEST = 1_000_000;

export const weightTooLarge: Rule = {
  code: 'WEIGHT_TOO_LARGE',
  severity: 'error',
  title: 'A weight is larger than the generated route can hold',
  cause: 'A backendRef has a weight above 1000000: the AIGatewayRoute takes it, the HTTPRoute generated from it does not. Splits inside splits multiply their weights.',
  consequence: 'The whole route is NotAccepted, and no change of it reaches the gateway any more.',
  fix: 'Use smaller weights with the same proportions.',
  final: true,
  * check(graph) {
    for (const { route, refs } of Links.of(graph).rules) {
      const ref = refs.find(({ weight }) => weight > LARGEST);
      if (!ref) continue;
      yield { node: route.node, prop: `${ref.path}.weight`, message: `is larger than ${LARGEST}`, value: ref.weight, fix: 'use smaller weights with the same proportions' };
    }
  },
};

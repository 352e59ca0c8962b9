import { Links, RouteRef } from '../../links';
import { Rule } from '../../rule';

export const noTraffic: Rule = {
  code: 'NO_TRAFFIC',
  severity: 'error',
  title: 'The weights of a rule, or of one of its levels, are all 0',
  cause: 'Every backendRef of the rule, or of one priority, has weight 0.',
  consequence: 'A backend with weight 0 does not exist for the gateway. Without any other one, each request answers 500 with an empty body; a level without one is passed over, and its fallback serves everything.',
  fix: 'Give at least one member of each level a weight above 0, or remove the level.',
  * check(graph) {
    for (const rule of Links.of(graph).rules) {
      if (rule.refs.length === 0 || rule.refs.every(receives)) continue;
      const { node } = rule.route;
      const prop = `${rule.path}.backendRefs`;
      if (!rule.refs.some(receives)) {
        yield { node, prop, message: 'gets no traffic, because all weights are 0', fix: 'give at least one of them a weight above 0' };
        continue;
      }
      const served = new Set(rule.refs.filter(receives).map(ref => ref.priority));
      const idle = new Set(rule.refs.map(ref => ref.priority).filter(priority => !served.has(priority)));
      for (const priority of idle) {
        yield {
          node,
          prop,
          message: `has a level that gets no traffic: all weights at priority ${priority} are 0`,
          fix: 'give one of its members a weight above 0, or remove the level',
          severity: 'warning',
        };
      }
    }
  },
};

function receives(ref: RouteRef): boolean {
  return ref.weight !== 0;
}

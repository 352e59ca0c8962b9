import { AgentTarget, agentTargets } from '../../../agentgateway';
import { labelOf } from '../../../identity';
import { fields, text } from '../../../read';
import { Rule } from '../../../rule';

export const policiesOverlap: Rule = {
  code: 'POLICIES_OVERLAP',
  severity: 'error',
  title: 'Two policies of agentgateway set the same on one target',
  cause: 'Two AgentgatewayPolicies name the same target and part, and set the same field. Fields are not merged.',
  consequence: 'One of the two is in force, and which one is not to be relied on: models in headers, limits or retries disappear.',
  fix: 'Put both into one policy.',
  * check(graph) {
    const seen = new Map<string, AgentTarget>();
    for (const target of agentTargets(graph)) {
      for (const field of fieldsOf(target)) {
        const key = [target.group, target.kind, target.namespace, target.name, target.sectionName, field].join('/');
        const other = seen.get(key);
        if (other && other.policy !== target.policy) {
          yield { node: target.policy, prop: target.path, message: `is a target for which ${labelOf(other.policy)} sets \`${field}\` too`, fix: 'put both into one policy' };
        }
        seen.set(key, target);
      }
    }
  },
};

function fieldsOf({ spec }: AgentTarget): string[] {
  const traffic = fields(spec.traffic);
  const phase = text(traffic.phase) === 'PreRouting' ? 'PreRouting ' : '';
  return [
    ...Object.keys(traffic).filter(name => name !== 'phase').map(name => `${phase}traffic.${name}`),
    ...Object.keys(fields(spec.frontend)).map(name => `frontend.${name}`),
    ...Object.keys(fields(spec.backend)).map(name => `backend.${name}`),
  ];
}

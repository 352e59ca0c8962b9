import { AgentModel, agentModels, covers } from '../../../models';
import { labelOf } from '../../../identity';
import { isToken } from '../../../read';
import { Rule } from '../../../rule';

export const modelShadowed: Rule = {
  code: 'MODEL_SHADOWED',
  severity: 'error',
  title: 'An AgentgatewayModel comes after one that takes its requests',
  cause: 'Models of one gateway are tried in the order of namespace and name, and the first that matches wins, however general it is: `*` in a model called `a-default` comes before `gpt-4o`. Of virtual models the same holds, before all others.',
  consequence: 'The later model never gets a request; the provider and key of the earlier one are used.',
  fix: 'Give models with `*` names that sort last, such as `zz-default`, or matches that do not overlap.',
  * check(graph) {
    const earlier: AgentModel[] = [];
    for (const model of agentModels(graph)) {
      if (isToken(model.match) || isToken(model.name)) continue;
      const first = earlier.find(other => other.virtual === model.virtual && covers(other.match, model.match) && shareParent(other, model));
      if (first) {
        yield {
          node: model.node, prop: 'spec.match.model', message: `is never tried, because ${labelOf(first.node)} with ${JSON.stringify(first.match)} comes first`, value: model.match,
          fix: first.match === model.match ? 'remove one of the two' : 'rename the other so that it sorts behind this one, such as "zz-default"',
        };
      }
      earlier.push(model);
    }
  },
};

function shareParent(a: AgentModel, b: AgentModel): boolean {
  return a.parents.some(one => b.parents.some(other => one.namespace === other.namespace && one.name === other.name
    && (one.sectionName === other.sectionName || one.sectionName === undefined || other.sectionName === undefined)));
}

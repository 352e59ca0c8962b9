import { Links } from '../../../links';
import { isToken } from '../../../read';
import { Rule } from '../../../rule';

export const ruleNameTwice: Rule = {
  code: 'RULE_NAME_TWICE',
  severity: 'error',
  title: 'Two rules of an HTTPRoute have the same name',
  cause: 'Rules of one HTTPRoute have the same `name`, which Gateway API forbids and the API server does not look at.',
  consequence: 'Policies find rules by their names: retries or limits of one rule are in force for another one, or for none.',
  fix: 'Give each rule a name of its own.',
  * check(graph) {
    for (const { node, rules } of Links.of(graph).httpRoutes) {
      const seen = new Map<string, string>();
      for (const { path, name } of rules) {
        if (name === undefined || isToken(name)) continue;
        const first = seen.get(name);
        if (first === undefined) seen.set(name, path);
        else yield { node, prop: `${path}.name`, message: `is the name of ${first} as well`, value: name, fix: 'give the rule another name' };
      }
    }
  },
};

import { Links } from '../../links';
import { MOST_TARGETS } from '../../room';
import { Rule } from '../../rule';
import { repeatedTargets } from '../../targets';

export const sameTargetTwice: Rule = {
  code: 'SAME_TARGET_TWICE',
  severity: 'error',
  title: 'A target is its own fallback',
  cause: 'Two backendRefs of one rule have the same backend, model and mutations.',
  consequence: 'When the provider fails, the request is repeated where it just failed, and the client waits longer for the same error. Inside one priority the two shares only add up.',
  fix: 'Use another provider or another model as the fallback; to repeat a request on the same provider, raise the attempts per level.',
  * check(graph) {
    for (const { route, rule } of Links.of(graph).sharedRules) {
      // Of so many, the number is told, and how many are equal.
      if (rule.refs.length > MOST_TARGETS) continue;
      for (const { ref, first } of repeatedTargets(rule.refs)) {
        const fallback = first.priority !== ref.priority;
        yield {
          node: route.node,
          prop: ref.path,
          message: fallback ? `is the fallback of itself: ${first.path} is the same target` : `is the same target as ${first.path}, at the same priority`,
          value: ref.name,
          fix: fallback ? 'use another provider or model, or raise the attempts per level' : 'keep one of the two, with the sum of the weights',
          inCode: {
            message: fallback ? 'is the fallback of itself' : 'has the same provider and model twice',
            fix: fallback ? 'use another provider or model, or raise `failover.attemptsPerLevel`' : undefined,
          },
          severity: fallback ? undefined : 'warning',
        };
      }
    }
  },
};

import { AGENTGATEWAY, KGATEWAY } from '../../agentgateway';
import { Graph } from '../../graph';
import { Links, RouteRef } from '../../links';
import { at, fields, list } from '../../read';
import { MOST_TARGETS } from '../../room';
import { Rule, RuleFinding } from '../../rule';
import { repeatedTargets } from '../../targets';

export const sameTargetTwice: Rule = {
  code: 'SAME_TARGET_TWICE',
  severity: 'error',
  title: 'A target is its own fallback',
  cause: 'Two backendRefs of one rule have the same backend, model and mutations; or two providers in groups of a backend of agentgateway are the same but for their names.',
  consequence: 'When the provider fails, the request is repeated where it just failed, and the client waits longer for the same error. Inside one priority the two shares only add up.',
  fix: 'Use another provider or another model as the fallback; to repeat a request on the same provider, raise the attempts per level.',
  * check(graph) {
    yield* inGroups(graph);
    yield* inHttpRoutes(graph);
    for (const rule of Links.of(graph).sharedRules) {
      // Of so many, the number is told, and how many are equal.
      if (rule.refs.length > MOST_TARGETS) continue;
      for (const { ref, first } of repeatedTargets(rule.refs)) {
        const fallback = first.priority !== ref.priority;
        yield {
          node: rule.route.node,
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

const IN_CODE = { message: 'falls back to the same provider and model with the same credential', fix: 'use another provider or model, or raise `failover.attemptsPerLevel`' };
const TWICE = { message: 'has the same provider and model twice' };

/** Groups of AgentgatewayBackends, and of Backends of kgateway. */
function* inGroups(graph: Graph): Iterable<RuleFinding> {
  for (const [kind, groups] of [[graph.ofKind(AGENTGATEWAY, 'AgentgatewayBackend'), 'groups'], [graph.ofKind(KGATEWAY, 'Backend'), 'priorityGroups']] as const) {
    for (const node of kind) {
      const seen = new Map<string, { readonly group: number; readonly path: string }>();
      for (const [group, value] of list(at(node.manifest, 'spec', 'ai', groups)).entries()) {
        for (const [index, provider] of list(fields(value).providers).entries()) {
          const path = `spec.ai.${groups}[${group}].providers[${index}]`;
          const { name, ...same } = fields(provider);
          const target = JSON.stringify(same);
          const first = seen.get(target);
          if (!first) {
            seen.set(target, { group, path });
            continue;
          }
          const fallback = first.group !== group;
          yield {
            node, prop: path, value: name,
            message: fallback ? `is the fallback of itself: ${first.path} is the same provider, model and credential` : `is the same provider and model as ${first.path}`,
            fix: fallback ? 'use another provider or model' : 'keep one of the two',
            inCode: fallback ? IN_CODE : TWICE,
            severity: fallback ? undefined : 'warning',
          };
        }
      }
    }
  }
}

/** Backends that a rule names twice, whose shares only add up. */
function* inHttpRoutes(graph: Graph): Iterable<RuleFinding> {
  for (const { node, rules } of Links.of(graph).httpRoutes) {
    for (const { refs } of rules) {
      const seen = new Map<string, RouteRef>();
      for (const ref of refs) {
        const { weight: _, ...same } = ref.ref;
        const target = JSON.stringify(same);
        const first = seen.get(target);
        if (!first) {
          seen.set(target, ref);
          continue;
        }
        yield {
          node, prop: ref.path, message: `is the same backend as ${first.path}`, value: ref.name, fix: 'keep one of the two, with the sum of the weights',
          inCode: TWICE, severity: 'warning',
        };
      }
    }
  }
}

import { Links } from '../../../links';
import { patternOf } from '../../../patterns';
import { fields, isToken, list } from '../../../read';
import { Rule } from '../../../rule';

interface Earlier {
  readonly text: string;
  readonly path: string;
  readonly fits: RegExp;
}

export const modelBehindPattern: Rule = {
  code: 'MODEL_BEHIND_PATTERN',
  severity: 'error',
  title: 'A model of a route comes after a pattern that takes it',
  cause: 'In an HTTPRoute of agentgateway a rule for the exact name of a model stands behind one whose pattern fits the name, with the same other conditions. Of rules with as many conditions the first wins, whatever their type.',
  consequence: 'No request reaches the later rule: the model is served by the provider of the pattern, with its key.',
  fix: 'Move exact names before patterns, or declare them with `addModel()`, whose names win wherever they stand.',
  * check(graph) {
    for (const { node, rules } of new Set(Links.of(graph).patterns.map(({ route }) => route))) {
      if (node.manifest.kind !== 'HTTPRoute') continue;
      const earlier = new Map<string, Earlier[]>();
      for (const { rule, matches } of rules) {
        for (const [index, { model, others }] of matches.entries()) {
          if (!model || typeof model.value !== 'string' || isToken(model.value)) continue;
          const { method, queryParams } = fields(list(rule.matches)[index]);
          const beside = JSON.stringify([others, method, queryParams]);
          const before = earlier.get(beside) ?? [];
          earlier.set(beside, before);
          const pattern = patternOf(model);
          const fits = pattern && expressionOf(pattern.text);
          if (pattern && fits) before.push({ text: pattern.text, path: model.path, fits });
          const taking = model.regex ? undefined : before.find(other => other.fits.test(String(model.value)));
          if (!taking) continue;
          yield {
            node, prop: `${model.path}.value`, message: `is never reached, because ${JSON.stringify(taking.text)} at ${taking.path} takes it first`, value: model.value,
            fix: 'move the rule before the pattern',
          };
        }
      }
    }
  },
};

/** Undefined where JavaScript's engine reads it in another way, or not at all. */
function expressionOf(pattern: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${pattern})$`, 'su');
  } catch {
    return undefined;
  }
}

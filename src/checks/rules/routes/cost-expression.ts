import { costProblems } from '../../cost-expression';
import { costsOf } from '../../costs';
import { isToken } from '../../read';
import { Rule } from '../../rule';

export const costExpression: Rule = {
  code: 'COST_EXPRESSION',
  severity: 'error',
  title: 'The expression for a token cost is wrong',
  cause: 'A cost of type CEL has no expression, or one with an unknown variable, with a fraction or a signed number beside token counts, which are unsigned, or with a division by what can be 0.',
  consequence: 'The configuration of the whole gateway is no longer updated: new routes, models and keys of every team stay without effect, and no status says so.',
  fix: 'Write whole numbers with `u`, such as `input_tokens + output_tokens * 3u`, and guard divisions.',
  * check(graph) {
    for (const { node, path, cost } of costsOf(graph)) {
      const { cel } = cost;
      if (cost.type !== 'CEL' || isToken(cel)) continue;
      const prop = `${path}.cel`;
      if (cel === undefined || cel === null) {
        yield { node, prop, message: 'is missing, and the type of the cost is CEL', fix: 'write the expression' };
      } else if (typeof cel === 'string') {
        for (const { message, fix, harmless } of costProblems(cel)) yield { node, prop, message, value: cel, fix, severity: harmless ? 'warning' : undefined };
      }
    }
  },
};

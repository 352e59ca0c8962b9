import { Links } from '../../links';
import { patternOf } from '../../patterns';
import { matchesEverything } from '../../re2/tree';
import { Rule } from '../../rule';

interface Declared {
  readonly text: string;
  readonly path: string;
}

interface Earlier {
  everything?: Declared;
  readonly patterns: Map<string, Declared>;
}

export const patternUnreachable: Rule = {
  code: 'PATTERN_UNREACHABLE',
  severity: 'error',
  title: 'A pattern comes after one that takes all of its models',
  cause: 'In the list of a route, a pattern stands behind `.+` or `.*`, or behind the same pattern, with the same conditions on other headers. Patterns are tried in order; only exact names win wherever they stand.',
  consequence: 'No request ever reaches the later rule.',
  fix: 'Move the catch-all to the end, or remove the later pattern.',
  * check(graph) {
    for (const { node, rules } of new Set(Links.of(graph).patterns.map(({ route }) => route))) {
      const earlier = new Map<string, Earlier>();
      for (const { matches } of rules) {
        for (const { model, others } of matches) {
          const { tree, text = '' } = patternOf(model) ?? {};
          if (!model || !tree) continue;
          let before = earlier.get(others);
          if (!before) earlier.set(others, before = { patterns: new Map() });
          const covering = before.everything ?? before.patterns.get(text);
          if (covering) {
            yield {
              node,
              prop: `${model.path}.value`,
              ...(covering.text === text ? { inCode: { message: 'is never reached, because it was declared before and the first takes its models' } } : {}),
              message: `is never reached, because ${JSON.stringify(covering.text)} at ${covering.path} takes its models first`,
              value: text,
              fix: before.everything && before.everything.text !== text ? 'move the catch-all to the end' : 'remove one of the two',
            };
          }
          const { path } = model;
          before.patterns.set(text, before.patterns.get(text) ?? { text, path });
          if (matchesEverything(tree)) before.everything ??= { text, path };
        }
      }
    }
  },
};

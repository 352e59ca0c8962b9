import { HeaderCondition, Links, Route } from '../../links';
import { patternOf } from '../../patterns';
import { Places } from '../../places';
import { Start, startsOf } from '../../re2/tree';
import { Rule, RuleFinding } from '../../rule';

interface Pattern {
  readonly route: Route;
  readonly condition: HeaderCondition;
  readonly gateway: string;
}

/** A pattern by one of the ways in which what it matches begins. */
interface PatternStart extends Start {
  readonly pattern: Pattern;
}

/** Patterns of all starts that the current one begins with: the first, and the first of another route. */
interface Above {
  readonly text: string;
  readonly first: Pattern;
  readonly other: Pattern | undefined;
}

export const patternsInSeveralRoutes: Rule = {
  code: 'PATTERNS_IN_SEVERAL_ROUTES',
  severity: 'warning',
  title: 'Patterns that take the same models stand in different routes',
  cause: 'Two AIGatewayRoutes of one gateway have patterns, a catch-all among them, that one model name can match both.',
  consequence: 'The route that is older in the cluster wins, also with the less specific pattern, so recreating one of the objects sends models to another provider.',
  fix: 'Put patterns that overlap into one route, in the order in which they are to be tried.',
  * check(graph) {
    const reported = new Map<HeaderCondition, HeaderCondition>();
    for (const starts of startsByPlace(graph).values()) {
      for (const { pattern, over } of overlaps(starts)) {
        if (reported.has(pattern.condition) || reported.get(over.condition) === pattern.condition) continue;
        reported.set(pattern.condition, over.condition);
        yield finding(pattern, over);
      }
    }
  },
};

function finding({ route, condition, gateway }: Pattern, over: Pattern): RuleFinding {
  return {
    node: route.node,
    prop: `${condition.path}.value`,
    message: `can match the same models as ${JSON.stringify(over.condition.value)} of ${over.route.node.path} on ${gateway}, where the older route wins`,
    value: condition.value,
    fix: 'put both into one route, in the order in which they are to be tried',
  };
}

/** Only patterns with the same conditions on other headers are compared: more conditions win over fewer. */
function startsByPlace(graph: Parameters<Rule['check']>[0]): Map<string, PatternStart[]> {
  const places = Places.of(graph);
  const found = new Map<string, PatternStart[]>();
  for (const route of new Set(Links.of(graph).patterns.map(pattern => pattern.route))) {
    for (const { model, others } of route.rules.flatMap(rule => rule.matches)) {
      const tree = patternOf(model)?.tree;
      if (!model || !tree) continue;
      for (const { id, gateway, routes } of places.ofRoute(route)) {
        if (routes.length < 2) continue;
        const key = `${id}\n${others}`;
        let starts = found.get(key);
        if (!starts) found.set(key, starts = []);
        starts.push(...startsOf(tree).map(start => ({ ...start, pattern: { route, condition: model, gateway } })));
      }
    }
  }
  return found;
}

/**
 * Patterns overlap where the start of one begins with that of another that goes on.
 * In sorted order the starts a text begins with are those on a stack, so one walk is
 * enough.
 */
function* overlaps(starts: readonly PatternStart[]): Iterable<{ readonly pattern: Pattern; readonly over: Pattern }> {
  const stack: Above[] = [];
  const wholes = new Map<string, Pattern>();
  for (const { text, whole, pattern } of [...starts].sort(compare)) {
    while (stack.length > 0 && !text.startsWith(stack.at(-1)!.text)) stack.pop();
    const above = stack.at(-1);
    const over = above?.first.route !== pattern.route ? above?.first : above?.other;
    if (over) yield { pattern, over };
    if (!whole) {
      const other = above && above.first.route !== pattern.route ? pattern : undefined;
      stack.push({ text, first: above?.first ?? pattern, other: above?.other ?? other });
      continue;
    }
    const same = wholes.get(text);
    if (same && same.route !== pattern.route) yield { pattern, over: same };
    if (!same) wholes.set(text, pattern);
  }
}

/** Of equal texts, those that go on come first: they are above the others. */
function compare(a: Start, b: Start): number {
  if (a.text !== b.text) return a.text < b.text ? -1 : 1;
  return Number(a.whole) - Number(b.whole);
}

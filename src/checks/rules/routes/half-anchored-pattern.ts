import { Links } from '../../links';
import { patternOf } from '../../patterns';
import { onlyMatch, Tree } from '../../re2/tree';
import { Rule } from '../../rule';

export const halfAnchoredPattern: Rule = {
  code: 'HALF_ANCHORED_PATTERN',
  severity: 'warning',
  title: 'A pattern that looks like a prefix or suffix matches one name only',
  cause: 'A pattern is a plain name with an anchor at one end, such as `^gpt-4`. Patterns are held against the whole name, so the anchor changes nothing.',
  consequence: 'Names that only begin or end so, such as gpt-4o, answer 404.',
  fix: 'Write `.*` where the name may go on, such as `gpt-4.*`.',
  * check(graph) {
    for (const condition of Links.of(graph).patterns) {
      const { tree, text = '' } = patternOf(condition) ?? {};
      const name = tree && onlyMatch(tree);
      if (!tree || !name || begins(tree) === ends(tree)) continue;
      yield {
        node: condition.route.node,
        prop: `${condition.path}.value`,
        message: `matches only ${JSON.stringify(name)}, because patterns are held against the whole value`,
        value: text,
        fix: begins(tree) ? `write "${text}.*" for names that begin so` : `write ".*${text}" for names that end so`,
      };
    }
  },
};

function begins(tree: Tree): boolean {
  return tree.kind === 'sequence' && tree.parts[0]?.kind === 'start';
}

function ends(tree: Tree): boolean {
  return tree.kind === 'sequence' && tree.parts.at(-1)?.kind === 'end';
}

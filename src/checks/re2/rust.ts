import { Tree } from './tree';

/** An escape, a repetition, what opens brackets, the name of a class, or one other character. */
const TOKEN = /\\(?:[pP]\{[^}]*\}|x\{[^}]*\}|.)|\{\d+(?:,\d*)?\}|\[:\^?\w+:\]|\[\^?\]?|&&|--|~~|./gsu;
const CLASS = /^\\[dDsSwWpP]/;
/** The engine gives up above some 220 classes of all alphabets. */
const MOST_WIDE_CLASSES = 200;

/**
 * What of a pattern in the syntax of RE2 the engine of agentgateway does not take, or takes for something else:
 * Rust's `regex`, which the gateway replaces by one that matches nothing where it refuses it.
 */
export function refusedByRust(pattern: string, tree: Tree): string | undefined {
  const tokens = [...pattern.matchAll(TOKEN)].map(([token]) => token);
  let inBrackets = false;
  for (const [index, token] of tokens.entries()) {
    if (token === '\\Q') return 'quotes text with \\Q, which the engine of agentgateway does not have';
    if (/^\\[0-7]/.test(token)) return `uses the octal escape ${token}, which the engine of agentgateway does not have`;
    if (!inBrackets) {
      if (token === '{') return 'has a { that begins no repetition, which the engine of agentgateway refuses (write \\{)';
      inBrackets = /^\[(?!:)/.test(token);
    } else if (token === ']') {
      inBrackets = false;
    } else if (/^\[(?!:)/.test(token)) {
      return 'has a [ inside of brackets, which the engine of agentgateway reads as another class (write \\[)';
    } else if (['&&', '--', '~~'].includes(token)) {
      return `has ${token} inside of brackets, which the engine of agentgateway reads as an operator on classes`;
    } else if (token === '-' && CLASS.test(tokens[index - 1]) && tokens[index + 1] !== ']') {
      return `has a - behind ${tokens[index - 1]} in brackets, which the engine of agentgateway refuses (write it last)`;
    }
  }
  return wideClasses(tree) > MOST_WIDE_CLASSES ? 'repeats \\w or \\p so often that it is too large for the engine of agentgateway (write [A-Za-z0-9_])' : undefined;
}

/** How many classes with letters of all alphabets a pattern stands for when its repetitions are written out. */
function wideClasses(tree: Tree): number {
  switch (tree.kind) {
    case 'some': return tree.wide ? 1 : 0;
    case 'sequence': return tree.parts.reduce((sum, part) => sum + wideClasses(part), 0);
    case 'either': return tree.options.reduce((sum, option) => sum + wideClasses(option), 0);
    case 'repeat': return wideClasses(tree.of) * (tree.max === Infinity ? Math.max(tree.min, 1) : tree.max);
    default: return 0;
  }
}

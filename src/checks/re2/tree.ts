/**
 * What a pattern says, as far as rules need to know. Patterns are matched against
 * whole values, so anchors at both ends change nothing.
 */
export type Tree =
  | { readonly kind: 'literal'; readonly text: string }
  /** Any one character. */
  | { readonly kind: 'any' }
  /** One of several characters, or characters without regard to case. */
  | { readonly kind: 'some'; /** True where it has the letters of all alphabets. */ readonly wide?: boolean }
  /** Anchors, which match no character. */
  | { readonly kind: 'start' | 'end' | 'boundary' }
  | { readonly kind: 'sequence'; readonly parts: readonly Tree[] }
  | { readonly kind: 'either'; readonly options: readonly Tree[] }
  | { readonly kind: 'repeat'; readonly of: Tree; readonly min: number; readonly max: number };

/** Enough to tell patterns apart; more of them cost more than they tell. */
const MOST_STARTS = 64;

/** A text that matches begin with. */
export interface Start {
  readonly text: string;
  /** True where nothing follows the text. */
  readonly whole: boolean;
}

/** How everything that matches begins; an empty text where it may begin with anything. */
export function startsOf(tree: Tree): readonly Start[] {
  const starts = collectStarts(tree) ?? [{ text: '', whole: false }];
  // One that goes on stands for all that begin with it.
  const going = starts.filter(({ whole }) => !whole).map(({ text }) => text);
  return starts.filter(({ text, whole }, index) => !going.some(other => text.startsWith(other) && (other !== text || whole))
    && starts.findIndex(start => start.text === text && start.whole === whole) === index);
}

/** The one text a pattern matches, where it matches only one. */
export function onlyMatch(tree: Tree): string | undefined {
  const starts = collectStarts(tree);
  return starts?.length === 1 && starts[0].whole ? starts[0].text : undefined;
}

/** Whether a pattern matches every value of one line that is not empty. */
export function matchesEverything(tree: Tree): boolean {
  switch (tree.kind) {
    case 'repeat':
      return tree.min <= 1 && tree.max === Infinity && (tree.of.kind === 'any' || matchesEverything(tree.of));
    case 'either':
      return tree.options.some(matchesEverything);
    case 'sequence': {
      const needed = tree.parts.filter(part => !canBeEmpty(part));
      return needed.length === 0 ? tree.parts.some(matchesEverything) : needed.length === 1 && matchesEverything(needed[0]);
    }
    default:
      return false;
  }
}

function canBeEmpty(tree: Tree): boolean {
  switch (tree.kind) {
    case 'repeat': return tree.min === 0 || canBeEmpty(tree.of);
    case 'sequence': return tree.parts.every(canBeEmpty);
    case 'either': return tree.options.some(canBeEmpty);
    case 'literal': return tree.text === '';
    case 'any':
    case 'some': return false;
    case 'start':
    case 'end':
    case 'boundary': return true;
  }
}

/** Undefined where there are too many. */
function collectStarts(tree: Tree): readonly Start[] | undefined {
  switch (tree.kind) {
    case 'literal':
      return [{ text: tree.text, whole: true }];
    case 'any':
    case 'some':
      return [{ text: '', whole: false }];
    case 'sequence':
      return tree.parts.reduce<readonly Start[] | undefined>((starts, part) => starts && append(starts, part), [{ text: '', whole: true }]);
    case 'either': {
      const all = tree.options.map(collectStarts);
      return all.every(starts => starts !== undefined) ? limited(all.flat()) : undefined;
    }
    case 'repeat': {
      const once = tree.max === 0 ? [] : collectStarts(tree.of)?.map(({ text, whole }) => ({ text, whole: whole && tree.max === 1 }));
      return once && tree.min === 0 ? limited([...once, { text: '', whole: true }]) : once;
    }
    case 'start':
    case 'end':
    case 'boundary':
      return [{ text: '', whole: true }];
  }
}

function append(starts: readonly Start[], part: Tree): readonly Start[] | undefined {
  if (starts.every(({ whole }) => !whole)) return starts;
  const next = collectStarts(part);
  return next && limited(starts.flatMap(start => (start.whole ? next.map(({ text, whole }) => ({ text: start.text + text, whole })) : [start])));
}

function limited(starts: readonly Start[]): readonly Start[] | undefined {
  return starts.length > MOST_STARTS ? undefined : starts;
}

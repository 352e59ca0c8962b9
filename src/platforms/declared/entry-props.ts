import { EntryIntent, MatchIntent, RouteIntent } from '../../intent';

/** What the author calls the option of an entry. */
export type EntryProp = (name: string) => string;

const MATCH_OPTIONS: { readonly [kind in MatchIntent['kind']]: string } = { exact: 'model', pattern: 'pattern', any: 'model', path: 'path' };

/** The option that says what an entry is for, where each entry is a call; items of a list have `match` for models. */
export function matchOption({ kind }: MatchIntent): string {
  return MATCH_OPTIONS[kind];
}

/** Names of options as messages show them: of an item of a list, of a call among others, or of the only call. */
export function entryProp({ listed }: RouteIntent, { declaredBy }: EntryIntent, index: number): EntryProp {
  if (declaredBy !== undefined) return name => (isModelMatch(name) ? declaredBy : `${declaredBy}.${name}`);
  if (listed) return name => `entries[${index}].${isModelMatch(name) ? 'match' : name}`;
  return name => name;
}

function isModelMatch(name: string): boolean {
  return name === 'model' || name === 'pattern';
}

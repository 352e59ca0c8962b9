const registry = Symbol.for('cdk8s-ai-gateway.tokens');
type Predicate = (value: unknown) => boolean;
const FOREIGN_TOKENS = /\$\{(Token|TfToken)\[/;

/**
 * Tells values that stand for something known only later (tokens of this and
 * other tools) from plain ones. Checks neither accept nor refuse tokens by content.
 */
export function isToken(value: unknown): boolean {
  if (typeof value !== 'string' && typeof value !== 'number') return false;
  if (typeof value === 'string' && value.includes('${') && FOREIGN_TOKENS.test(value)) return true;
  return tokensExist() && isForeign(value);
}

/** Apart from the above: a function that makes a closure costs memory for each call, and this one is called for every text. */
function isForeign(value: unknown): boolean {
  return predicates().some(predicate => predicate(value));
}

/** Whether anything in this process has tokens of its own. */
export function tokensExist(): boolean {
  return predicates().length > 0;
}

/** Lets another package say which strings and numbers are tokens of its own. */
export function registerTokens(predicate: Predicate): void {
  predicates().push(predicate);
}

/** Shared by several copies of this package in one process. */
function predicates(): Predicate[] {
  return known ??= (globalThis as { [key: symbol]: Predicate[] | undefined })[registry] ??= [];
}

let known: Predicate[] | undefined;

import { Lazy } from 'cdk8s';

const registry = Symbol.for('cdk8s-ai-gateway.unresolved');
type Predicate = (value: unknown) => boolean;
const FOREIGN_TOKENS = /\$\{(Token|TfToken)\[/;

/**
 * Tells values that are known only later (cdk8s `Lazy`, tokens of other tools)
 * from plain ones. Checks neither accept nor refuse such values by content.
 */
export function isUnresolved(value: unknown): boolean {
  if (value === null || value === undefined) return false;
  if (typeof value === 'string' && FOREIGN_TOKENS.test(value)) return true;
  if (value instanceof Lazy) return true;
  if (typeof value === 'object') {
    const { resolve, produce } = value as { resolve?: unknown; produce?: unknown };
    if (typeof resolve === 'function' || typeof produce === 'function') return true;
  }
  return predicates().some(p => p(value));
}

/** Lets another package say which values are tokens of its own. */
export function registerUnresolved(predicate: Predicate): void {
  predicates().push(predicate);
}

function predicates(): Predicate[] {
  const holder = globalThis as { [key: symbol]: Predicate[] | undefined };
  return holder[registry] ??= [];
}

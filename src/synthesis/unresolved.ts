import { Lazy } from 'cdk8s';
import { isToken } from '../findings/token';

/** Tells values that are known only later (cdk8s `Lazy`, tokens of other tools) from plain ones. */
export function isUnresolved(value: unknown): boolean {
  if (value === null || value === undefined) return false;
  if (value instanceof Lazy) return true;
  if (typeof value === 'object') {
    const { resolve, produce } = value as { resolve?: unknown; produce?: unknown };
    return typeof resolve === 'function' || typeof produce === 'function';
  }
  return isToken(value);
}

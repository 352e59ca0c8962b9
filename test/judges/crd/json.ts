import { typeOf } from './complaint';

/** A copy as JSON holds it: fields without a value are left out. Throws for what JSON cannot hold. */
export function copyJson(value: unknown, path = 'manifest'): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return value.map((item, index) => copyJson(item, `${path}[${index}]`));
  if (typeof value === 'object' && isPlain(value)) {
    const entries = Object.entries(value).filter(([, child]) => child !== undefined);
    return Object.fromEntries(entries.map(([name, child]) => [name, copyJson(child, `${path}.${name}`)]));
  }
  throw new TypeError(`${path} cannot be written as JSON, got ${typeof value === 'object' ? value.constructor.name : typeOf(value)}`);
}

/** Without looking at `Object.prototype`, of which a test runner has more than one. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

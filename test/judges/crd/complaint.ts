/** One reason why an API server refuses a manifest. */
export interface Complaint {
  /** Where, such as `spec.rules[0].name`; empty for the object as a whole. */
  readonly path: string;
  readonly message: string;
  /** Set where an API server does not even look at CEL rules. */
  readonly blocking?: boolean;
}

export function field(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

export function print(complaint: Complaint): string {
  return complaint.path === '' ? complaint.message : `${complaint.path}: ${complaint.message}`;
}

/** A value for a message: short, on one line. */
export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

export function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeOf(value) === 'object';
}

import { NAMESPACE_NAME } from '../findings/dns-names';
import { formatValue } from '../findings/finding';
import { isUnresolved } from '../synthesis/unresolved';

/**
 * What a property must be. TypeScript sees to it; a program in JavaScript gets
 * here, and there is nothing to go on with, so it is told at once.
 */
export interface Shape {
  /** `must be …` */
  readonly wanted: string;
  /** Where text may be the credential itself, which no message shows. */
  readonly credential?: boolean;
  fits(value: any): boolean;
}

const hasMethod = (name: string) => (value: any) => typeof value?.[name] === 'function';

/** By shape, because another copy of this package has classes of its own. */
export function made(method: string, wanted: string): Shape {
  return { wanted, fits: hasMethod(method) };
}

export function madeCredential(method: string, wanted: string): Shape {
  return { ...made(method, wanted), credential: true };
}

export const LIST: Shape = { wanted: 'a list', fits: Array.isArray };
/** With fields of its own: of a Map or a Date everything in it would be lost. */
export const OBJECT: Shape = { wanted: 'an object', fits: value => Object.prototype.toString.call(value) === '[object Object]' && !isUnresolved(value) };
export const FLAG: Shape = { wanted: 'true or false', fits: value => typeof value === 'boolean' };
export const TEXT: Shape = { wanted: 'text', fits: value => typeof value === 'string' };
/** Text, or what becomes text at synthesis. */
export const TEXT_OR_LATER: Shape = { wanted: 'text', fits: value => typeof value === 'string' || isUnresolved(value) };
export const API_KEY = madeCredential('_credential', 'an ApiKey, such as ApiKey.fromSecretName("…")');
export const STORED_SECRET = madeCredential('_source', 'a StoredSecret, such as StoredSecret.fromSecretName("…")');
/** A name nothing can have would declare nothing, without a word. */
export const NAMESPACE: Shape = {
  wanted: 'the name of a namespace', fits: value => typeof value === 'string' && NAMESPACE_NAME.test(value),
};
export const SCOPE: Shape = { wanted: 'a construct, such as the app or a chart', fits: value => typeof value?.node?.findAll === 'function' };
export const DURATION: Shape = { wanted: 'a Duration, such as Duration.seconds(30)', fits: hasMethod('toMilliseconds') };
export const SIZE: Shape = { wanted: 'a Size, such as Size.mebibytes(50)', fits: hasMethod('toKibibytes') };
export const DATE: Shape = { wanted: 'a Date, such as new Date("2025-01-31")', fits: hasMethod('toISOString') };

/** A property that has to be there. */
export function need(where: string, prop: string, value: unknown, shape: Shape): void {
  if (shape.fits(value)) return;
  const got = shape.credential && typeof value === 'string' ? 'text' : describe(value);
  throw new Error(`${where}: '${prop}' must be ${shape.wanted}, got ${got}`);
}

/** A property that can be left out. */
export function allow(where: string, prop: string, value: unknown, shape: Shape): void {
  if (value !== undefined && value !== null) need(where, prop, value, shape);
}

/** A list that has to be there, and what each of its items must be. */
export function needEach(where: string, prop: string, list: unknown, shape: Shape): void {
  need(where, prop, list, LIST);
  // With holes, which `forEach` would pass over.
  Array.from(list as unknown[]).forEach((item, index) => need(where, `${prop}[${index}]`, item, shape));
}

/** A list that can be left out, and what each of its items must be. */
export function allowEach(where: string, prop: string, list: unknown, shape: Shape): void {
  if (list !== undefined && list !== null) needEach(where, prop, list, shape);
}

export function describe(value: unknown): string {
  if (isUnresolved(value)) return 'a value that is known only at synthesis';
  const name = typeof value === 'object' ? value?.constructor?.name : undefined;
  return name === undefined || name === 'Object' || name === 'Array' ? formatValue(value) : `the ${name}`;
}

/** Options without those that are null, which in other languages is how an option is left out. */
export function given<T extends object>(options: T | undefined): T {
  return Object.fromEntries(Object.entries(options ?? {}).filter(([, value]) => value !== null)) as T;
}

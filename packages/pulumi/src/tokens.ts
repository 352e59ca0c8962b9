import * as pulumi from '@pulumi/pulumi';
import { formatValue, registerTokens } from 'cdk8s-ai-gateway/lib/src/bridge';

/**
 * Outputs inside constructs. Constructs are synchronous and know strings and numbers, so an Output goes in as
 * a token of that kind and comes out again in the finished manifest. Tokens have only lower-case letters and
 * digits: they pass as names of hosts and labels, and survive URLs, JSON and `toLowerCase()`.
 */
const PREFIX = 'zqmnicinpp';
/** `s` stands for text, `a` for anything. */
const TEXT = /zqmnicinpp([sa])(\d+)z/g;
const WHOLE_TEXT = /^zqmnicinpp[sa](\d+)z$/;
/**
 * A number token is a whole number below -2^52, where every whole number is exact: an index, and bits that check it.
 * So what is computed from a token is none.
 */
const NUMBERS = 2 ** 52;
const CHECKED = 2 ** 20;
const NUMBER_TEXT = /-[4-9]\d{15}/g;

interface Store {
  readonly outputs: pulumi.Output<unknown>[];
  readonly indices: WeakMap<object, number>;
  /** What each Output was given for first. */
  readonly places: WeakMap<object, string>;
}

/** Shared by several copies of this package in one process. */
const key = Symbol.for('pulumi-ai-gateway.outputs');
const store: Store = (globalThis as { [key]?: Store })[key] ??= { outputs: [], indices: new WeakMap(), places: new WeakMap() };

registerTokens(hasToken);

/**
 * A string that stands for an Output, for props of constructs that take a string. In the manifest the Output
 * takes its place, alone or in the middle of other text; it can be unknown, and secret.
 *
 * It must reach the manifest as it is: code that cuts it or changes its case breaks it, which is an error.
 */
export function asString(input: pulumi.Input<string>): string {
  return textToken(input, 'asString()');
}

/** @param place what the text is for, for messages */
export function textToken(input: pulumi.Input<string>, place: string): string {
  return typeof input === 'string' ? input : `${PREFIX}s${indexOf(late('asString()', 'text', input), place)}z`;
}

/** A string that stands for an Output of anything, where a manifest has it as a whole. */
export function asAny(input: pulumi.Output<unknown> | Promise<unknown>): string {
  return `${PREFIX}a${indexOf(input, 'a manifest')}z`;
}

/** A number that stands for an Output, for props of constructs that take a number. What is computed from it is an error. */
export function asNumber(input: pulumi.Input<number>): number {
  return numberToken(input, 'asNumber()');
}

/** @param place what the number is for, for messages */
export function numberToken(input: pulumi.Input<number>, place: string): number {
  return typeof input === 'number' ? input : encodeNumber(indexOf(late('asNumber()', 'a number', input), place));
}

function late(where: string, wanted: string, input: unknown): object {
  if (isLate(input)) return input;
  throw new TypeError(`${where} takes ${wanted} or an Output of it, got ${formatValue(input)}`);
}

export function isLate(value: unknown): value is pulumi.Output<unknown> | Promise<unknown> {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/** Whether a text or number is, or holds, a token, be it broken. */
export function hasToken(value: unknown): boolean {
  if (typeof value === 'number') return decodeNumber(value) !== undefined || isComputed(value);
  return typeof value === 'string' && (value.includes(PREFIX) || found(value).length > 0);
}

/** The Output of a text that is one token of text and nothing else, or of a number token. */
export function outputOf(value: string | number): pulumi.Output<unknown> | undefined {
  if (typeof value === 'number') return decodeNumber(value);
  const match = WHOLE_TEXT.exec(value);
  return match ? store.outputs[Number(match[1])] : undefined;
}

/** An Output, and what its value has to be. */
export interface Token {
  readonly output: pulumi.Output<unknown>;
  readonly wanted: 'text' | 'number' | 'anything';
}

/** What an Output was given for first, such as `AwsCredentials.irsa(): 'roleArn'`. */
export function placeOf(output: pulumi.Output<unknown>): string {
  return store.places.get(output)!;
}

/** The tokens of a text or number. */
export function tokensIn(value: string | number): readonly Token[] {
  if (typeof value === 'string') return found(value);
  const output = decodeNumber(value);
  return output ? [{ output, wanted: 'number' }] : [];
}

/** A text cut at its tokens, with their Outputs in between. */
export function partsOf(text: string): (string | pulumi.Output<unknown>)[] {
  return cut(text).map(part => (typeof part === 'string' ? part : part.output));
}

/** A text with other text in the place of its tokens; undefined leaves a token as it is. */
export function replaceTokens(text: string, replacement: (token: Token) => string | undefined): string {
  return cut(text).map(part => (typeof part === 'string' ? part : replacement(part) ?? part.text)).join('');
}

interface Found extends Token {
  readonly text: string;
  readonly at: number;
}

function cut(text: string): (string | Found)[] {
  const parts: (string | Found)[] = [];
  let end = 0;
  for (const token of found(text)) {
    parts.push(text.slice(end, token.at), token);
    end = token.at + token.text.length;
  }
  return [...parts, text.slice(end)];
}

function found(text: string): Found[] {
  if (!text.includes(PREFIX) && text.search(NUMBER_TEXT) < 0) return [];
  const texts = [...text.matchAll(TEXT)].map(match => {
    const [token, letter, index] = match;
    return { output: store.outputs[Number(index)], wanted: letter === 's' ? 'text' as const : 'anything' as const, text: token, at: match.index };
  });
  const numbers = [...text.matchAll(NUMBER_TEXT)].map(match => ({ output: decodeNumber(Number(match[0])), wanted: 'number' as const, text: match[0], at: match.index }));
  return [...texts, ...numbers].filter((token): token is Found => token.output !== undefined).sort((a, b) => a.at - b.at);
}

/** Whether a text without its tokens still has a piece of one, or a number is what is left of one. */
export function isDamaged(value: unknown): boolean {
  if (typeof value === 'number') return isComputed(value);
  return typeof value === 'string' && partsOf(value).some(part => typeof part === 'string' && part.toLowerCase().includes(PREFIX));
}

/** Whether a text is what an Output becomes that is put into other text. */
export function isTextOfOutput(text: string): boolean {
  return /Calling \[to(?:String|JSON)\] on an \[Output/.test(text);
}

/** The Outputs that tokens were made of, in their order. */
export function outputsFrom(start: number): readonly pulumi.Output<unknown>[] {
  return store.outputs.slice(start);
}

/** A message in which nobody has to read a token. */
export function withoutTokens(text: string): string {
  return text.replace(TEXT, '<output>').replace(NUMBER_TEXT, number => (hasToken(Number(number)) ? '<output>' : number));
}

/** The same Output has the same token, so that two props with it are known to be equal. */
function indexOf(input: object, place: string): number {
  let index = store.indices.get(input);
  if (index === undefined) {
    const output: pulumi.Output<unknown> = pulumi.output(input);
    index = store.outputs.push(output) - 1;
    store.indices.set(input, index);
    store.places.set(output, place);
  }
  return index;
}

function encodeNumber(index: number): number {
  return -(NUMBERS + index * CHECKED + checkOf(index));
}

function decodeNumber(value: number): pulumi.Output<unknown> | undefined {
  const rest = -value - NUMBERS;
  if (!(rest >= 0 && rest < NUMBERS)) return undefined;
  const index = Math.floor(rest / CHECKED);
  return rest - index * CHECKED === checkOf(index) ? store.outputs[index] : undefined;
}

function checkOf(index: number): number {
  return Math.imul(index + 1, 0x9e3779b1) >>> 12;
}

/** Whether a number is what is left of a token that somebody computed with. No manifest has such numbers, but for bounds: powers of 2. */
function isComputed(value: number): boolean {
  if (Math.abs(value) < NUMBERS || !Number.isFinite(value)) return false;
  // A token without its sign.
  if (value > 0) return decodeNumber(-value) !== undefined;
  return decodeNumber(value) === undefined && Math.abs(-value - 2 ** Math.round(Math.log2(-value))) > 1;
}

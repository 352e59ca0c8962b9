import * as pulumi from '@pulumi/pulumi';
import { formatValue, registerTokens } from 'cdk8s-ai-gateway/lib/src/bridge';

/**
 * Outputs inside constructs. Constructs are synchronous and know strings and numbers, so an Output goes in as
 * a token of that kind and comes out again in the finished manifest. Tokens have only lower-case letters and
 * digits: they pass as names of hosts and labels, and survive URLs, JSON and `toLowerCase()`.
 */
const PREFIX = 'zqmnicinpp';
const TEXT = /zqmnicinpps(\d+)z/g;
const WHOLE_TEXT = /^zqmnicinpps(\d+)z$/;
/** A number token is a double with these upper 32 bits, around -1.8e289; the lower ones are its index. */
const NUMBER_MARK = 0xfbfe0000;
const NUMBER_TEXT = /-\d(?:\.\d+)?e\+28\d/gi;
/** No number of a manifest is near it, so what is and stands for nothing was computed from a token. */
const FAR = 1e280;

interface Store {
  readonly outputs: pulumi.Output<unknown>[];
  readonly indices: WeakMap<object, number>;
}

/** Shared by several copies of this package in one process. */
const key = Symbol.for('pulumi-ai-gateway.outputs');
const store: Store = (globalThis as { [key]?: Store })[key] ??= { outputs: [], indices: new WeakMap() };

registerTokens(hasToken);

/**
 * A string that stands for an Output, for props of constructs that take a string. In the manifest the Output
 * takes its place, alone or in the middle of other text; it can be unknown, and secret.
 *
 * It must reach the manifest as it is: code that cuts it or changes its case breaks it, which is an error.
 */
export function asString(input: pulumi.Input<string>): string {
  return typeof input === 'string' ? input : `${PREFIX}s${indexOf(late('asString()', 'text', input))}z`;
}

/** A number that stands for an Output, for props of constructs that take a number. No arithmetic with it. */
export function asNumber(input: pulumi.Input<number>): number {
  return typeof input === 'number' ? input : encodeNumber(indexOf(late('asNumber()', 'a number', input)));
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
  if (typeof value === 'number') return Math.abs(value) > FAR;
  return typeof value === 'string' && (value.includes(PREFIX) || (value.includes('e+28') && partsOf(value).length > 1));
}

/** The Output of a text that is one token of text and nothing else, or of a number token. */
export function outputOf(value: string | number): pulumi.Output<unknown> | undefined {
  if (typeof value === 'number') return decodeNumber(value);
  const match = WHOLE_TEXT.exec(value);
  return match ? store.outputs[Number(match[1])] : undefined;
}

/** A text cut at its tokens, with their Outputs in between. */
export function partsOf(text: string): (string | pulumi.Output<unknown>)[] {
  const parts: (string | pulumi.Output<unknown>)[] = [];
  let end = 0;
  for (const match of [...text.matchAll(TEXT), ...numbersIn(text)].sort((a, b) => a.index - b.index)) {
    const output = match[1] === undefined ? decodeNumber(Number(match[0])) : store.outputs[Number(match[1])];
    if (output === undefined) continue;
    parts.push(text.slice(end, match.index), output);
    end = match.index + match[0].length;
  }
  return [...parts, text.slice(end)];
}

/** Whether a text without its tokens still has a piece of one, or a number is what is left of one. */
export function isDamaged(value: unknown): boolean {
  if (typeof value === 'number') return Math.abs(value) > FAR && decodeNumber(value) === undefined;
  return typeof value === 'string' && partsOf(value).some(part => typeof part === 'string' && part.toLowerCase().includes(PREFIX));
}

/** Whether a text is what an Output becomes that is put into other text. */
export function isTextOfOutput(text: string): boolean {
  return /Calling \[to(?:String|JSON)\] on an \[Output/.test(text);
}

/** A message in which nobody has to read a token. */
export function withoutTokens(text: string): string {
  return text.replace(TEXT, '<output>').replace(NUMBER_TEXT, '<output>');
}

function numbersIn(text: string): RegExpExecArray[] {
  return text.includes('e+28') ? [...text.matchAll(NUMBER_TEXT)] : [];
}

/** The same Output has the same token, so that two props with it are known to be equal. */
function indexOf(input: object): number {
  let index = store.indices.get(input);
  if (index === undefined) {
    index = store.outputs.push(pulumi.output(input)) - 1;
    store.indices.set(input, index);
  }
  return index;
}

const bits = new DataView(new ArrayBuffer(8));

function encodeNumber(index: number): number {
  bits.setUint32(0, NUMBER_MARK);
  bits.setUint32(4, index);
  return bits.getFloat64(0);
}

function decodeNumber(value: number): pulumi.Output<unknown> | undefined {
  bits.setFloat64(0, value);
  return bits.getUint32(0) === NUMBER_MARK ? store.outputs[bits.getUint32(4)] : undefined;
}

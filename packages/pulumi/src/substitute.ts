import * as pulumi from '@pulumi/pulumi';
import { Problem } from 'cdk8s-ai-gateway/lib/src/bridge';
import { OUTPUT_AS_TEXT, OUTPUT_DAMAGED, OUTPUT_IN_NAME } from './codes';
import { hasToken, isDamaged, isTextOfOutput, outputOf, partsOf, Token, tokensIn } from './tokens';

interface Json {
  readonly [key: string]: unknown;
}

/** Fields that decide which object it is. */
const IDENTITY: readonly (readonly string[])[] = [['apiVersion'], ['kind'], ['metadata', 'name'], ['metadata', 'generateName']];

/** What stands in a manifest instead of an Output and must not. */
export function tokenProblems(manifest: Json): Problem[] {
  const problems: Problem[] = [];
  for (const path of IDENTITY) {
    const value = path.reduce<unknown>((at, key) => (at as Json | undefined)?.[key], manifest);
    if (hasToken(value)) {
      problems.push({ definition: OUTPUT_IN_NAME, prop: path.join('.'), message: 'decides which object it is and holds an Output', fix: 'use plain text' });
    }
  }
  visit(manifest, '', (value, path) => {
    if (isDamaged(value)) {
      problems.push({
        definition: OUTPUT_DAMAGED, prop: path, message: 'holds a piece of what stood for an Output', fix: 'change the value with apply() instead of the text that stands for it',
      });
    }
    if (typeof value === 'string' && isTextOfOutput(value)) problems.push(textOfOutput(path));
  });
  return problems;
}

/** A token, and where in a manifest it stands. */
export interface PlacedToken extends Token {
  readonly path: string;
}

/** The Outputs in a manifest; a Secret has some in Base64. */
export function placedTokens(manifest: Json): PlacedToken[] {
  const tokens: PlacedToken[] = [];
  const see = (value: unknown, path: string) => {
    if (typeof value !== 'string' && typeof value !== 'number') return;
    tokens.push(...tokensIn(value).map(token => ({ ...token, path })));
    if (manifest.kind === 'Secret' && path.startsWith('data.')) tokens.push(...tokensIn(decoded(String(value))).map(token => ({ ...token, path })));
  };
  visit(manifest, '', see);
  return tokens;
}

export function decoded(base64: string): string {
  return Buffer.from(base64, 'base64').toString('utf8');
}

/** What is wrong with a text that an Output was put into. */
export function textOfOutput(prop: string): Problem {
  return { definition: OUTPUT_AS_TEXT, prop, message: 'has an Output put into its text, which holds no value yet', fix: 'use pulumi.interpolate, or pulumi.jsonStringify()' };
}

function visit(value: unknown, path: string, see: (value: unknown, path: string) => void): void {
  if (Array.isArray(value)) {
    value.forEach((item, index) => visit(item, `${path}[${index}]`, see));
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      const at = path === '' ? key : `${path}.${key}`;
      see(key, at);
      visit(item, at, see);
    }
  } else {
    see(value, path);
  }
}

/** A manifest's part with Outputs where tokens stood, leaf by leaf: what is beside an unknown value stays visible. */
export function withOutputs(value: unknown): pulumi.Input<any> {
  if (typeof value === 'string') return textWithOutputs(value);
  if (typeof value === 'number') return outputOf(value) ?? value;
  if (Array.isArray(value)) return value.map(withOutputs);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, withOutputs(item)] as const);
  if (!entries.some(([key]) => hasToken(key))) return Object.fromEntries(entries);
  // A key that is unknown leaves nothing of the map that could be shown.
  return pulumi.all(entries.map(([key, item]) => pulumi.all([textWithOutputs(key), item]))).apply(pairs => Object.fromEntries(pairs));
}

/** Base64 text whose content has tokens, as constructs make it of a Secret's `data`. */
export function base64WithOutputs(value: unknown): pulumi.Input<any> {
  if (typeof value !== 'string') return withOutputs(value);
  const content = decoded(value);
  if (!hasToken(content)) return withOutputs(value);
  return pulumi.output(textWithOutputs(content)).apply(text => Buffer.from(String(text), 'utf8').toString('base64'));
}

function textWithOutputs(text: string): pulumi.Input<any> {
  if (!hasToken(text)) return text;
  const whole = outputOf(text);
  if (whole) return whole;
  const parts = partsOf(text);
  return pulumi.all(parts).apply(values => values.map((value, index) => (typeof parts[index] === 'string' ? value : textOfValue(text, value))).join(''));
}

/** A value as it stands in a text. In JSON, such as the value of a body mutation, it must not end the string it stands in. */
export function textOfValue(text: string, value: unknown): string {
  return isJson(text) ? jsonText(value) : plainText(value);
}

/** The token of a number has the form of a number, that of a text stands inside quotes: so JSON stays JSON. */
function isJson(text: string): boolean {
  if (!/^\s*["{[]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function jsonText(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value).slice(1, -1) : plainText(value);
}

function plainText(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  // Without the value, which may be secret.
  throw new pulumi.RunError(`an Output inside a text must be text or a number, got ${Array.isArray(value) ? 'a list' : value === null ? 'null' : typeof value}; pick the field you mean`);
}

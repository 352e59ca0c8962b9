import { hasFormat } from './formats';
import { re2 } from './pattern';
import { Schema } from './schema';

/** Strings that between them suit the patterns and the functions of rules. */
const TEXTS = [
  'a', '1s', '100ms', '10m', 'https://a.example.org/b', '/a', '20000', '50Mi', '10.0.0.7', '10.0.0.0/8', 'a.example.org', 'GET', 'aa', '1.2',
  'arn:aws:iam::000000000000:role/a', '0 0 * * *', 'request.a', 'a@a.iam.gserviceaccount.com', 'a.mmdb', '0'.repeat(64), 'example.org/a',
  'System', '2025-01-01T00:00:00Z', 'bm90', '::1',
];
const DEPTH = 5;

/**
 * Values of a schema to try rules on: with everything and with only what must be there, with one and with two elements in a list,
 * with the first and the last of the choices, with each kind of text. Not all of them are valid.
 */
export function* samples(schema: Schema): Generator<unknown> {
  for (const text of TEXTS) {
    for (const full of [true, false]) {
      for (const elements of [1, 2]) {
        for (const choice of [0, -1] as const) yield sample(schema, { full, elements, choice, text }, DEPTH);
      }
    }
  }
}

interface Taste {
  readonly full: boolean;
  readonly elements: number;
  readonly choice: 0 | -1;
  readonly text: string;
}

function sample(schema: Schema, taste: Taste, depth: number): unknown {
  const choices = schema.enum ?? schema.allOf?.find(branch => branch.enum)?.enum;
  if (choices) return choices.at(taste.choice);
  if (schema['x-kubernetes-int-or-string']) return taste.choice === 0 ? 1 : taste.text;
  switch (schema.type) {
    case 'object': return objectSample(schema, taste, depth);
    case 'array': return Array.from({ length: taste.elements }, () => sample(schema.items ?? {}, taste, depth - 1));
    case 'string': return textSample(schema, taste.text);
    case 'boolean': return taste.choice === 0;
    case 'integer':
    case 'number': return schema.minimum ?? 1;
    default: return {};
  }
}

function objectSample(schema: Schema, taste: Taste, depth: number): Record<string, unknown> {
  if (typeof schema.additionalProperties === 'object') return { [taste.text]: sample(schema.additionalProperties, taste, depth - 1) };
  const names = Object.entries(schema.properties ?? {}).filter(([name, property]) => (
    depth > 0 && (taste.full || schema.required?.includes(name) || property.default !== undefined)
  ));
  return Object.fromEntries(names.map(([name, property]) => [name, sample(property, taste, depth - 1)]));
}

function textSample({ pattern, format }: Schema, preferred: string): string {
  const fits = (text: string) => (pattern === undefined || re2(pattern).test(text)) && (format === undefined || hasFormat(format, text));
  return [preferred, ...TEXTS].find(fits) ?? preferred;
}

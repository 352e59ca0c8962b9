import { formatProblem } from 'cdk8s-ai-gateway/lib/src/bridge';
import { OUTPUT_MUST_BE_KNOWN } from './codes';
import { constructOf } from './construct-of';
import { SHAPES } from './generated/shapes';
import { textOfOutput } from './substitute';
import { isLate, isTextOfOutput, numberToken, textToken } from './tokens';

/**
 * How a value of a component's arguments becomes one of a construct: `s` and `n` are a string and a number
 * that may be Outputs, `k` is known, `c` a component or construct, `#Name` a struct, `[]` and `{}` before
 * another shape a list and a map of it.
 */
export type Shape = string;

/** A value for a construct, with tokens where Outputs stood. Throws where an Output cannot stand. */
export function forConstruct<T>(where: string, prop: string, shape: Shape, value: unknown): T {
  return convert(where, prop, shape, value) as T;
}

function convert(where: string, prop: string, shape: Shape, value: unknown): unknown {
  if (value === undefined || value === null) return value;
  if (isLate(value)) {
    const place = `${where}: '${prop}'`;
    if (shape === 's') return textToken(value as never, place);
    if (shape === 'n') return numberToken(value as never, place);
    throw new Error(`${where}: ${formatProblem({
      definition: OUTPUT_MUST_BE_KNOWN, prop, message: 'decides what is made and must be known when the program runs, got an Output', fix: fixOf(shape),
    })}`);
  }
  if (typeof value === 'string' && isTextOfOutput(value)) throw new Error(`${where}: ${formatProblem(textOfOutput(prop))}`);
  if (shape === 'c') return constructOf(value as never);
  if (shape.startsWith('[]')) return Array.isArray(value) ? value.map((item, index) => convert(where, `${prop}[${index}]`, shape.slice(2), item)) : value;
  if (typeof value !== 'object') return value;
  if (shape.startsWith('{}')) return mapped(value, (name, item) => convert(where, `${prop}.${name}`, shape.slice(2), item));
  if (!shape.startsWith('#')) return value;
  const fields = SHAPES[shape.slice(1)];
  return mapped(value, (name, item) => convert(where, prop === '' ? name : `${prop}.${name}`, fields[name] ?? 'k', item));
}

function mapped(value: object, convertItem: (name: string, item: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, convertItem(name, item)]));
}

function fixOf(shape: Shape): string {
  if (shape.startsWith('[]')) return 'give a list whose items are Outputs';
  if (shape.startsWith('{}') || shape.startsWith('#')) return 'give an object whose fields are Outputs';
  return 'give a plain value, such as one of new pulumi.Config()';
}

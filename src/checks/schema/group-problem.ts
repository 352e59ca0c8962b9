import type { FieldGroup } from '../../../imports/schema';
import type { Violation } from './validate';

/**
 * What is wrong with the number of fields of a group.
 *
 * @param complete whether fields that are missing can be told to be
 */
export function groupProblem(
  { f: names, with: given, least, most }: FieldGroup, isGiven: (name: string) => boolean, complete: boolean,
): Pick<Violation, 'message' | 'fix'> | undefined {
  if (given !== undefined && !isGiven(given)) return undefined;
  const there = names.filter(isGiven);
  if (most !== undefined && there.length > most) {
    return given === undefined
      ? { message: `has ${listed(there)}, of which only one can be given`, fix: 'keep one of them' }
      : { message: `has ${listed(there)} beside ${listed([given])}, which stands alone`, fix: 'keep one of the two' };
  }
  if (least === undefined || there.length >= least || !complete) return undefined;
  const missing = names.length === 1 ? listed(names) : `one of ${listed(names)}`;
  return given === undefined
    ? { message: `lacks ${missing}`, fix: names.length === 1 ? 'give it' : 'give one of them' }
    : { message: `has ${listed([given])} without ${missing}`, fix: `give it as well, or leave ${listed([given])} out` };
}

/** Names as a sentence lists them. */
function listed(names: readonly string[]): string {
  const quoted = names.map(name => `\`${name}\``);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}`;
}

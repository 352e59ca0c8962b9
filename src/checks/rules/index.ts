import { Rule } from '../rule';
import { duplicateObject } from './duplicate-object';

/** Every rule, in the order in which findings on one object are listed. */
export const rules: readonly Rule[] = [
  duplicateObject,
];

import { duplicateObject } from './duplicate-object';
import { Rule } from '../../rule';

/** What holds for every manifest. */
export const manifestRules: readonly Rule[] = [
  duplicateObject,
];

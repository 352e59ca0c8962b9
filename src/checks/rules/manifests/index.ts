import { duplicateObject } from './duplicate-object';
import { invalidName } from './invalid-name';
import { invalidValue } from './invalid-value';
import { missingField } from './missing-field';
import { unknownField } from './unknown-field';
import { Rule } from '../../rule';

/** What holds for every manifest. */
export const manifestRules: readonly Rule[] = [
  duplicateObject,
  unknownField,
  missingField,
  invalidValue,
  invalidName,
];

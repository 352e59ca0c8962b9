import { duplicateObject } from './duplicate-object';
import { incompleteManifest } from './incomplete-manifest';
import { invalidName } from './invalid-name';
import { invalidValue } from './invalid-value';
import { missingField } from './missing-field';
import { unknownField } from './unknown-field';
import { Rule } from '../../rule';

/** What holds for every manifest. */
export const manifestRules: readonly Rule[] = [
  incompleteManifest,
  duplicateObject,
  unknownField,
  missingField,
  invalidValue,
  invalidName,
];

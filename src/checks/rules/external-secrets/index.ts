import { externalSecretCreatesNothing } from './external-secret-creates-nothing';
import { externalSecretEntry } from './external-secret-entry';
import { externalSecretEverywhere } from './external-secret-everywhere';
import { externalSecretNoData } from './external-secret-no-data';
import { externalSecretNoRotation } from './external-secret-no-rotation';
import { externalSecretOrphan } from './external-secret-orphan';
import { externalSecretPoliciesConflict } from './external-secret-policies-conflict';
import { externalSecretReferenceEmpty } from './external-secret-reference-empty';
import { externalSecretRefreshInvalid } from './external-secret-refresh-invalid';
import { externalSecretRefreshShort } from './external-secret-refresh-short';
import { externalSecretTemplateField } from './external-secret-template-field';
import { Rule } from '../../rule';

/** Objects of External Secrets Operator. */
export const externalSecretRules: readonly Rule[] = [
  externalSecretCreatesNothing,
  externalSecretEntry,
  externalSecretEverywhere,
  externalSecretNoData,
  externalSecretNoRotation,
  externalSecretOrphan,
  externalSecretPoliciesConflict,
  externalSecretReferenceEmpty,
  externalSecretRefreshInvalid,
  externalSecretRefreshShort,
  externalSecretTemplateField,
];

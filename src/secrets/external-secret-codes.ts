import { CodeDefinition } from '../findings/finding';

export const EXTERNAL_SECRET_NO_DATA: CodeDefinition = {
  code: 'EXTERNAL_SECRET_NO_DATA',
  severity: 'error',
  title: 'An ExternalSecret fetches nothing',
  cause: 'It has neither remote values nor a remote object with properties.',
  consequence: 'The webhook of External Secrets Operator refuses it; without the webhook no Secret appears.',
  fix: 'Name the remote value of each part of the credential.',
  final: true,
};

export const EXTERNAL_SECRET_FIELD_MISSING: CodeDefinition = {
  code: 'EXTERNAL_SECRET_FIELD_MISSING',
  severity: 'error',
  title: 'An ExternalSecret does not fetch a part the gateway needs',
  cause: 'A part of the credential has no remote value, or is declared optional although the gateway cannot do without.',
  consequence: 'The Secret lacks a key, the provider is left out of its routes, and requests time out or answer 500.',
  fix: 'Name the remote value or property that holds the part.',
  covers: ['EXTERNAL_SECRET_NO_DATA', 'SECRET_KEY_MISSING'],
};

export const EXTERNAL_SECRET_FIELD_UNUSED: CodeDefinition = {
  code: 'EXTERNAL_SECRET_FIELD_UNUSED',
  severity: 'warning',
  title: 'An ExternalSecret is given a part that nothing reads',
  cause: 'The gateway has no use for the part, or the same part is given in two ways.',
  consequence: 'The remote value is not fetched, and a change to it has no effect.',
  fix: 'Leave the part out.',
};

export const EXTERNAL_SECRET_REFERENCE_EMPTY: CodeDefinition = {
  code: 'EXTERNAL_SECRET_REFERENCE_EMPTY',
  severity: 'error',
  title: 'An ExternalSecret refers to something without a name',
  cause: 'The name of the store, of the target Secret, of a remote key, property or version is empty or, where it is needed, missing.',
  consequence: 'The API server refuses it, or every fetch fails.',
  fix: 'Give the name, or leave the property out where it is optional.',
  final: true,
  covers: ['MISSING_FIELD', 'INVALID_VALUE'],
};

export const EXTERNAL_SECRET_CREATES_NOTHING: CodeDefinition = {
  code: 'EXTERNAL_SECRET_CREATES_NOTHING',
  severity: 'error',
  title: 'An ExternalSecret does not write its Secret',
  cause: 'The creation policy is `None`, or `target.manifest` names another kind.',
  consequence: 'The Secret never appears and the provider is left out of its routes.',
  fix: 'Use the creation policy `Owner`.',
};

export const EXTERNAL_SECRET_POLICIES_CONFLICT: CodeDefinition = {
  code: 'EXTERNAL_SECRET_POLICIES_CONFLICT',
  severity: 'error',
  title: 'The creation and deletion policies of an ExternalSecret exclude each other',
  cause: 'Deletion policy `Delete` needs a Secret of its own; `Merge` needs one that it writes.',
  consequence: 'The webhook of External Secrets Operator refuses the ExternalSecret.',
  fix: 'Use `Retain`, or the creation policy `Owner`.',
  final: true,
};

export const EXTERNAL_SECRET_ORPHAN: CodeDefinition = {
  code: 'EXTERNAL_SECRET_ORPHAN',
  severity: 'warning',
  title: 'The Secret outlives its ExternalSecret',
  cause: 'The creation policy is `Orphan`.',
  consequence: 'The credential stays in the cluster after the program no longer declares it, and changes by hand last until the next refresh.',
  fix: 'Use the creation policy `Owner`, unless the Secret is being handed over.',
};

export const EXTERNAL_SECRET_NO_ROTATION: CodeDefinition = {
  code: 'EXTERNAL_SECRET_NO_ROTATION',
  severity: 'warning',
  title: 'A rotated credential does not arrive by itself',
  cause: 'The refresh policy is `OnChange` or `CreatedOnce`, the refresh interval is zero, or the Secret is immutable.',
  consequence: 'After a rotation in the store the provider answers 401 until somebody forces a refresh.',
  fix: 'Use the refresh policy `Periodic` with an interval above zero, and leave `immutable` out.',
};

export const EXTERNAL_SECRET_REFRESH_SHORT: CodeDefinition = {
  code: 'EXTERNAL_SECRET_REFRESH_SHORT',
  severity: 'warning',
  title: 'A credential is fetched more than once a minute',
  cause: 'The refresh interval is above zero and below one minute. Every refresh asks the store for every entry.',
  consequence: 'Stores count requests: they bill them, or refuse all of the token\'s once a limit by the hour or day is reached, and then no Secret of this store is refreshed.',
  fix: 'Use an interval of some minutes or more; after a rotation at once, change an annotation of the ExternalSecret.',
};

export const EXTERNAL_SECRET_REFRESH_INVALID: CodeDefinition = {
  code: 'EXTERNAL_SECRET_REFRESH_INVALID',
  severity: 'error',
  title: 'The refresh interval of an ExternalSecret is no duration',
  cause: 'The interval is negative, longer than 292 years, or not in the form of Go: texts such as `1h0m0s`, without days, and no numbers. In a program it is not in whole milliseconds.',
  consequence: 'The API server or the webhook of External Secrets Operator refuses the ExternalSecret.',
  fix: 'Use an interval such as one hour.',
  final: true,
};

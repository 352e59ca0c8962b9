import { Rule } from '../../rule';

/** Credentials, the Secrets they come from, and what must not leak. */
export const credentialRules: readonly Rule[] = [
];

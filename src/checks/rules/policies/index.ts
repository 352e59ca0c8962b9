import { Rule } from '../../rule';

/** Gateways, listeners, connections to providers, and policies on them. */
export const policyRules: readonly Rule[] = [
];

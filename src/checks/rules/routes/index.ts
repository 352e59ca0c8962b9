import { Rule } from '../../rule';

/** Models, routes, their targets and the policies that make fallbacks true. */
export const routeRules: readonly Rule[] = [
];

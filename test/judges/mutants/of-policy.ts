import type { Mutant } from './mutants';

const POLICY = ['test/policy'];

/** What the policy core decides. */
export const POLICIES: readonly Mutant[] = [
  { name: 'policy: a tenant header that is there twice', file: 'policy/decide.ts', find: "values.length === 1 && !values[0].includes(',')", replace: 'values.length > 0', judges: POLICY },
  { name: 'policy: a tenant that is all tenants', file: 'policy/decide.ts', find: " || value === '*'", replace: '', judges: POLICY },
  { name: 'policy: largest body', file: 'policy/decide.ts', find: 'body.length > tenant.limits.maxBodyBytes', replace: 'body.length > tenant.limits.maxBodyBytes + 1', judges: POLICY },
  { name: 'policy: a forged header', file: 'policy/decide.ts', find: "return this.deny('forged_header')", replace: "return this.deny('no_tenant')", judges: POLICY },
  { name: 'policy: text that is no text', file: 'policy/decide.ts', find: 'fatal: true, ignoreBOM: true', replace: 'fatal: false, ignoreBOM: true', judges: POLICY },
  { name: 'policy: a mark before the text', file: 'policy/decide.ts', find: 'fatal: true, ignoreBOM: true', replace: 'fatal: true', judges: POLICY },
  { name: 'policy: encoded bodies are not read', file: 'policy/decide.ts', find: "if (!isPlainJson(this.request)) return this.deny('body_encoded');", replace: '', judges: POLICY },
  { name: 'policy: half of a key', file: 'policy/decide.ts', find: '!isHeaderValue(values[0]) || !isHeaderValue(values[1])', replace: '!isHeaderValue(values[0])', judges: POLICY },
  { name: 'policy: a long name before an @', file: 'policy/builtins.ts', find: 'LONGEST_LOCAL_PART = 64', replace: 'LONGEST_LOCAL_PART = 63', judges: POLICY },
  { name: 'policy: checksum of cards', file: 'policy/builtins.ts', find: 'sum % 10 === 0', replace: 'sum % 5 === 0', judges: POLICY },
  { name: 'policy: checksum of account numbers', file: 'policy/builtins.ts', find: 'mod97(compact) === 1', replace: 'mod97(compact) >= 0', judges: POLICY },
];

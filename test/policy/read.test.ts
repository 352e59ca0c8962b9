import { compilePolicy, Front } from '../../src/policy';

const good = { version: 1, tenants: { '*': { models: { allow: ['*'] } } } };

/** What is changed in a right policy, and the path and words of the one complaint. */
const bad: readonly (readonly [name: string, value: unknown, path: string, message: RegExp, front?: Front])[] = [
  ['no map', 'yes', '', /not a map/],
  ['a version to come', { ...good, version: 2 }, 'version', /not a version/],
  ['no tenants', { version: 1 }, 'tenants', /missing/],
  ['nobody let in', { ...good, tenants: {} }, 'tenants', /lets nobody in/],
  ['a key nobody knows', { ...good, tenant_header: 'x' }, 'tenant_header', /not known/],
  ['tenants that nothing tells apart', { ...good, tenants: { acme: { models: { allow: ['*'] } } } }, 'tenants', /tells apart/],
  ['two sources', { ...good, tenant: { header: 'x-t', claim: { provider: 'p', path: ['a'] } } }, 'tenant', /exactly one/],
  ['a header in capitals', { ...good, tenant: { header: 'X-Tenant' } }, 'tenant.header', /lower case/],
  ['the caller\'s own credential as tenant', { ...good, tenant: { header: 'authorization' } }, 'tenant.header', /another meaning/],
  ['a header of the gateway as tenant', { ...good, tenant: { header: 'x-ai-eg-model' } }, 'tenant.header', /another meaning/],
  ['a claim in front of ext_authz', { ...good, tenant: { claim: { provider: 'p', path: ['a'] } } }, 'tenant.claim', /not seen/, 'ext_authz'],
  ['a redaction in front of ext_authz', { ...good, rules: [{ id: 'a', builtin: 'email', action: 'redact' }] }, 'rules[0].action', /cannot change/, 'ext_authz'],
  ['a rule of nothing', { ...good, rules: [{ id: 'a', action: 'block' }] }, 'rules[0]', /exactly one of builtin and pattern/],
  ['an unknown builtin', { ...good, rules: [{ id: 'a', builtin: 'mail', action: 'block' }] }, 'rules[0].builtin', /not known/],
  ['an unknown action', { ...good, rules: [{ id: 'a', builtin: 'email', action: 'mask' }] }, 'rules[0].action', /not known/],
  ['one id twice', { ...good, rules: ['email', 'iban'].map(builtin => ({ id: 'a', builtin, action: 'block' })) }, 'rules[1].id', /two rules/],
  ['a look-ahead', { ...good, rules: [{ id: 'a', pattern: 'a(?=b)', action: 'block' }] }, 'rules[0].pattern', /no pattern of RE2.*\(\?=/],
  ['a back reference', { ...good, rules: [{ id: 'a', pattern: '(a)\\1', action: 'block' }] }, 'rules[0].pattern', /no pattern of RE2/],
  ['a repeat without measure', { ...good, rules: [{ id: 'a', pattern: '(?:(?:a{1,1000}){1,1000})', action: 'block' }] }, 'rules[0].pattern', /no pattern of RE2/],
  ['a pattern of everything', { ...good, rules: [{ id: 'a', pattern: 'a*', action: 'block' }] }, 'rules[0].pattern', /empty text/],
  ['a long pattern', { ...good, rules: [{ id: 'a', pattern: 'a'.repeat(1025), action: 'block' }] }, 'rules[0].pattern', /1 to 1024/],
  ['many rules', { ...good, rules: Array.from({ length: 101 }, (_, i) => ({ id: `a${i}`, pattern: 'x', action: 'block' })) }, 'rules', /more than 100/],
  ['a replacement that the rule finds', { ...good, rules: [{ id: 'a', pattern: 'secret', action: 'redact', replacement: 'no secret' }] }, 'rules[0].replacement', /itself found/],
  ['a replacement that breaks JSON', { ...good, rules: [{ id: 'a', pattern: 'x', action: 'redact', replacement: '"' }] }, 'rules[0].replacement', /without quotes/],
  ['a replacement of a blocking rule', { ...good, rules: [{ id: 'a', pattern: 'x', action: 'block', replacement: 'y' }] }, 'rules[0].replacement', /redacts/],
  ['a limit of nothing', { ...good, limits: { maxBodyBytes: 0 } }, 'limits.maxBodyBytes', /out of range/],
  ['half a message', { ...good, limits: { maxMessages: 1.5 } }, 'limits.maxMessages', /out of range/],
  ['no models', { ...good, tenants: { '*': {} } }, 'tenants.*.models', /missing/],
  ['an exception from no rule', { ...good, tenants: { '*': { models: { allow: ['*'] }, exceptRules: ['pii'] } } }, 'tenants.*.exceptRules[0]', /not known/],
  ['a key in no slot', { ...good, tenants: { '*': { models: { allow: ['*'] }, credentials: { openai: 'acme' } } } }, 'tenants.*.credentials.openai', /no slot/],
  ['a slot with a free header', { ...good, credentials: { openai: { type: 'APIKey', header: 'authorization' } } }, 'credentials.openai.header', /x-aigw-/],
  ['two slots with one header', {
    ...good, credentials: { a: { type: 'APIKey', header: 'x-aigw-a' }, b: { type: 'APIKey', header: 'x-aigw-a' } },
  }, 'credentials.b.header', /two slots/],
  ['a folder outside', {
    ...good, credentials: { a: { type: 'APIKey', header: 'x-aigw-a' } }, tenants: { '*': { models: { allow: ['*'] }, credentials: { a: '../etc' } } },
  }, 'tenants.*.credentials.a', /folder/],
];

test.each(bad)('%s is refused', (...row: unknown[]) => {
  const [, value, path, message, front = 'ext_proc'] = row as unknown as (typeof bad)[number];
  const { policy, problems } = compilePolicy(value, front);
  expect(policy).toBeUndefined();
  expect(problems).toHaveLength(1);
  expect(problems[0].path).toBe(path);
  expect(problems[0].message).toMatch(message);
  expect(problems[0].fix).not.toBe('');
});

test('every mistake is told at once', () => {
  const { problems } = compilePolicy({ version: 2, tenants: {}, more: 1 }, 'ext_proc');
  expect(problems.map(({ path }) => path).sort()).toEqual(['more', 'tenants', 'version']);
});

test('the smallest policy is right', () => {
  expect(compilePolicy(good, 'ext_authz').problems).toEqual([]);
});

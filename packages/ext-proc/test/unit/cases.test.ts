import { PolicyCase, readCases, runCase } from '../../src/cases';
import { loadPolicy } from '../../src/policy-file';

const policy = loadPolicy(`
version: 1
tenant: { header: x-tenant-id }
rules:
  - { id: mail, builtin: email, action: redact }
  - { id: codename, pattern: nightfall, action: block }
tenants:
  acme: { models: { allow: [gpt-4o] } }
`, ['ext_proc']).fronts.ext_proc!;

const body = (content: string) => ({ model: 'gpt-4o', messages: [{ role: 'user', content }] });

const cases: readonly (readonly [PolicyCase, readonly RegExp[]])[] = [
  [{ name: 'as expected', request: { tenant: 'acme', body: body('a@b.co') }, expect: { decision: 'allow', rules: ['mail'], body: body('[MAIL]'), bodyLacks: ['a@b.co'] } }, []],
  [{ name: 'a code', request: { tenant: 'acme', body: body('nightfall') }, expect: { decision: 'deny', code: 'prompt_blocked', status: 403 } }, []],
  [{ name: 'a list', request: { tenant: 'acme', path: '/v1/models' }, expect: { decision: 'allow' } }, []],
  [{ name: 'let in', request: { tenant: 'acme', body: body('x') }, expect: { decision: 'deny' } }, [/decision is "allow", not "deny"/]],
  [{ name: 'refused', request: { tenant: 'other', body: body('x') }, expect: { decision: 'allow' } }, [/decision is "deny \(not_allowed\)", not "allow"/]],
  [{ name: 'another code', request: { tenant: 'acme', body: body('nightfall') }, expect: { decision: 'deny', code: 'no_tenant', status: 401 } }, [/code/, /status is 403, not 401/]],
  [{ name: 'no JSON', request: { tenant: 'acme', path: '/v1/models' }, expect: { decision: 'allow', body: { a: 1 } } }, [/body is "", not \{"a":1\}/]],
  [{ name: 'still there', request: { tenant: 'acme', body: body('x') }, expect: { decision: 'allow', rules: ['mail'], bodyLacks: ['user'] } }, [/rules is \[\]/, /body has "user"/]],
];

test.each(cases)('$name', (one, failures) => {
  const got = runCase(policy, one);
  expect(got).toHaveLength(failures.length);
  failures.forEach((failure, index) => expect(got[index]).toMatch(failure));
});

test.each([
  [{}, 'cases'],
  [{ cases: [] }, 'cases'],
  [{ cases: [{ name: 'x', request: {}, expect: { decison: 'allow' } }] }, 'decison'],
  [{ cases: [{ name: 'x', request: { header: {} }, expect: { decision: 'allow' } }] }, 'header'],
  [{ cases: [{ name: 'x', request: {}, expect: { decision: 'maybe' } }] }, "'cases[0].expect.decision' is not allow or deny, got \"maybe\""],
  [{ cases: [{ request: {}, expect: { decision: 'allow' } }] }, "'cases[0].name' is missing"],
  [{ cases: [{ name: 'x', request: { tenant: 5, headers: ['a'], path: 7 }, expect: { decision: 'deny' } }] }, /tenant' is not a text, got 5[^]*headers' is not a map of texts[^]*path' is not a text/],
  [{ cases: [{ name: 'x', request: {}, expect: { decision: 'deny', status: '403', rules: 'mail', bodyLacks: [1] } }] }, /status' is not an HTTP status[^]*rules' is not a list of texts[^]*bodyLacks' is not/],
  [{ cases: [1] }, "'cases[0]' is not a map"],
  [{ cases: [{ name: 'x', request: {}, expect: { decision: 'allow' } }], case: [] }, "'case' is not known; use cases"],
  [null, 'is not a map'],
])('a file that says nothing testable is refused: %j', (value, word) => {
  expect(() => readCases(value)).toThrow(word);
});

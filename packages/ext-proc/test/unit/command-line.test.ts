import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '../../scripts/bundle';

const folder = mkdtempSync(join(tmpdir(), 'command-line-'));
const program = join(folder, 'policy-server.cjs');
const FILES = {
  'policy.yaml': 'version: 1\ntenant: { header: x-tenant-id }\nrules: [{ id: mail, builtin: email, action: redact }]\ntenants: { acme: { models: { allow: [gpt-4o] } } }\n',
  'right.yaml': 'cases: [{ name: other models, request: { tenant: acme, body: { model: o1, messages: [] } }, expect: { decision: deny, status: 403 } }]\n',
  'failing.yaml': 'cases: [{ name: other models, request: { tenant: acme, body: { model: o1, messages: [] } }, expect: { decision: allow } }]\n',
  'no-yaml.yaml': 'cases:\n  - [1\n',
  'misspelt.yaml': 'cases: [{ name: a, request: { bdy: 1 }, expect: { decision: deny } }]\n',
  'empty.yaml': '',
  'latin-1.yaml': Buffer.from('version: 1 # caf\u00e9\n', 'latin1'),
};

beforeAll(() => {
  bundle(program);
  for (const [name, content] of Object.entries(FILES)) writeFileSync(join(folder, name), content);
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each<[string, number, RegExp]>([
  ['check policy.yaml', 0, /^policy\.yaml: right for ext_proc\n$/],
  ['test policy.yaml right.yaml', 0, /^ok {3}other models\n1 of 1 cases as expected\n$/],
  ['test policy.yaml failing.yaml', 1, /^FAIL other models\n {7}decision is "deny \(not_allowed\)", not "allow"\n0 of 1/],
  ['check nowhere.yaml', 1, /^nowhere\.yaml cannot be read \(ENOENT\); give the path of a file that exists\n$/],
  ['check .', 1, /^\. cannot be read \(EISDIR\)/],
  ['check empty.yaml', 1, /^empty\.yaml: is not a map/],
  ['check latin-1.yaml', 1, /^latin-1\.yaml: is not UTF-8 text; save it as UTF-8\n$/],
  ['check policy.yaml --front ext_authz', 1, /^policy\.yaml: 'rules\[0\]\.action' /],
  ['test policy.yaml no-yaml.yaml', 1, /^no-yaml\.yaml: is no YAML at line 3, column 1: .*; correct it\n$/],
  ['test policy.yaml misspelt.yaml', 1, /^misspelt\.yaml: 'cases\[0\]\.request\.bdy' is not known; use tenant, method/],
  ['test policy.yaml empty.yaml', 1, /^empty\.yaml: is not a map; write the list cases\n$/],
  ['--help', 0, /^Usage:\n/],
  ['test --help', 0, /^Usage:\n/],
  ['', 2, /^no command is given\nUsage:/],
  ['tst policy.yaml', 2, /^"tst" is no command\nUsage:/],
  ['test policy.yaml', 2, /^expected 2 files, got 1\nUsage:/],
  ['check --nope policy.yaml', 2, /^Unknown option '--nope'\nUsage:/],
  ['check policy.yaml --front x', 2, /^--front is not ext_proc or ext_authz, got x\nUsage:/],
])('%s', (line, code, output) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...line.split(' ').filter(Boolean)], { cwd: folder, encoding: 'utf8' });
  expect(stdout + stderr).toMatch(output);
  expect(status).toBe(code);
});

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keySource, readKeys } from '../../src/keys';
import { Log } from '../../src/log';
import { loadPolicy } from '../../src/policy-file';
import { parseServeOptions } from '../../src/serve-options';
import { guardWith } from './harness';

test.each([
  [['--ext-proc-port', '1'], /--policy is missing/],
  [['--policy', 'p'], /no front is served/],
  [['--policy', 'p', '--ext-proc-port', '65536'], /--ext-proc-port is not a whole number from 0 to 65535, got 65536/],
  [['--policy', 'p', '--ext-proc-port', '1', '--audit', 'some'], /--audit is not all, denied or none/],
  [['--policy', 'p', '--ext-prc-port', '1'], /ext-prc-port/],
])('%j is refused', (args, message) => {
  expect(() => parseServeOptions(args)).toThrow(message);
});

test('keys are read as a mounted Secret has them', () => {
  const root = mkdtempSync(join(tmpdir(), 'keys-'));
  mkdirSync(join(root, 'acme', '..2026'), { recursive: true });
  writeFileSync(join(root, 'acme', '..2026', 'key'), ' sk-1\n');
  symlinkSync('..2026', join(root, 'acme', '..data'));
  symlinkSync('..data/key', join(root, 'acme', 'key'));
  const keys = readKeys(root);
  expect([...keys]).toEqual([['acme/key', 'sk-1']]);
  expect(keySource(keys)('acme', 'key')).toBe('sk-1');
  rmSync(root, { recursive: true });
});

test.each([
  ['a: [', /no YAML/],
  ['version: 1\nversion: 1', /no YAML/],
  ['version: 1', /'tenants' is missing; add it/],
  ['{"version":1,"tenants":{"*":{"models":{"allow":["*"]}}},"extra":1}', /'extra' is not known; use/],
])('policy %j is refused', (text, message) => {
  expect(() => loadPolicy(text, ['ext_proc'])).toThrow(message);
});

test('a refusal is written before it is answered, and in order', () => {
  const written: string[] = [];
  const log = new Log(text => written.push(text));
  const line = { front: 'ext_proc', rules: {}, bodyBytes: 0 };
  log.audit({ ...line, decision: 'allow' }, true);
  expect(written).toEqual([]);
  log.audit({ ...line, decision: 'deny', code: 'no_tenant' }, false);
  expect(written.join('').trim().split('\n').map(text => JSON.parse(text)).map(({ seq, decision }) => [seq, decision])).toEqual([[1, 'allow'], [2, 'deny']]);
});

test('metrics tell tenants of the policy apart, and not what clients call themselves', async () => {
  const { guard, metrics } = guardWith({ version: 1, tenant: { header: 't' }, tenants: { acme: { models: { allow: ['*'] } } } });
  for (const name of ['acme', 'nobody', 'nobody-2']) {
    guard.decide('ext_proc', { method: 'GET', target: '/v1/models', header: () => [name], headerNames: [] }, undefined);
  }
  const text = await metrics.registry.metrics();
  expect(text).toContain('tenant="acme"} 1');
  expect(text).not.toContain('nobody');
});

import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readResults, recordResult, table } from './results';

test.each([
  ['parts of one judge are added up', [{ judge: 'a', cases: 2, failed: 0 }, { judge: 'a', cases: 3, failed: 0 }], '    5  5 passed'],
  ['failures come first', [{ judge: 'a', cases: 4, refused: 1, failed: 2 }], '    4  2 FAILED, 1 passed, 1 refused at synth with a code'],
  ['what was skipped says why', [{ judge: 'a', cases: 0, failed: 0, skipped: 'no Go' }], '    0  skipped: no Go'],
  ['a judge without cases did not judge', [{ judge: 'a', cases: 0, failed: 0 }], '    0  no cases'],
])('%s', (_, results, row) => {
  expect(table(results)).toBe(`judge  cases  result\na      ${row}`);
});

test('rows keep the order of the run', () => {
  const results = ['sops', 'API server', 'sops'].map(judge => ({ judge, cases: 1, failed: 0 }));
  expect(table(results).split('\n').slice(1).map(row => row.split('  ')[0])).toEqual(['sops', 'API server']);
});

describe('the file of results', () => {
  const { JUDGE_RESULTS } = process.env;
  const file = join(mkdtempSync(join(tmpdir(), 'results-')), 'results');
  afterEach(() => {
    if (JUDGE_RESULTS === undefined) delete process.env.JUDGE_RESULTS;
    else process.env.JUDGE_RESULTS = JUDGE_RESULTS;
  });

  test('takes what scripts record, when it is named', () => {
    process.env.JUDGE_RESULTS = file;
    recordResult({ judge: 'a', cases: 1, failed: 0 });
    delete process.env.JUDGE_RESULTS;
    recordResult({ judge: 'b', cases: 1, failed: 0 });
    expect(readResults(file)).toEqual([{ judge: 'a', cases: 1, failed: 0 }]);
    expect(readResults(`${file}-missing`)).toEqual([]);
  });

  test('takes what groups of tests say', () => {
    const program = `
      const { default: Reporter } = await import(process.argv[1]);
      const tests = [['judge: a', 'passed'], ['judge: a', 'failed'], ['judge: b', 'pending'], ['other', 'failed']];
      new Reporter().onRunComplete([], { testResults: [{ testResults: tests.map(([title, status]) => ({ ancestorTitles: [title], status })) }] });`;
    const own = `${file}-of-tests`;
    execFileSync(process.execPath, ['--input-type=module', '-e', program, join(__dirname, 'reporter.mjs')], { env: { ...process.env, JUDGE_RESULTS: own } });
    expect(readResults(own)).toEqual([
      { judge: 'a', cases: 2, failed: 1 },
      { judge: 'b', cases: 0, failed: 0, skipped: '1 tests' },
    ]);
  });
});

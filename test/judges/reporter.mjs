// Counts the tests of each judge (see describe-judge.ts) and adds its row to the file that JUDGE_RESULTS names. Where all
// of a folder's tests are one judge, the option `folders` says which: { '/test/envoy/': 'the judge' }.
import { appendFileSync } from 'node:fs';

const PREFIX = 'judge: ';

export default class JudgeReporter {
  constructor(_config, { folders = {} } = {}) {
    this.folders = Object.entries(folders);
  }

  onRunComplete(_contexts, { testResults }) {
    const file = process.env.JUDGE_RESULTS;
    if (!file) return;
    const rows = new Map();
    for (const { testFilePath, ancestorTitles, status } of testResults.flatMap(suite => suite.testResults.map(test => ({ ...test, testFilePath: suite.testFilePath })))) {
      const judge = ancestorTitles.find(title => title.startsWith(PREFIX))?.slice(PREFIX.length) ?? this.folders.find(([folder]) => testFilePath.includes(folder))?.[1];
      if (judge === undefined) continue;
      const row = rows.get(judge) ?? { judge, cases: 0, failed: 0, skipped: 0 };
      rows.set(judge, row);
      if (status === 'passed' || status === 'failed') row.cases++;
      else row.skipped++;
      if (status === 'failed') row.failed++;
    }
    for (const { judge, cases, failed, skipped } of rows.values()) {
      appendFileSync(file, JSON.stringify({ judge, cases, failed, ...(skipped > 0 ? { skipped: `${skipped} tests` } : {}) }) + '\n');
    }
  }
}

import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** What one judge said, or one part of its cases. */
export interface JudgeResult {
  /** Rows of the same judge are added up. */
  readonly judge: string;
  readonly cases: number;
  /** Programs among the cases that the library itself refused, with a code. */
  readonly refused?: number;
  readonly failed: number;
  /** Why it did not judge. */
  readonly skipped?: string;
}

/**
 * Adds a line to the file that `JUDGE_RESULTS` names, for the table that ends a run of all judges. Without the variable
 * nothing is written.
 */
export function recordResult(result: JudgeResult): void {
  const file = process.env.JUDGE_RESULTS;
  if (file) appendFileSync(file, JSON.stringify(result) + '\n');
}

export function readResults(file: string): JudgeResult[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8').split('\n').filter(line => line !== '').map(line => JSON.parse(line) as JudgeResult);
}

/** A row per judge, in order of appearance. */
export function table(results: readonly JudgeResult[]): string {
  const judges = [...new Set(results.map(({ judge }) => judge))];
  const rows = judges.map(judge => {
    const own = results.filter(result => result.judge === judge);
    const sum = (of: (result: JudgeResult) => number | undefined) => own.reduce((total, result) => total + (of(result) ?? 0), 0);
    const cases = sum(result => result.cases);
    const reasons = [...new Set(own.flatMap(({ skipped }) => skipped ?? []))];
    return [judge, String(cases), resultOf(cases, sum(result => result.refused), sum(result => result.failed), reasons)];
  });
  return render([['judge', 'cases', 'result'], ...rows]);
}

function resultOf(cases: number, refused: number, failed: number, skipped: readonly string[]): string {
  const words = [
    ...(failed > 0 ? [`${failed} FAILED`] : []),
    ...(cases - refused - failed > 0 ? [`${cases - refused - failed} passed`] : []),
    ...(refused > 0 ? [`${refused} refused at synth with a code`] : []),
    ...skipped.map(reason => `skipped: ${reason}`),
  ];
  return words.length > 0 ? words.join(', ') : 'no cases';
}

function render(rows: readonly string[][]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map(row => row[column].length)));
  return rows.map(row => row.map((cell, column) => column === 1 ? cell.padStart(widths[column]) : cell.padEnd(widths[column])).join('  ').trimEnd()).join('\n');
}

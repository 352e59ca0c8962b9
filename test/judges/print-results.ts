import { readResults, table } from './results';

/** The table that ends a run of all judges. */
const file = process.env.JUDGE_RESULTS;
if (!file) throw new Error('JUDGE_RESULTS does not name the file that the judges wrote to');
const results = readResults(file);
process.stdout.write(`\n${table(results)}\n`);
if (results.some(({ failed }) => failed > 0)) process.exitCode = 1;

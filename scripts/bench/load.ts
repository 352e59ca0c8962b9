import * as path from 'path';

/** Prints the milliseconds it takes to load the peers, with or without this package. */
const modules = process.argv[2] === 'ours' ? [path.join(process.cwd(), 'lib/src')] : [];
const start = process.hrtime.bigint();
for (const name of ['constructs', 'cdk8s', ...modules]) require(name);
process.stdout.write(String(Number(process.hrtime.bigint() - start) / 1e6));

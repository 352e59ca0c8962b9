/** Prints the milliseconds it takes to load the peers, with or without this package. */
const modules = process.argv[2] === 'ours' ? ['pulumi-ai-gateway'] : [];
const start = process.hrtime.bigint();
for (const name of ['@pulumi/pulumi', '@pulumi/kubernetes', 'constructs', 'cdk8s', 'cdk8s-ai-gateway', ...modules]) require(name);
process.stdout.write(String(Number(process.hrtime.bigint() - start) / 1e6));

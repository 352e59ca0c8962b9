/** Prints the milliseconds of processor time it takes to load the peers, with or without this package. */
const modules = process.argv[2] === 'ours' ? ['pulumi-ai-gateway'] : [];
const start = process.cpuUsage();
for (const name of ['@pulumi/pulumi', '@pulumi/kubernetes', 'constructs', 'cdk8s', 'cdk8s-ai-gateway', ...modules]) require(name);
const { user, system } = process.cpuUsage(start);
process.stdout.write(String((user + system) / 1000));

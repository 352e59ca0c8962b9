import { cdk8s, SampleReadme } from 'projen';

/** Replaces projen's task chain: checking never rewrites a file, and packaging is a step of its own. */
export function declareTasks(project: cdk8s.ConstructLibraryCdk8s): void {
  const { tasks } = project;

  // jsii works on Node 20 but prints a banner about its age on every run.
  tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');
  // Lets examples import the package by its published name when tsx runs them.
  tasks.addEnvironment('TSX_TSCONFIG_PATH', 'test/tsconfig.json');

  const readme = project.node.children.find(child => child instanceof SampleReadme);
  if (readme) {
    project.node.tryRemoveChild(readme.node.id);
  }

  project.compileTask.exec('tsx scripts/bundle/main.ts');

  tasks.removeTask('build');
  tasks.addTask('build', {
    description: 'Compiles the library and regenerates API.md',
    steps: [{ spawn: 'compile' }, { spawn: 'docgen' }],
  });

  const typecheck = tasks.addTask('typecheck', {
    description: 'Checks the types of tests, examples and scripts',
    steps: ['test/tsconfig.json', 'packages/pulumi/tsconfig.dev.json'].map(path => ({ exec: `tsc --noEmit -p ${path}` })),
  });
  const lint = tasks.addTask('lint', { description: 'Lints without changing files', exec: 'eslint --max-warnings 0 .' });
  tasks.addTask('lint:fix', { description: 'Lints and fixes what can be fixed', exec: 'eslint --fix --max-warnings 0 .' });

  const jest = tasks.addTask('test:unit', {
    description: 'Runs the tests; snapshots are compared, never written',
    exec: 'jest --ci',
    receiveArgs: true,
  });
  tasks.addTask('test:update', {
    description: 'Runs the tests and rewrites their snapshots',
    exec: 'jest --updateSnapshot',
    receiveArgs: true,
  });
  const readmeCode = tasks.addTask('test:readme', {
    description: 'Compiles the code blocks of the README',
    // Rosetta cannot look up members that come from an unexported base class, and says so once for each. Of packages it
    // needs here it counts those it found as missing, without their names.
    exec: "bash -o pipefail -c \"jsii-rosetta extract --strict --directory . . 2>&1 | sed -E '/Could not resolve symbol id|supplied directory: [, ]*$/d'\"",
  });
  const generated = tasks.addTask('check-generated', {
    description: 'Fails when a generated file is not what its generator makes',
    exec: 'tsx scripts/check-generated.ts',
    receiveArgs: true,
  });

  const pulumi = tasks.addTask('compile:pulumi', { description: 'Compiles the package for Pulumi programs', exec: 'tsc -p packages/pulumi' });
  const pulumiJest = tasks.addTask('test:pulumi-unit', {
    description: 'Runs the tests of the package for Pulumi programs',
    steps: [{ exec: 'jest --ci', cwd: 'packages/pulumi', receiveArgs: true }],
  });

  project.testTask.reset();
  project.testTask.spawn(project.compileTask);
  project.testTask.spawn(pulumi);
  project.testTask.spawn(generated, { args: ['sources'] });
  // Each of these uses one processor; what one prints stays together.
  const checks = [`${generated.name} documents`, lint.name, typecheck.name, readmeCode.name].map(task => `"projen ${task}"`);
  project.testTask.exec(`concurrently --group --raw --max-processes 2 ${checks.join(' ')}`);
  project.testTask.spawn(jest);
  project.testTask.spawn(pulumiJest);

  tasks.addTask('test:gateway', {
    description: 'Sends requests through the real gateway in AIGW_BIN to providers it pretends to be',
    exec: 'tsx test/judges/gateway/main.ts',
    receiveArgs: true,
  });

  for (const [judge, description] of [
    ['sops', 'Takes what the real sops encrypts through synthesis, and decrypts what comes out'],
    ['external-secrets', 'Renders ExternalSecrets with the code of External Secrets Operator'],
    ['pulumi', 'Takes programs through preview, up, refresh and destroy of the Pulumi in PULUMI_BIN_DIR, with a real API server'],
  ]) {
    tasks.addTask(`test:${judge}`, { description, exec: `jest --ci --testMatch '<rootDir>/test/judges/${judge}/*.judge.ts'`, receiveArgs: true });
  }

  // A benchmark of what an older commit compiled to would be believed.
  tasks.addTask('bench', {
    description: 'Measures synthesis against raw manifests',
    steps: [{ spawn: 'compile' }, { exec: 'tsx scripts/bench/main.ts' }],
  });
  tasks.addTask('bench:pulumi', {
    description: 'Measures loading the package for Pulumi and registering models',
    steps: [{ spawn: 'compile' }, { spawn: 'compile:pulumi' }, { exec: 'tsx packages/pulumi/bench/main.ts' }],
  });

  tasks.addTask('docs', {
    description: 'Regenerates API.md and every other generated document',
    steps: [{ spawn: 'compile' }, { exec: 'tsx scripts/check-generated.ts --write' }],
  });

  for (const [name, script, description] of [
    ['quickstart', 'scripts/quickstart.ts', 'Synthesizes the quickstart example'],
    ['imports', 'scripts/imports/main.ts', 'Regenerates imports/ from the CRD files in CRDS_DIR'],
    ['test:cluster', 'test/judges/cluster/main.ts', 'Applies what the examples synthesize to a real API server, for every release'],
    ['test:mutants', 'test/judges/mutants/main.ts', 'Changes the library in one place at a time and asks judges whether they notice'],
    ['test:generated', 'test/generated/main.ts', 'Judges GENERATED_COUNT random programs (1000) by a real API server'],
    ['judges:results', 'test/judges/print-results.ts', 'Prints what the judges of a run said, from the file in JUDGE_RESULTS'],
  ]) {
    tasks.addTask(name, { description, exec: `tsx ${script}`, receiveArgs: true });
  }
}

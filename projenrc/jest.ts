import { javascript } from 'projen';

/** Tests run from source. The transform only strips types; checking them is a task of its own. */
export function configureJest(project: javascript.NodeProject): void {
  project.addDevDeps('@swc/core@1.16.18', '@swc/jest@^0.2.39', '@types/jest@^30.0.0', 'jest@^30.5.2');
  project.package.addField('jest', {
    testMatch: ['<rootDir>/test/**/*.test.ts', '<rootDir>/examples/**/*.test.ts'],
    testTimeout: 30_000,
    clearMocks: true,
    globalSetup: '<rootDir>/test/setup/temporary-folder.ts',
    globalTeardown: '<rootDir>/test/setup/remove-temporary-folder.ts',
    reporters: ['default', '<rootDir>/test/judges/reporter.mjs'],
    moduleNameMapper: { '^cdk8s-ai-gateway$': '<rootDir>/src/index.ts' },
    // A package.json below the root, also in a git worktree in a dot folder, would collide with ours.
    modulePathIgnorePatterns: ['<rootDir>/lib/', '<rootDir>/dist/', '<rootDir>/packages/', '<rootDir>/\\.'],
    transform: {
      '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } }],
    },
  });
}

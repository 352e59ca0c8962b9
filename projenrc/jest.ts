import { javascript } from 'projen';

/** Tests run from source. Types are checked by a task of their own, so the transform only strips them. */
export function configureJest(project: javascript.NodeProject): void {
  project.addDevDeps('@types/jest@^30.0.0', 'jest@^30.5.2', 'ts-jest@^29.4.15');
  project.package.addField('jest', {
    testMatch: ['<rootDir>/test/**/*.test.ts', '<rootDir>/examples/**/*.test.ts'],
    testTimeout: 30_000,
    clearMocks: true,
    moduleNameMapper: { '^cdk8s-ai-gateway$': '<rootDir>/src/index.ts' },
    // A package.json below the root, also in a git worktree in a dot folder, would collide with ours.
    modulePathIgnorePatterns: ['<rootDir>/lib/', '<rootDir>/dist/', '<rootDir>/packages/', '<rootDir>/\\.'],
    transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'test/tsconfig.json', transpilation: true }] },
  });
}

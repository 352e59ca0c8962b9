import { cdk8s, JsonFile } from 'projen';

const FOLDER = 'packages/pulumi';
const SDK = '3.248.0';

/** The package for Pulumi programs: a workspace, because it is no jsii module and jsii wants the root for itself. */
export function declarePulumi(project: cdk8s.ConstructLibraryCdk8s): void {
  new JsonFile(project, `${FOLDER}/package.json`, {
    marker: false,
    obj: {
      name: 'pulumi-ai-gateway',
      // Both packages are released together, and this one uses what the other does not publish.
      version: '0.0.0',
      description: 'Envoy AI Gateway in Pulumi programs: the constructs of cdk8s-ai-gateway as Pulumi components.',
      keywords: ['pulumi', 'kubernetes', 'envoy', 'ai-gateway', 'llm', 'cdk8s'],
      license: 'Apache-2.0',
      repository: { type: 'git', url: 'https://github.com/cdk8s-ai-gateway/cdk8s-ai-gateway.git', directory: FOLDER },
      main: 'lib/index.js',
      types: 'lib/index.d.ts',
      files: ['lib', 'README.md'],
      engines: { node: '>= 20.0.0' },
      peerDependencies: {
        '@pulumi/kubernetes': '^4.29.0',
        '@pulumi/pulumi': '^3.206.0',
        'cdk8s': '^2.68.93',
        'cdk8s-ai-gateway': '0.0.0',
        'constructs': '^10.3.0',
      },
      devDependencies: {
        // The newest that runs on Node.js 20.
        '@pulumi/kubernetes': '4.34.2',
        '@pulumi/pulumi': SDK,
        'cdk8s-ai-gateway': 'file:../..',
      },
      jest: {
        testMatch: ['<rootDir>/test/**/*.test.ts'],
        testEnvironment: '<rootDir>/test/engine/environment.js',
        testTimeout: 60_000,
        clearMocks: true,
        transform: {
          '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } }],
        },
      },
    },
  });

  new JsonFile(project, `${FOLDER}/tsconfig.json`, {
    marker: false,
    obj: {
      compilerOptions: {
        strict: true,
        target: 'ES2022',
        lib: ['es2023'],
        module: 'node20',
        types: ['node'],
        declaration: true,
        stripInternal: true,
        noUnusedLocals: true,
        noUnusedParameters: true,
        noImplicitReturns: true,
        skipLibCheck: true,
        rootDir: 'src',
        outDir: 'lib',
      },
      include: ['src/**/*.ts'],
    },
  });
  // For the type checker and the linter: everything, and nothing is written.
  new JsonFile(project, `${FOLDER}/tsconfig.dev.json`, {
    marker: false,
    obj: {
      extends: './tsconfig.json',
      compilerOptions: { noEmit: true, rootDir: '../..', types: ['node', 'jest'], paths: { 'pulumi-ai-gateway': ['./src/index.ts'] } },
      include: ['src/**/*.ts', 'test/**/*.ts', 'generator/**/*.ts', 'examples/**/*.ts', 'bench/**/*.ts'],
    },
  });

  project.gitignore.exclude('/packages/*/lib/', '/packages/*/node_modules/');
}

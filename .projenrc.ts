import { cdk8s, javascript, typescript } from 'projen';
import { configureJest } from './projenrc/jest';
import { declarePolicyServer } from './projenrc/policy-server';
import { declarePulumi } from './projenrc/pulumi';
import { declareTasks } from './projenrc/tasks';

const project = new cdk8s.ConstructLibraryCdk8s({
  name: 'cdk8s-ai-gateway',
  description: 'cdk8s constructs for Envoy AI Gateway: if it synthesizes, the gateway accepts it and does what it says.',
  keywords: ['cdk8s', 'kubernetes', 'envoy', 'ai-gateway', 'llm'],
  author: 'cdk8s-ai-gateway maintainers',
  authorAddress: 'https://github.com/cdk8s-ai-gateway/cdk8s-ai-gateway',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk8s-ai-gateway/cdk8s-ai-gateway.git',
  license: 'Apache-2.0',
  copyrightOwner: 'cdk8s-ai-gateway maintainers',
  stability: 'experimental',
  defaultReleaseBranch: 'main',
  sampleCode: false,

  // The peers' oldest versions we claim are the ones we develop against.
  cdk8sVersion: '2.68.93',
  constructsVersion: '10.3.0',
  peerDeps: ['cdk8s-plus-28@^2.5.6'],
  bundledDeps: ['re2js@^2.10.0', 'yaml@^2.9.1'],
  minNodeVersion: '20.0.0',
  packageManager: javascript.NodePackageManager.NPM,
  projenVersion: '^0.103.25',
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.0',
  devDeps: [
    '@bufbuild/cel@~0.6.1',
    '@bufbuild/protobuf@^2.6.2',
    '@bufbuild/re2@~0.6.1',
    '@peculiar/x509@^2.2.0',
    '@stylistic/eslint-plugin@^5.10.0',
    '@types/aws4@^1.11.6',
    '@types/dns-packet@^5.6.5',
    '@typescript-eslint/parser@^8.73.0',
    'age-encryption@^0.3.1',
    'aws4@^1.13.2',
    'cdk8s-cli@^2.207.60',
    'concurrently@^9.2.1',
    'dns-packet@^5.6.1',
    'eslint-import-resolver-typescript@^4.4.5',
    'eslint-plugin-import-x@^4.18.1',
    'eslint@^10.15.0',
    'fast-check@^4.10.2',
    'esbuild@^0.28.0',
    'js-yaml@^5.5.0',
    'reflect-metadata@^0.2.2',
    'tsx@^4.23.15',
    'typescript-eslint@^8.73.0',
  ],

  publishToPypi: { distName: 'cdk8s-ai-gateway', module: 'cdk8s_ai_gateway' },
  publishToMaven: {
    javaPackage: 'io.github.cdk8saigateway',
    mavenGroupId: 'io.github.cdk8s-ai-gateway',
    mavenArtifactId: 'cdk8s-ai-gateway',
  },
  publishToGo: { moduleName: 'github.com/cdk8s-ai-gateway/cdk8s-ai-gateway-go', packageName: 'aigateway' },
  publishToNuget: { dotNetNamespace: 'Cdk8sAIGateway', packageId: 'Cdk8sAIGateway' },

  // Releases and dependency updates are decided by people; hosting is not assumed.
  github: false,
  release: false,
  depsUpgrade: false,
  integrationTestAutoDiscover: false,
  clobber: false,

  // What ships is listed in `files`; a list of exclusions lets new folders slip in.
  npmignoreEnabled: false,
  entrypoint: 'lib/src/index.js',
  tsconfig: {
    include: ['imports/**/*.ts'],
    exclude: ['lib', 'test', 'examples', 'scripts', 'packages', 'projenrc'],
    compilerOptions: {
      rootDir: '.',
      target: 'ES2023',
      lib: ['es2023'],
      module: 'node20',
      types: ['node'],
      // Source maps inside the files make the package four times larger.
      inlineSourceMap: false,
      inlineSources: false,
    },
  },
  tsconfigDev: {
    include: ['../src/**/*.ts', '../imports/**/*.ts', '../examples/**/*.ts', '../scripts/**/*.ts', '../projenrc/**/*.ts', '../.projenrc.ts'],
    compilerOptions: {
      // jsii wants plain re-exports of types, which isolated modules forbid.
      isolatedModules: false,
      types: ['node', 'jest'],
      paths: { 'cdk8s-ai-gateway': ['../src/index.ts'] },
    },
  },
  projenrcTs: true,
  runner: typescript.TypeScriptRunner.tsx(),

  eslint: false,
  jest: false,
  gitignore: ['.jsii.tabl.json', '*.tgz', 'examples/*/dist/', 'packages/ext-proc/dist/'],
});

project.npmrc.addConfig('omit-lockfile-registry-resolved', 'true');
// projen asks for any version of these two.
project.addDevDeps('jsii-diff@^1.134.0', 'jsii-pacmak@^1.140.0');
// Like @swc/core, held at a release that has its binary for every platform: `npm ci` fails when one is missing.
project.package.addPackageResolutions('unrs-resolver@1.12.2');
// They work without their install scripts, and npm names the undecided ones on every install.
project.package.addField('allowScripts', { '@parcel/watcher': false, '@swc/core': false, '@pulumi/kubernetes': false, 'esbuild': false, 'protobufjs': false, 'unrs-resolver': false });
// Packages that are not jsii modules; the jsii package stays at the root, where npm packs what it bundles.
project.package.addField('workspaces', ['packages/*']);
project.package.addField('files', ['lib', '.jsii', 'API.md']);
project.package.addField('types', 'lib/src/index.d.ts');

configureJest(project);
declareTasks(project);
declarePulumi(project);
declarePolicyServer(project);

project.synth();

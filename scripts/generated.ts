import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Something that writes committed files, and no file of another generator. */
export interface Generator {
  readonly name: string;
  /** What it writes: files, or folders. */
  readonly files: readonly string[];
  /** Refreshes the files. Runs from the root, without network. */
  readonly command: string;
  /** Why it cannot run here, if it cannot. */
  readonly skip?: () => string | undefined;
}

/** What `npm run docs` refreshes, and no program reads. */
export const documents: readonly Generator[] = [
  { name: 'API reference', files: ['API.md'], command: 'npx projen docgen' },
  { name: 'error codes', files: ['docs/codes.md'], command: 'npx tsx scripts/docs/codes.ts' },
  { name: 'support of platforms', files: ['docs/support.md'], command: 'npx tsx scripts/docs/support.ts' },
  { name: 'limits', files: ['docs/limits.md'], command: 'npx tsx scripts/docs/limits.ts', skip: withoutCrds },
  { name: 'output of the examples', files: exampleOutputs(), command: 'npx tsx scripts/examples.ts' },
];

/** What is compiled, or says how. */
export const sources: readonly Generator[] = [
  { name: 'project files', files: ['package.json', ...projenFiles()], command: 'npx projen' },
  { name: 'components for Pulumi', files: ['packages/pulumi/src/generated'], command: 'npx tsx packages/pulumi/generator/main.ts' },
  {
    name: 'upstream types',
    files: ['imports'],
    command: 'npm run --silent imports',
    skip: withoutCrds,
  },
];

function withoutCrds(): string | undefined {
  return existsSync(process.env.CRDS_DIR || '../shared/crds') ? undefined : 'no CRD folder (set CRDS_DIR)';
}

function projenFiles(): readonly string[] {
  const { files } = JSON.parse(readFileSync('.projen/files.json', 'utf8')) as { files: readonly string[] };
  return files;
}

function exampleOutputs(): readonly string[] {
  return readdirSync('examples').filter(name => existsSync(`examples/${name}/main.ts`)).map(name => `examples/${name}/output`);
}

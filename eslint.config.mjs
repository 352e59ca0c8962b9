import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import stylistic from '@stylistic/eslint-plugin';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';
import { zones } from './eslint.zones.mjs';

const tsconfig = 'test/tsconfig.json';
const { peerDependencies } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

export default tseslint.config(
  {
    ignores: [
      'lib/', 'dist/', 'coverage/', 'imports/', 'examples/*/output/', '**/.*/', '**/*.d.ts',
      'packages/*', '!packages/ext-proc', 'packages/ext-proc/dist/', '!packages/pulumi', 'packages/pulumi/lib/', 'packages/pulumi/src/generated/',
    ],
  },
  {
    files: ['**/*.ts', '*.mjs'],
    plugins: { '@stylistic': stylistic, 'import': importX },
    settings: {
      // Without these two, rules that follow imports see no exports in TypeScript files and stay silent.
      'import-x/extensions': ['.ts', '.mjs'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
      'import-x/resolver-next': [createTypeScriptImportResolver({ project: tsconfig })],
    },
    rules: {
      '@stylistic/array-bracket-spacing': 'error',
      '@stylistic/arrow-parens': 'off',
      '@stylistic/brace-style': ['error', '1tbs', { allowSingleLine: true }],
      '@stylistic/comma-dangle': ['error', 'always-multiline'],
      '@stylistic/comma-spacing': 'error',
      '@stylistic/eol-last': 'error',
      '@stylistic/indent': ['error', 2],
      '@stylistic/key-spacing': 'error',
      '@stylistic/keyword-spacing': 'error',
      '@stylistic/max-len': ['error', { code: 150, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true }],
      '@stylistic/member-delimiter-style': 'error',
      '@stylistic/no-multi-spaces': 'error',
      '@stylistic/no-multiple-empty-lines': ['error', { max: 1, maxBOF: 0, maxEOF: 0 }],
      '@stylistic/no-trailing-spaces': 'error',
      '@stylistic/object-curly-spacing': ['error', 'always'],
      '@stylistic/quotes': ['error', 'single', { avoidEscape: true }],
      '@stylistic/semi': 'error',
      '@stylistic/space-before-blocks': 'error',
      '@stylistic/space-infix-ops': 'error',
      'curly': ['error', 'multi-line', 'consistent'],
      'eqeqeq': ['error', 'always', { null: 'ignore' }],
      'import/no-cycle': ['error', { ignoreExternal: true }],
      'import/no-duplicates': 'error',
      'import/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones }],
      'import/order': ['error', { groups: ['builtin', 'external', ['parent', 'sibling', 'index']] }],
      'max-lines': ['error', 500],
      'no-var': 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommended],
    languageOptions: { parserOptions: { project: tsconfig, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-explicit-any': 'off',
      // Modules of our own may be loaded on first use; what the package does not need at once does not slow its import.
      '@typescript-eslint/no-require-imports': ['error', { allow: ['^\\.\\.?/'] }],
      '@typescript-eslint/no-shadow': 'error',
      '@typescript-eslint/no-this-alias': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/return-await': 'error',
    },
  },
  {
    files: ['packages/ext-proc/**/*.ts'],
    languageOptions: { parserOptions: { project: 'packages/ext-proc/tsconfig.json', tsconfigRootDir: import.meta.dirname } },
  },
  {
    files: ['packages/pulumi/**/*.ts'],
    languageOptions: { parserOptions: { project: 'packages/pulumi/tsconfig.dev.json', tsconfigRootDir: import.meta.dirname } },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver({ project: 'packages/pulumi/tsconfig.dev.json' })] },
  },
  {
    // The benchmark loads modules at a moment of its choosing.
    files: ['scripts/**/*.ts', 'packages/pulumi/bench/**/*.ts'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'import/no-extraneous-dependencies': ['error', { devDependencies: false, includeTypes: true }],
    },
  },
  {
    files: ['examples/**/*.ts'],
    rules: {
      // An example can be pasted into another project, so it imports what that project can.
      'no-restricted-imports': ['error', {
        patterns: [
          { regex: '^(\\.\\./)+(src|lib)(/|$)', message: 'Import cdk8s-ai-gateway.' },
          {
            regex: `^(?!\\.|node:|(${['cdk8s-ai-gateway', ...Object.keys(peerDependencies), ...builtinModules].join('|')})$)`,
            message: 'Examples import only cdk8s-ai-gateway, its peer dependencies and Node.',
          },
        ],
      }],
    },
  },
);

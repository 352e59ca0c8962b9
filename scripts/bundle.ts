import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from 'esbuild';

/**
 * Puts what jsii compiled into one file. Node spends most of the time that the package takes to
 * load on finding and opening its files, one for each rule.
 *
 * What packages may import stays in its place and hands on its part of the bundle.
 */
const SOURCE = join(__dirname, '../lib');
const BUNDLE = 'bundle.js';
const ENTRIES = ['index', 'bridge'].filter(entry => existsSync(join(SOURCE, 'src', `${entry}.js`)));

async function main(): Promise<void> {
  await build({
    stdin: {
      // Functions, so that one entry does not load the others.
      contents: ENTRIES.map(entry => `exports.${entry} = () => require('./${entry}.js');`).join('\n'),
      resolveDir: join(SOURCE, 'src'),
    },
    bundle: true,
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
    outfile: join(SOURCE, 'src', BUNDLE),
  });
  for (const file of compiledFiles()) rmSync(file);
  for (const entry of ENTRIES) {
    writeFileSync(join(SOURCE, 'src', `${entry}.js`), `'use strict';\nmodule.exports = require('./${BUNDLE}').${entry}();\n`);
  }
}

function compiledFiles(): string[] {
  return readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.js') && file !== relative(SOURCE, join(SOURCE, 'src', BUNDLE)))
    .map(file => join(SOURCE, file));
}

void main();

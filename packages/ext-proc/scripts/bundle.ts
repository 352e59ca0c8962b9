import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync, Metafile } from 'esbuild';

const root = join(__dirname, '..');
export const BUNDLE = join(root, 'dist', 'policy-server.cjs');

/** One file with everything the server needs but Node. Same sources, same bytes. */
export function bundle(outfile = BUNDLE): Metafile {
  mkdirSync(join(outfile, '..'), { recursive: true });
  return buildSync({
    absWorkingDir: root,
    entryPoints: ['src/main.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    // Not a module: protobufjs looks for Node's Buffer through require.
    format: 'cjs',
    minify: true,
    legalComments: 'eof',
    metafile: true,
    banner: { js: '#!/usr/bin/env node' },
    loader: { '.proto': 'text' },
    logLevel: 'warning',
  }).metafile;
}

if (require.main === module) bundle();

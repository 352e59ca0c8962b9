import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Assembly } from './assembly';
import { componentsFile } from './components';
import { shapesFile, structsFile } from './structs';
import { valuesFile } from './values';

/** Writes the components for Pulumi from the assembly of the constructs. */
const assembly = new Assembly(join(__dirname, '../../../.jsii'));
const folder = join(__dirname, '../src/generated');
const files = {
  'components.ts': componentsFile(assembly),
  'shapes.ts': shapesFile(assembly),
  'structs.ts': structsFile(assembly),
  'values.ts': valuesFile(assembly),
};

mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);

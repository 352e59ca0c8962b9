import * as fs from 'fs';
import * as path from 'path';
import { catalogue } from '../src/catalogue';

function files(folder: string): string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const at = path.join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'judges' ? [] : files(at);
    return entry.name.endsWith('.test.ts') && at !== __filename ? [at] : [];
  });
}

const tests = files(__dirname).map(file => fs.readFileSync(file, 'utf8')).join('\n');

test('every code is there once', () => {
  const codes = catalogue.map(d => d.code);
  expect([...new Set(codes)]).toEqual(codes);
});

test.each(catalogue.map(d => [d.code, d] as const))('%s is documented in sentences, and a test provokes it', (code, definition) => {
  expect(code).toMatch(/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/);
  expect(definition.title).not.toMatch(/\.$/);
  for (const text of [definition.cause, definition.consequence, definition.fix]) expect(text).toMatch(/^[A-Z`'][\s\S]{10,}\.$/);
  expect(tests).toMatch(new RegExp(`\\b${code}\\b`));
});

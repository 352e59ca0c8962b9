import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseDocument } from 'yaml';

const guide = readFileSync(join(__dirname, '../../docs/gitops.md'), 'utf8');
const blocks = [...guide.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text]) => text);
const titled = (name: string) => parse(blocks.find(text => text.startsWith(`# ${name}\n`))!);

test('every YAML block of the guide is a manifest', () => {
  expect(blocks.length).toBeGreaterThan(2);
  for (const text of blocks) {
    const document = parseDocument(text);
    expect([...document.errors, ...document.warnings]).toEqual([]);
    expect(document.toJS()).toMatchObject({ apiVersion: expect.any(String), kind: expect.any(String) });
  }
});

test('KSOPS is run by the kustomization, as a function, on the file that the program checks', () => {
  const [, checked] = /fromSopsFile\('([^']+)', \{ mode: SopsMode\.REFERENCE \}\)/.exec(guide)!;
  const generator = titled('ksops.yaml');
  expect(titled('kustomization.yaml')).toMatchObject({ kind: 'Kustomization', generators: ['ksops.yaml'] });
  expect(generator).toMatchObject({ apiVersion: 'viaduct.ai/v1', kind: 'ksops', files: [checked] });
  expect(parse(generator.metadata.annotations['config.kubernetes.io/function'])).toEqual({ exec: { path: 'ksops' } });
});

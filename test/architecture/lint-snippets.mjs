import { readFileSync } from 'node:fs';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

// Jest cannot load ESLint's configuration, an ES module, so the test runs this in a process of its own.
const snippets = JSON.parse(readFileSync(0, 'utf8'));
const eslint = new ESLint({
  // Snippets belong to no TypeScript project, which rules that know types insist on.
  overrideConfig: { ...tseslint.configs.disableTypeChecked, files: ['**/*.ts'] },
});
const complaints = [];
for (const { file, code } of snippets) {
  const [{ messages }] = await eslint.lintText(code, { filePath: file });
  complaints.push(messages.map(({ ruleId, message }) => `${ruleId}: ${message}`));
}
process.stdout.write(JSON.stringify(complaints));

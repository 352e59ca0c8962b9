import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compile, failure, isTransition } from './cel-rules';
import { rootSchema, toCel } from './cel-value';
import { CrdIndex } from './crd-index';
import { describeWithCrds } from './describe-with-crds';
import { crdsAvailable, crdsFolder } from './release-set';
import { samples } from './samples';
import { Rule, Schema, walkSchema } from './schema';

/** Every folder with CRD files, at any depth. */
function crdFolders(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  const below = entries.filter(entry => entry.isDirectory()).flatMap(entry => crdFolders(join(folder, entry.name)));
  return entries.some(entry => entry.name.endsWith('.yaml')) ? [folder, ...below] : below;
}

/** Every rule of every CRD, once for each text, with one place where it stands. */
function allRules(): { rule: Rule; schema: Schema; place: string }[] {
  const found = new Map<string, { rule: Rule; schema: Schema; place: string }>();
  for (const folder of crdFolders(crdsFolder())) {
    for (const { kind, versions } of new CrdIndex([folder]).all()) {
      for (const version of versions) {
        walkSchema(rootSchema(version.schema), kind, (schema, place) => {
          for (const rule of schema['x-kubernetes-validations'] ?? []) {
            if (!found.has(rule.rule)) found.set(rule.rule, { rule, schema, place });
          }
        });
      }
    }
  }
  return [...found.values()];
}

function isDecided(rule: Rule, schema: Schema): boolean {
  for (const value of samples(schema)) {
    const reason = failure(rule, toCel(schema, value, new WeakMap()));
    if (reason === undefined || !reason.includes('cannot be evaluated')) return true;
  }
  return false;
}

describeWithCrds('the CEL rules of all CRDs', () => {
  const rules = crdsAvailable() ? allRules() : [];
  const onCreation = rules.filter(({ rule }) => !isTransition(rule));

  test('there are hundreds, one of which compares with an earlier state', () => {
    expect(rules.length).toBeGreaterThan(400);
    expect(rules.filter(({ rule }) => isTransition(rule)).map(({ place }) => place)).toEqual(['GatewayClass.spec.controllerName']);
  });

  test('each is understood', () => {
    for (const { rule } of onCreation) {
      expect(() => compile(rule.rule)).not.toThrow();
      if (rule.messageExpression !== undefined) expect(() => compile(rule.messageExpression ?? '')).not.toThrow();
    }
  });

  test('each decides about some value', () => {
    const undecided = onCreation.filter(({ rule, schema }) => !isDecided(rule, schema));
    expect(undecided.map(({ rule, place }) => `${place}: ${rule.rule}`)).toEqual([]);
  });
});

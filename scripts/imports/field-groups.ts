import type { FieldGroup } from '../../imports/schema';
import type { CrdSchema } from './crd';

const HAS = 'has\\(self\\.(?:\\w+)\\)';
const LISTED = `\\[${HAS}(?:,\\s*${HAS})*\\]\\.filter\\(x,\\s*x\\s*==\\s*true\\)\\.size\\(\\)`;
const ANY = `${HAS}(?: \\|\\| ${HAS})*`;

/** Forms of CEL rules that ask for nothing but which fields of an object are given; `names` are those of the rule, in order. */
const FORMS: readonly (readonly [form: RegExp, read: (names: readonly string[]) => FieldGroup[]])[] = [
  [form(`${LISTED} == 1`), f => [{ f, least: 1, most: 1 }]],
  [form(`${LISTED} <= 1`), f => [{ f, most: 1 }]],
  [form(`${LISTED} >= 1`), f => [{ f, least: 1 }]],
  [form(ANY), f => [{ f, least: 1 }]],
  [form(`${HAS} \\? true : ${HAS}`), f => [{ f, least: 1 }]],
  [form(`${HAS} != ${HAS}`), f => [{ f, least: 1, most: 1 }]],
  [form(`!\\(${HAS} && ${HAS}\\)`), f => [{ f, most: 1 }]],
  [form(`!${HAS} \\|\\| !${HAS}`), f => [{ f, most: 1 }]],
  [form(`${HAS} \\? !${HAS} : true`), f => [{ f, most: 1 }]],
  [form(`${HAS} == ${HAS}`), together],
  [form(`${HAS} \\|\\| ${HAS} \\? ${HAS} && ${HAS} : true`), together],
  [form(`${HAS} \\? ${ANY} : true`), ([given, ...f]) => [{ with: given, f, least: 1 }]],
  [form(`${HAS} \\? ${LISTED} == 0 : true`), ([given, ...f]) => [{ with: given, f, most: 0 }]],
  [form(`!${HAS} \\|\\| \\(!${HAS}(?: && !${HAS})*\\)`), ([given, ...f]) => [{ with: given, f, most: 0 }]],
  [form(`${HAS} \\|\\| \\(${HAS}(?: && ${HAS})*\\)`), ([one, ...all]) => all.map(name => ({ f: [one!, name], least: 1 }))],
  [form(`${HAS} \\|\\| ${LISTED} == 1`), ([one, ...f]) => [{ f: [one!, ...f], least: 1 }, { f, most: 1 }]],
];

/** What the CEL rules of a schema say of which fields are given; rules of other forms are left out. */
export function fieldGroups({ 'x-kubernetes-validations': rules = [] }: CrdSchema): FieldGroup[] {
  return merged(rules.flatMap(({ rule }) => {
    const text = rule.trim().replace(/\s+/g, ' ');
    const [, read] = FORMS.find(([wanted]) => wanted.test(text)) ?? [];
    return read?.([...text.matchAll(/has\(self\.(\w+)\)/g)].map(([, name]) => name!)) ?? [];
  }));
}

/** Upstream often says of the same fields twice what it means. */
function merged(groups: readonly FieldGroup[]): FieldGroup[] {
  const byFields = new Map<string, FieldGroup>();
  for (const group of groups) {
    const key = JSON.stringify([group.with, ...[...group.f].sort()]);
    byFields.set(key, { ...group, ...byFields.get(key) });
  }
  return [...byFields.values()];
}

function together(names: readonly string[]): FieldGroup[] {
  const [one, other] = names as readonly [string, string];
  return [{ with: one, f: [other], least: 1 }, { with: other, f: [one], least: 1 }];
}

function form(text: string): RegExp {
  return new RegExp(`^${text}$`);
}

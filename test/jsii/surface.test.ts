import * as fs from 'fs';
import * as path from 'path';

/** The assembly the compiler wrote: what other languages see. */
const file = path.join(__dirname, '../../.jsii');
const assembly = JSON.parse(fs.readFileSync(file, 'utf8'));
const types: any[] = Object.values(assembly.types);
const named = (type: any) => type.fqn.replace('cdk8s-ai-gateway.', '');

function* members(): Iterable<{ where: string; member: any; struct: boolean }> {
  for (const type of types) {
    for (const property of type.properties ?? []) yield { where: `${named(type)}.${property.name}`, member: property, struct: type.datatype === true };
    for (const method of [...type.methods ?? [], ...type.initializer ? [type.initializer] : []]) {
      for (const parameter of method.parameters ?? []) yield { where: `${named(type)}.${method.name ?? 'new'}(${parameter.name})`, member: parameter, struct: false };
      if (method.returns) yield { where: `${named(type)}.${method.name}()`, member: method.returns, struct: false };
    }
  }
}

function kinds(type: any): string[] {
  if (!type) return [];
  if (type.primitive) return [type.primitive];
  if (type.union) return ['union'];
  if (type.collection) return kinds(type.collection.elementtype);
  return [];
}

test('no member is of any type, or of one of several: other languages could not say which', () => {
  const weak = [...members()].filter(({ member }) => kinds(member.type).some(k => ['any', 'union', 'json'].includes(k))).map(m => m.where);
  expect(weak).toEqual([]);
});

test('every optional property says what happens without it', () => {
  const silent = [...members()].filter(({ member, struct }) => struct && member.optional && !member.docs?.default).map(m => m.where);
  expect(silent).toEqual([]);
});

test('everything has a description', () => {
  const undocumented = [
    ...types.filter(type => !type.docs?.summary).map(named),
    ...[...members()].filter(({ where, member }) => !where.includes('(') && !member.docs?.summary).map(m => m.where),
  ];
  expect(undocumented).toEqual([]);
});

test('defaults are literals or sentences, never "undefined"', () => {
  const odd = [...members()].map(({ where, member }) => [where, member.docs?.default]).filter(([, text]) => /undefined/i.test(text ?? ''));
  expect(odd).toEqual([]);
});

test('no property can hold a credential', () => {
  const suspicious = [...members()].filter(({ where, member }) => /(secret|token|password|apikey)(value)?$/i.test(member.name ?? '')
    && kinds(member.type).includes('string') && !/Name$/.test(where)).map(m => m.where);
  expect(suspicious).toEqual([]);
});

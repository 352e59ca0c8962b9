import * as ts from 'typescript';

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

const CLASS_NAME = /^ +static \[JSII_RTTI_SYMBOL_1\] = (\{ fqn: "[\w.-]+\.(\w+)", version: "[^"]+" \});$/gm;

/** A source, with the names that jsii gave the classes which it compiled from it. */
export function withNamesOfClasses(source: string, compiled: string): string {
  const names = new Map([...compiled.matchAll(CLASS_NAME)].map(([, name, of]) => [of, name]));
  if (names.size < compiled.split('[JSII_RTTI_SYMBOL_1] =').length - 1) throw new Error('jsii writes the names of classes in another way');
  return edited(source, (node) => {
    const name = ts.isClassDeclaration(node) && node.name ? names.get(node.name.text) : undefined;
    if (name === undefined) return [];
    const { pos } = (node as ts.ClassDeclaration).members;
    return [{ from: pos, to: pos, text: `static [Symbol.for('jsii.rtti')] = ${name};` }];
  });
}

/** esbuild writes `var Policy = class _Policy` where a class speaks of itself: a program that prints one would see that. */
export function withOwnNames(code: string): string {
  return edited(code, (node) => {
    if (!ts.isVariableDeclaration(node) || !ts.isIdentifier(node.name) || !node.initializer || !ts.isClassExpression(node.initializer)) return [];
    const { name: { text }, initializer } = node;
    if (initializer.name?.text !== `_${text}`) return [];
    return identifiersIn(initializer, `_${text}`).map(found => ({ from: found.getStart(), to: found.getEnd(), text }));
  });
}

function identifiersIn(node: ts.Node, text: string): ts.Identifier[] {
  const found: ts.Identifier[] = [];
  const visit = (inner: ts.Node): void => {
    if (ts.isIdentifier(inner) && inner.text === text) found.push(inner);
    ts.forEachChild(inner, visit);
  };
  visit(node);
  return found;
}

/** What a definition of a code has for the page of all codes, which is generated from the sources. */
const EXPLANATIONS: ReadonlySet<string> = new Set(['title', 'cause', 'consequence']);

/** A tenth of what the rules are as text, and as much again once they are loaded. */
export function withoutExplanations(code: string): string {
  return edited(code, (node) => {
    if (!ts.isObjectLiteralExpression(node)) return [];
    const named = node.properties.filter(property => property.name && EXPLANATIONS.has(property.name.getText()));
    if (named.length < EXPLANATIONS.size || !node.properties.some(property => property.name?.getText() === 'code')) return [];
    return named.map((property) => {
      const end = property.getEnd();
      return { from: property.getStart(), to: code[end] === ',' ? end + 1 : end, text: '' };
    });
  });
}

/**
 * In parentheses, the function that is a rule's check is compiled when its file is: otherwise V8 scans it there, and
 * once more when it is run. Only where all are run: what is compiled takes memory.
 */
export function compiledAtOnce(code: string): string {
  return edited(code, (node) => {
    if (!ts.isMethodDeclaration(node) || !ts.isObjectLiteralExpression(node.parent) || node.modifiers || node.name.getText() !== 'check') return [];
    return [
      { from: node.getStart(), to: node.name.getEnd(), text: `check:(function${node.asteriskToken ? '*' : ''}` },
      { from: node.getEnd(), to: node.getEnd(), text: ')' },
    ];
  });
}

function edited(code: string, editsAt: (node: ts.Node) => readonly Edit[]): string {
  const edits: Edit[] = [];
  const visit = (node: ts.Node): void => {
    edits.push(...editsAt(node));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('part.ts', code, ts.ScriptTarget.ES2022, true));
  return edits.sort((a, b) => b.from - a.from).reduce((text, edit) => text.slice(0, edit.from) + edit.text + text.slice(edit.to), code);
}

import { celEnv, isCelError, parse, plan, type CelInput } from '@bufbuild/cel';
import { kubernetesFunctions } from './cel-functions';
import { toCel, type CelValues } from './cel-value';
import { Complaint, field, isObject } from './complaint';
import { re2 } from './pattern';
import { fieldSchema } from './prepare';
import { Rule, Schema } from './schema';

type Program = (bindings: { readonly self: CelInput }) => unknown;

const env = celEnv({ funcs: kubernetesFunctions, re2: { compile: re2 } });
/** What the planner itself knows, without a function of the environment. */
const OPERATORS: ReadonlySet<string> = new Set(['_[_]', '_?_:_', '_&&_', '_||_', '@not_strictly_false']);
const TYPES: ReadonlySet<string> = new Set(['bool', 'bytes', 'double', 'duration', 'int', 'list', 'map', 'string', 'timestamp', 'type']);

const programs = new Map<string, Program>();

/** Evaluates every rule of a value and of what is below it. */
export function checkRules(schema: Schema, value: unknown, path: string, values: CelValues, complaints: Complaint[]): void {
  if (value === null || value === undefined) return;
  for (const rule of schema['x-kubernetes-validations'] ?? []) {
    if (isTransition(rule)) continue;
    const reason = failure(rule, toCel(schema, value, values));
    if (reason !== undefined) complaints.push({ path: `${path}${rule.fieldPath ?? ''}`, message: reason });
  }
  if (Array.isArray(value)) {
    const { items } = schema;
    if (items) value.forEach((item, index) => checkRules(items, item, `${path}[${index}]`, values, complaints));
  } else if (isObject(value)) {
    for (const [name, child] of Object.entries(value)) {
      const known = fieldSchema(schema, name);
      if (known) checkRules(known, child, field(path, name), values, complaints);
    }
  }
}

/** Why a rule refuses a value, or `undefined` if it accepts it. */
export function failure(rule: Rule, self: CelInput): string | undefined {
  const result = compile(rule.rule)({ self });
  if (result === true) return undefined;
  // An error in a rule refuses the object, as for instance a field that is read without being there.
  if (isCelError(result)) return `rule "${rule.rule}" cannot be evaluated: ${result.message}`;
  if (result !== false) throw new Error(`the CEL rule "${rule.rule}" is not a condition: ${String(result)}`);
  return message(rule, self);
}

/** Whether a rule compares with an earlier state, so that it says nothing about an object that is created. */
export function isTransition(rule: Rule): boolean {
  if (!/\boldSelf\b/.test(rule.rule)) return false;
  if (rule.optionalOldSelf) throw new Error(`the judge does not know optional values in CEL rules: "${rule.rule}"`);
  return true;
}

/** Compiles an expression once per process. Throws for what it does not know, instead of an error with each manifest. */
export function compile(expression: string): Program {
  let program = programs.get(expression);
  if (!program) {
    const parsed = parseExpression(expression);
    refuseUnknownNames(parsed, expression);
    program = plan(env, parsed) as Program;
    programs.set(expression, program);
  }
  return program;
}

function parseExpression(expression: string): ReturnType<typeof parse> {
  try {
    return parse(expression);
  } catch (error) {
    throw new Error(`the judge cannot parse the CEL rule "${expression}": ${String(error)}`);
  }
}

function refuseUnknownNames(parsed: ReturnType<typeof parse>, expression: string): void {
  const names = { called: new Set<string>(), read: new Set<string>(), declared: new Set(['self']) };
  // Beside the expression lie the macros it was written with, which are already expanded in it.
  collectNames(parsed.expr, names);
  const unknown = [
    ...[...names.called].filter(name => !OPERATORS.has(name) && !env.funcs.find(name)),
    ...[...names.read].filter(name => !names.declared.has(name) && !TYPES.has(name)),
  ];
  if (unknown.length > 0) throw new Error(`the judge does not know ${unknown.join(', ')} in the CEL rule "${expression}"`);
}

/** Walks the syntax tree by the shape of its nodes. */
function collectNames(node: unknown, names: Readonly<Record<'called' | 'read' | 'declared', Set<string>>>): void {
  if (Array.isArray(node)) {
    node.forEach(child => collectNames(child, names));
    return;
  }
  if (!isObject(node)) return;
  const { case: kind, value } = isObject(node.exprKind) ? node.exprKind : {};
  if (isObject(value)) {
    if (kind === 'callExpr') names.called.add(String(value.function));
    if (kind === 'identExpr') names.read.add(String(value.name));
    if (kind === 'comprehensionExpr') [value.accuVar, value.iterVar, value.iterVar2].forEach(name => names.declared.add(String(name)));
  }
  Object.values(node).forEach(child => collectNames(child, names));
}

function message(rule: Rule, self: CelInput): string {
  if (rule.messageExpression !== undefined) {
    const text = compile(rule.messageExpression)({ self });
    // Kubernetes falls back to the fixed message when the expression gives none.
    if (typeof text === 'string' && text.trim() !== '' && !text.includes('\n')) return text;
  }
  return rule.message ?? `failed rule: ${rule.rule}`;
}

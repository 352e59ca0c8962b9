import { builtinFinder, Span } from './builtins';
import { LimitsDocument, PolicyDocument, PolicyProblem, RuleAction, SlotDocument, TenantSource } from './document';
import { compilePattern, compileSet } from './patterns';
import { readPolicy } from './read';

/** How the gateway asks. Only ext_proc can change a body and sees the claims of a token. */
export type Front = 'ext_proc' | 'ext_authz';

export interface CompiledRule {
  readonly id: string;
  readonly action: RuleAction;
  readonly replacement: string;
  find(text: string): readonly Span[];
}

export interface Limits {
  readonly maxBodyBytes: number;
  readonly maxMessages: number;
  readonly maxTextLength: number;
}

export interface CompiledTenant {
  readonly name: string;
  readonly limits: Limits;
  readonly rules: readonly CompiledRule[];
  /** The rules that find something in a text. */
  hits(text: string): readonly CompiledRule[];
  allows(model: string): boolean;
  readonly credentials: readonly TenantCredential[];
}

export interface TenantCredential {
  readonly slot: SlotDocument;
  /** Folder that holds the tenant's key. */
  readonly folder: string;
}

/** A policy ready to decide. It is never changed; a new one takes its place. */
export interface CompiledPolicy {
  readonly document: PolicyDocument;
  readonly tenantSource?: TenantSource;
  readonly redacts: boolean;
  /** Headers that carry keys from here to the gateway. */
  readonly credentialHeaders: readonly string[];
  /** The most any tenant may send. */
  readonly maxBodyBytes: number;
  tenant(name: string): CompiledTenant | undefined;
}

export const DEFAULT_LIMITS: Limits = { maxBodyBytes: 10 * 1024 * 1024, maxMessages: 1000, maxTextLength: 1024 * 1024 };

export type Compilation =
  | { readonly policy: CompiledPolicy; readonly problems: readonly [] }
  | { readonly policy?: undefined; readonly problems: readonly PolicyProblem[] };

/** Reads and compiles a policy, or tells everything that is wrong with it. */
export function compilePolicy(value: unknown, front: Front): Compilation {
  const { document, problems } = readPolicy(value);
  if (!document) return { problems };
  const found = [...checkFront(document, front)];
  const rules = compileRules(document, found);
  if (found.length > 0) return { problems: found };
  return { policy: new Policy(document, rules), problems: [] };
}

function* checkFront(document: PolicyDocument, front: Front): Generator<PolicyProblem> {
  if (front === 'ext_proc') return;
  for (const [index, rule] of (document.rules ?? []).entries()) {
    if (rule.action !== 'redact') continue;
    yield { path: `rules[${index}].action`, message: 'cannot change a prompt in front of ext_authz', value: 'redact', fix: 'block, or use the front ext_proc' };
  }
  if (document.tenant?.claim) {
    yield { path: 'tenant.claim', message: 'is not seen by ext_authz, which gets no metadata', fix: 'let the gateway copy the claim into a header and use tenant.header, or use the front ext_proc' };
  }
}

function compileRules(document: PolicyDocument, problems: PolicyProblem[]): CompiledRule[] {
  const compiled: CompiledRule[] = [];
  for (const [index, rule] of (document.rules ?? []).entries()) {
    const base = { id: rule.id, action: rule.action, replacement: rule.replacement ?? `[${rule.id.toUpperCase()}]` };
    const find = rule.builtin !== undefined ? builtinFinder(rule.builtin) : userFinder(index, rule.pattern!, problems);
    if (!find) continue;
    if (rule.action === 'redact' && find(base.replacement).length > 0) {
      problems.push({ path: `rules[${index}].replacement`, message: 'is itself found by the rule', value: base.replacement, fix: 'use another text' });
    }
    compiled.push({ ...base, find });
  }
  return compiled;
}

function userFinder(index: number, source: string, problems: PolicyProblem[]): CompiledRule['find'] | undefined {
  const { pattern, reason } = compilePattern(source);
  if (pattern) return text => pattern.find(text);
  problems.push({ path: `rules[${index}].pattern`, message: `is no pattern of RE2: ${reason}`, value: source, fix: 'RE2 knows no look-around and no back references; see its syntax' });
  return undefined;
}

class Policy implements CompiledPolicy {
  public readonly tenantSource?: TenantSource;
  public readonly redacts: boolean;
  public readonly credentialHeaders: readonly string[];
  public readonly maxBodyBytes: number;
  private readonly tenants: ReadonlyMap<string, CompiledTenant>;

  constructor(public readonly document: PolicyDocument, rules: readonly CompiledRule[]) {
    this.tenantSource = document.tenant;
    this.redacts = rules.some(({ action }) => action === 'redact');
    this.credentialHeaders = Object.values(document.credentials ?? {}).flatMap(slotHeaders);
    this.tenants = new Map(Object.entries(document.tenants).map(([name, tenant]) => [name, compileTenant(name, tenant, document, rules)]));
    this.maxBodyBytes = Math.max(...[...this.tenants.values()].map(({ limits }) => limits.maxBodyBytes));
  }

  public tenant(name: string): CompiledTenant | undefined {
    return this.tenants.get(name) ?? this.tenants.get('*');
  }
}

function compileTenant(
  name: string,
  tenant: PolicyDocument['tenants'][string],
  document: PolicyDocument,
  all: readonly CompiledRule[],
): CompiledTenant {
  const rules = all.filter(({ id }) => !tenant.exceptRules?.includes(id));
  const sources = document.rules!;
  const allow = modelMatcher(tenant.models.allow);
  const deny = modelMatcher(tenant.models.deny ?? []);
  return {
    name,
    limits: { ...DEFAULT_LIMITS, ...limitsOf(document.limits), ...limitsOf(tenant.limits) },
    rules,
    hits: hitFinder(rules.map(rule => ({ rule, pattern: sources.find(({ id }) => id === rule.id)!.pattern }))),
    allows: model => allow(model) && !deny(model),
    credentials: Object.entries(tenant.credentials ?? {}).map(([slot, folder]) => ({ slot: document.credentials![slot], folder })),
  };
}

function limitsOf(limits: LimitsDocument = {}): LimitsDocument {
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
}

function hitFinder(rules: readonly { readonly rule: CompiledRule; readonly pattern?: string }[]): CompiledTenant['hits'] {
  const users = rules.filter(({ pattern }) => pattern !== undefined);
  const builtins = rules.filter(({ pattern }) => pattern === undefined).map(({ rule }) => rule);
  const inText = compileSet(users.map(({ pattern }) => pattern!));
  return text => [...builtins.filter(rule => rule.find(text).length > 0), ...inText(text).map(index => users[index].rule)];
}

/** Names, in which each * stands for any characters. */
function modelMatcher(names: readonly string[]): (model: string) => boolean {
  const exact = new Set(names.filter(name => !name.includes('*')));
  const globs = names.filter(name => name.includes('*')).map(name => name.split('*'));
  return model => exact.has(model) || globs.some(parts => matchesGlob(model, parts));
}

function matchesGlob(model: string, parts: readonly string[]): boolean {
  const first = parts[0];
  const last = parts[parts.length - 1];
  if (model.length < first.length + last.length || !model.startsWith(first) || !model.endsWith(last)) return false;
  let from = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = model.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return from <= model.length - last.length;
}

/** The headers a slot's key travels in. */
export function slotHeaders({ type, header }: SlotDocument): readonly string[] {
  if (type !== 'AWSCredentials') return [header];
  const prefix = header.endsWith('-') ? header : `${header}-`;
  return AWS_PARTS.map(part => `${prefix}${part}`);
}

export const AWS_PARTS = ['access-key-id', 'secret-access-key', 'session-token'] as const;

import { CompiledRule, CompiledTenant } from './compile';
import { Endpoint, isDisguisedKey, isText } from './endpoints';
import { Leaf, replaceTokens, scanJson, startsLikeJsonText } from './json';
import { DenyCode } from './request';

const MOST_DEPTH = 100;
const MOST_TOKENS = 2_000_000;

export interface Inspection {
  readonly model?: string;
  readonly rules: { readonly [id: string]: number };
  readonly denied?: DenyCode;
  /** The document without what had to be redacted; unset where it stays as it is. */
  readonly redacted?: string;
}

/** What a document says: whose model, and what the rules find in it. */
export function inspect(source: string, endpoint: Endpoint, tenant: CompiledTenant, mayUse: (model: string) => boolean): Inspection {
  const scan = scanJson(source, { depth: MOST_DEPTH, tokens: MOST_TOKENS });
  if (scan.error !== undefined) return { rules: {}, denied: scan.error === 'not-json' ? 'body_not_json' : 'body_ambiguous' };
  const model = scan.leaves.find(leaf => leaf.path === 'model' && leaf.kind === 'string')?.value;
  if (model === undefined || model === '') return { rules: {}, denied: 'body_not_json' };
  if (!mayUse(model)) return { model, rules: {}, denied: 'not_allowed' };
  if (scan.leaves.some(leaf => leaf.kind === 'key' && leaf.path === '' && isDisguisedKey(leaf.value))) {
    return { model, rules: {}, denied: 'body_ambiguous' };
  }
  if (endpoint.list !== undefined && (scan.entries.get(endpoint.list) ?? 0) > tenant.limits.maxMessages) {
    return { model, rules: {}, denied: 'too_many_messages' };
  }
  if (tenant.rules.length === 0) return { model, rules: {} };
  if (hasTokenNumbers(source, endpoint)) return { model, rules: {}, denied: 'not_inspectable' };
  const texts = scan.leaves.filter(leaf => leaf.kind !== 'string' || isText(leaf.path, leaf.value));
  const length = texts.reduce((sum, { value }) => sum + value.length, 0);
  if (length > tenant.limits.maxTextLength) return { model, rules: {}, denied: 'too_much_text' };
  return { model, ...applyRules(source, texts, tenant) };
}

function applyRules(source: string, texts: readonly Leaf[], tenant: CompiledTenant): Omit<Inspection, 'model'> {
  const rules: { [id: string]: number } = {};
  const edits: { leaf: Leaf; value: string }[] = [];
  let blocked = false;
  for (const leaf of texts) {
    const hits = hitsOf(leaf.value, tenant);
    if (hits.length === 0) continue;
    for (const { id } of hits) rules[id] = (rules[id] ?? 0) + 1;
    // A key or a number has no place for a text, and a rule that blocks outweighs those that redact.
    blocked ||= leaf.kind !== 'string' || hits.some(({ action }) => action === 'block');
    if (blocked) continue;
    const value = redact(leaf.value, tenant);
    blocked = value === undefined;
    if (value !== undefined) edits.push({ leaf, value });
  }
  if (blocked) return { rules, denied: 'prompt_blocked' };
  return edits.length > 0 ? { rules, redacted: replaceTokens(source, edits) } : { rules };
}

function hitsOf(text: string, tenant: CompiledTenant): readonly CompiledRule[] {
  const hits = tenant.hits(text);
  const plain = plainForm(text);
  if (plain === text) return hits;
  return [...new Set([...hits, ...tenant.hits(plain)])];
}

/** Each round can bring two halves together, so it is repeated; a text that does not come to rest is blocked. */
const MOST_ROUNDS = 4;

/** A text without what rules find, or undefined where it cannot be had. */
function redact(text: string, tenant: CompiledTenant): string | undefined {
  let result = text;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let hits = tenant.hits(result);
    if (hits.length === 0) {
      const plain = plainForm(result);
      hits = plain === result ? [] : tenant.hits(plain);
      if (hits.length === 0) return breaksJson(text, result) ? undefined : result;
      // What is hidden by characters without width or by wide letters has no place in the text as it came.
      result = plain;
    }
    for (const rule of hits) {
      if (rule.action === 'block') return undefined;
      result = cut(result, rule);
    }
  }
  return undefined;
}

function cut(text: string, rule: CompiledRule): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of rule.find(text)) {
    if (start < from) continue;
    parts.push(text.slice(from, start), rule.replacement);
    from = end;
  }
  parts.push(text.slice(from));
  return parts.join('');
}

/** Arguments of tools are JSON inside a text, in which a replaced number would be no value any more. */
function breaksJson(before: string, after: string): boolean {
  return startsLikeJsonText(before) && isJson(before) && !isJson(after);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const ASCII = /^[\x00-\x7f]*$/;
/** Characters without width, soft hyphens and marks of direction. */
const INVISIBLE = /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\u{e0000}-\u{e0fff}]/gu;

/** A text as a reader sees it: wide and ornamental letters as plain ones, and nothing invisible. */
export function plainForm(text: string): string {
  return ASCII.test(text) ? text : text.normalize('NFKC').replace(INVISIBLE, '');
}

/** Prompts of token numbers carry text that no rule can read. */
function hasTokenNumbers(source: string, { tokens }: Endpoint): boolean {
  if (!tokens) return false;
  const document = JSON.parse(source) as { [field: string]: unknown };
  return tokens.some((path) => {
    let values: unknown = document[path.slice(0, path.indexOf('['))];
    const levels = (path.match(/\[\]/g) ?? []).length;
    for (let i = 1; i < levels; i++) values = Array.isArray(values) ? values.flat() : [];
    return Array.isArray(values) && values.some(value => typeof value === 'number');
  });
}

import { isDeepStrictEqual } from 'node:util';
import { PolicyError } from './policy-file';
import { CompiledPolicy, decide, Decision, PolicyProblem } from '../../../src/policy';

/** A request and what the policy has to say to it. */
export interface PolicyCase {
  readonly name: string;
  readonly request: {
    readonly tenant?: string;
    readonly method?: string;
    readonly path?: string;
    readonly headers?: { readonly [name: string]: string };
    /** Written as JSON; a text goes as it is. */
    readonly body?: unknown;
  };
  readonly expect: {
    readonly decision: 'allow' | 'deny';
    readonly code?: string;
    readonly status?: number;
    /** Ids of the rules that are hit, in any order. */
    readonly rules?: readonly string[];
    /** The body that goes on. */
    readonly body?: unknown;
    /** Texts that must not be in it. */
    readonly bodyLacks?: readonly string[];
  };
}

interface Kind {
  /** `a text`, for messages. */
  readonly what: string;
  fits(value: unknown): boolean;
}

const isText = (value: unknown) => typeof value === 'string';
const TEXT: Kind = { what: 'a text', fits: isText };
const TEXTS: Kind = { what: 'a list of texts', fits: value => Array.isArray(value) && value.every(isText) };
const STATUS: Kind = { what: 'an HTTP status', fits: value => Number.isInteger(value) && Number(value) >= 100 && Number(value) < 600 };
const DECISION: Kind = { what: 'allow or deny', fits: value => value === 'allow' || value === 'deny' };
const HEADERS: Kind = { what: 'a map of texts', fits: value => isMap(value) && Object.values(value).every(isText) };
const ANYTHING: Kind = { what: 'anything', fits: () => true };

const REQUEST: { readonly [key: string]: Kind } = { tenant: TEXT, method: TEXT, path: TEXT, headers: HEADERS, body: ANYTHING };
const EXPECT: { readonly [key: string]: Kind } = { decision: DECISION, code: TEXT, status: STATUS, rules: TEXTS, body: ANYTHING, bodyLacks: TEXTS };
const CASE: { readonly [key: string]: Kind } = { name: TEXT, request: ANYTHING, expect: ANYTHING };

/** @throws PolicyError where the file has another form: a misspelt expectation would never fail */
export function readCases(value: unknown): readonly PolicyCase[] {
  if (!isMap(value)) throw new PolicyError([{ path: '', message: 'is not a map', fix: 'write the list cases' }]);
  const { cases, ...others } = value;
  const problems: PolicyProblem[] = Object.keys(others).map(key => ({ path: key, message: 'is not known', fix: 'use cases' }));
  if (!Array.isArray(cases) || cases.length === 0) {
    problems.push({ path: 'cases', message: 'is not a list of at least one case', fix: 'write one' });
  } else {
    problems.push(...cases.flatMap((entry: unknown, index) => caseProblems(entry, `cases[${index}]`)));
  }
  if (problems.length > 0) throw new PolicyError(problems);
  return cases as PolicyCase[];
}

function caseProblems(entry: unknown, path: string): PolicyProblem[] {
  if (!isMap(entry)) return mapProblems(path, entry, CASE, []);
  return [
    ...mapProblems(path, entry, CASE, ['name']),
    ...mapProblems(`${path}.request`, entry.request, REQUEST, []),
    ...mapProblems(`${path}.expect`, entry.expect, EXPECT, ['decision']),
  ];
}

function mapProblems(path: string, value: unknown, kinds: { readonly [key: string]: Kind }, needed: readonly string[]): PolicyProblem[] {
  const known = Object.keys(kinds).join(', ');
  if (!isMap(value)) return [{ path, message: value === undefined ? 'is missing' : 'is not a map', fix: `write ${known}` }];
  const missing = needed.filter(key => value[key] === undefined).map(key => ({ path: `${path}.${key}`, message: 'is missing', fix: `write ${kinds[key].what}` }));
  return [...missing, ...Object.entries(value).flatMap(([key, given]) => {
    if (!Object.hasOwn(kinds, key)) return [{ path: `${path}.${key}`, message: 'is not known', fix: `use ${known}` }];
    return given === undefined || kinds[key].fits(given) ? [] : [{ path: `${path}.${key}`, message: `is not ${kinds[key].what}`, value: given, fix: 'write one' }];
  })];
}

function isMap(value: unknown): value is { [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is not as expected; empty where all is. Tenants' keys are taken to be there. */
export function runCase(policy: CompiledPolicy, { request, expect }: PolicyCase): string[] {
  const body = bodyText(request.body);
  const decision = decideCase(policy, request, body);
  const failures: string[] = [];
  const compare = (what: string, got: unknown, wanted: unknown) => {
    if (wanted !== undefined && !isDeepStrictEqual(got, wanted)) failures.push(`${what} is ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`);
  };
  compare('decision', decision.allowed ? 'allow' : `deny (${decision.code})`, expect.decision === 'allow' ? 'allow' : decision.allowed ? 'deny' : undefined);
  compare('code', decision.allowed ? undefined : decision.code, expect.code);
  compare('status', decision.allowed ? 200 : decision.status, expect.status);
  compare('rules', Object.keys(decision.audit.rules).sort(), expect.rules && [...expect.rules].sort());
  if (!decision.allowed) return failures;
  const passed = decision.body ? Buffer.from(decision.body).toString('utf8') : body ?? '';
  if (expect.body !== undefined) compare('body', typeof expect.body === 'string' ? passed : asJson(passed), expect.body);
  for (const text of expect.bodyLacks ?? []) if (passed.includes(text)) failures.push(`body has ${JSON.stringify(text)}`);
  return failures;
}

/** A text that is none stays what it is. */
function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function bodyText(body: unknown): string | undefined {
  return body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
}

function decideCase(policy: CompiledPolicy, request: PolicyCase['request'], body: string | undefined): Decision {
  const { header, claim } = policy.tenantSource ?? {};
  const headers = new Map(Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), [value]]));
  if (header !== undefined && request.tenant !== undefined) headers.set(header, [request.tenant]);
  return decide(policy, {
    method: request.method ?? (body === undefined ? 'GET' : 'POST'),
    target: request.path ?? '/v1/chat/completions',
    header: name => headers.get(name) ?? [],
    headerNames: [...headers.keys()],
    claims: claim && { [claim.provider]: claim.path.reduceRight<unknown>((value, key) => ({ [key]: value }), request.tenant) },
    body: body === undefined ? undefined : Buffer.from(body),
  }, () => 'key');
}

import { isDeepStrictEqual } from 'node:util';
import { PolicyError } from './policy-file';
import { CompiledPolicy, decide, Decision } from '../../../src/policy';

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

const CASE_KEYS = ['name', 'request', 'expect'];
const REQUEST_KEYS = ['tenant', 'method', 'path', 'headers', 'body'];
const EXPECT_KEYS = ['decision', 'code', 'status', 'rules', 'body', 'bodyLacks'];

/** @throws PolicyError where the file has another form: a misspelt expectation would never fail */
export function readCases(value: unknown): readonly PolicyCase[] {
  const list = (value as { cases?: unknown } | null)?.cases;
  if (!Array.isArray(list) || list.length === 0) throw new PolicyError([{ path: 'cases', message: 'is not a list of at least one case', fix: 'write one' }]);
  const problems = list.flatMap((entry: { [key: string]: unknown }, index) => [
    ...unknownKeys(`cases[${index}]`, entry, CASE_KEYS),
    ...unknownKeys(`cases[${index}].request`, entry?.request, REQUEST_KEYS),
    ...unknownKeys(`cases[${index}].expect`, entry?.expect, EXPECT_KEYS),
    ...(['allow', 'deny'].includes((entry?.expect as { decision?: string } | undefined)?.decision ?? '')
      ? [] : [{ path: `cases[${index}].expect.decision`, message: 'is not allow or deny', fix: 'write one of them' }]),
  ]);
  if (problems.length > 0) throw new PolicyError(problems);
  return list as PolicyCase[];
}

function unknownKeys(path: string, value: unknown, known: readonly string[]): { path: string; message: string; fix: string }[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [{ path, message: 'is not a map', fix: `write ${known.join(', ')}` }];
  return Object.keys(value).filter(key => !known.includes(key)).map(key => ({ path: `${path}.${key}`, message: 'is not known', fix: `use ${known.join(', ')}` }));
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
  if (expect.body !== undefined) compare('body', typeof expect.body === 'string' ? passed : JSON.parse(passed), expect.body);
  for (const text of expect.bodyLacks ?? []) if (passed.includes(text)) failures.push(`body has ${JSON.stringify(text)}`);
  return failures;
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

import { compilePolicy, CompiledPolicy, decide, Decision, Front, KeySource, PolicyRequest } from '../../src/policy';

/** A policy that has to be right. */
export function policyOf(value: object, front: Front = 'ext_proc'): CompiledPolicy {
  const { policy, problems } = compilePolicy({ version: 1, tenants: { '*': { models: { allow: ['*'] } } }, ...value }, front);
  if (!policy) throw new Error(problems.map(({ path, message }) => `${path} ${message}`).join('\n'));
  return policy;
}

export interface Asked {
  readonly method?: string;
  readonly target?: string;
  readonly headers?: { readonly [name: string]: string | readonly string[] };
  readonly claims?: PolicyRequest['claims'];
  readonly body?: unknown;
  readonly keys?: KeySource;
}

/** What a policy says to a chat request, or to what is given in its place. Strings and bytes go as they are. */
export function ask(policy: CompiledPolicy | undefined, asked: Asked = {}): Decision {
  const headers = new Map(Object.entries(asked.headers ?? {}).map(([name, value]) => [name.toLowerCase(), [value].flat()]));
  const body = 'body' in asked ? asked.body : chat('hello');
  return decide(policy, {
    method: asked.method ?? 'POST',
    target: asked.target ?? '/v1/chat/completions',
    header: name => headers.get(name) ?? [],
    headerNames: [...headers.keys()],
    claims: asked.claims,
    body: body === undefined || body instanceof Uint8Array ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  }, asked.keys ?? (() => undefined));
}

export function chat(content: unknown, more: object = {}): object {
  return { model: 'gpt-4o', messages: [{ role: 'user', content }], ...more };
}

/** `allow`, or the code of the refusal. */
export function outcome(decision: Decision): string {
  return decision.allowed ? 'allow' : decision.code;
}

export function bodyOf(decision: Decision): string | undefined {
  return decision.allowed && decision.body ? Buffer.from(decision.body).toString('utf8') : undefined;
}

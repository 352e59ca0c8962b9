import { notExpressible } from './refusals';
import { Problem } from '../../findings/finding';
import { isToken } from '../../findings/token';
import { BodyMutationIntent, HeaderMutationIntent, ProviderIntent } from '../../intent';
import { passedHeaders, removedHeaders } from '../declared/caller-credentials';

/**
 * Changes of headers, and the removal of the caller's credentials. They are made after the provider's own credential
 * was written, so that header stays; requests to AWS are signed later still.
 *
 * @param own header with the provider's credential
 */
export function headerTransformation(
  { credential }: ProviderIntent, headers: HeaderMutationIntent, own: string | undefined, prop: string,
): { readonly policy: object; readonly problems: readonly Problem[] } {
  const remove = removedHeaders(headers, [...passedHeaders(credential), ...(own === undefined ? [] : [own])]);
  const late = headers.set.filter(({ value }) => typeof value !== 'string' && ((typeof value === 'object' && value !== null) || isToken(value)));
  const wrong = headers.set.filter(entry => typeof entry.value !== 'string' && !late.includes(entry));
  // They are the path, the method and the host, which other platforms do not let headers change.
  const pseudo = headers.set.filter(({ name }) => typeof name === 'string' && name.startsWith(':'));
  const set = headers.set.filter(entry => !pseudo.includes(entry)).map(({ name, value }) => ({ name, value: celText(value) }));
  const request = { ...(set.length > 0 ? { set } : {}), ...(remove.length > 0 ? { remove } : {}) };
  return {
    policy: Object.keys(request).length > 0 ? { transformation: { request } } : {},
    problems: [
      ...late.map(({ name }) => notExpressible(
        prop, `sets ${JSON.stringify(name)} to a value that is known only at synthesis, which agentgateway cannot take: it is part of an expression`, 'give text')),
      ...wrong.map(({ name, value }) => notExpressible(prop, `sets ${JSON.stringify(name)} to what is no text, which agentgateway cannot write`, 'give text', value)),
      ...pseudo.map(({ name }) => notExpressible(
        prop, 'sets a part of the request that is no header, which would change where agentgateway sends it', 'leave it out; paths are changed by `rewrite` and `pathPrefix`', name)),
    ],
  };
}

/** Values of headers are expressions, in which text stands in quotes. */
export function celText(value: unknown): string {
  return JSON.stringify(typeof value === 'string' ? value : '');
}

/** Fields of the body that replace those of the client. */
export function bodyOverrides(
  { set, remove }: BodyMutationIntent, prop: string, unread: boolean,
): { readonly fields: object; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  if (unread && set.length + remove.length > 0) {
    return { fields: {}, problems: [notExpressible(prop, 'changes the body of requests to a transparent provider, which agentgateway does not read', 'leave it out')] };
  }
  if (remove.length > 0) {
    problems.push(notExpressible(prop, 'removes fields of the body, which agentgateway cannot do', 'leave the removal out, or set the field to a value of your own', remove));
  }
  const overrides = set.flatMap(({ path, value }) => {
    const field = topLevel(path);
    if (field !== undefined) {
      problems.push(...unwritable(value, prop, field));
      return [{ field, value: JSON.parse(value) as unknown }];
    }
    problems.push(notExpressible(prop, 'sets a field inside of another one, while agentgateway sets whole fields', 'set the outer field as a whole', path));
    return [];
  });
  return { fields: overrides.length > 0 ? { overrides } : {}, problems };
}

/** What JSON has and a manifest has not: the gateway would get another value than the declared one. */
function unwritable(json: string, prop: string, field: string): Problem[] {
  const bare = json.replace(/"(?:[^"\\]|\\.)*"/g, '""');
  const problem = (what: string, fix: string) => [notExpressible(prop, `sets the field ${JSON.stringify(field)} to ${what}, which manifests for agentgateway cannot hold`, fix)];
  if (/\bnull\b/.test(bare)) return problem('a value with null', 'leave null out, or give another value');
  const inexact = bare.match(/-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi)?.find(literal => !isExact(literal));
  return inexact === undefined ? [] : problem(`a value with the number ${inexact}`, 'give a smaller number, or a text');
}

function isExact(literal: string): boolean {
  return /^-?\d+$/.test(literal) ? Number.isSafeInteger(Number(literal)) : Number.isFinite(Number(literal));
}

/** The name of a field from its escaped path; undefined where the path leads further. */
function topLevel(path: unknown): string | undefined {
  if (typeof path !== 'string' || /(^|[^\\])(\\\\)*\./.test(path)) return undefined;
  return path.replace(/\\(.)/g, '$1');
}

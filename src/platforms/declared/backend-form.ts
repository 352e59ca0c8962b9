import { createHash } from 'node:crypto';
import { Problem } from '../../findings/finding';
import { BodyMutationIntent, HeaderMutationIntent } from '../../intent';
import { NOT_EXPRESSIBLE } from '../codes';

/** What a target changes about its provider; each set of changes is a backend of its own. */
export interface BackendForm {
  readonly model?: string;
  readonly headers?: HeaderMutationIntent;
  readonly body?: BodyMutationIntent;
}

/** True where a target takes a provider as it is. */
export function isPlain({ model, headers, body }: BackendForm): boolean {
  return model === undefined && headers === undefined && body === undefined;
}

/** Why a form has no backend: a model that is known only at synthesis makes no name, and no two could be told apart. */
export function unnamed({ model }: { readonly model?: unknown }, prop: string, platform: string): Problem[] {
  if (model === undefined || typeof model === 'string') return [];
  if (typeof model !== 'object') {
    return [{ definition: NOT_EXPRESSIBLE, prop, message: `names a model with what is no text, while on ${platform} it is part of an object's name`, value: model, fix: 'give text' }];
  }
  return [{
    definition: NOT_EXPRESSIBLE,
    prop,
    message: `names a model that is known only at synthesis, while on ${platform} it is part of an object's name`,
    fix: 'give text',
  }];
}

const LONGEST_WORD = 40;
/** Names of objects. */
export const LONGEST_NAME = 253;

/** Name of the backend for a form of a provider; the provider's own where nothing is changed. */
export function formName(provider: string, form: BackendForm): string {
  if (isPlain(form)) return provider;
  const hash = (...parts: readonly unknown[]) => createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 8);
  const word = String(form.model ?? 'changed').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, LONGEST_WORD).replace(/-+$/, '');
  const end = ['', ...(word === '' ? [] : [word])].join('-');
  const name = `${provider}${end}-${hash(form.model, form.headers, form.body)}`;
  if (name.length <= LONGEST_NAME) return name;
  // What is cut off the provider's name tells it from others in the hash.
  return `${provider.slice(0, LONGEST_NAME - end.length - 9).replace(/[-.]+$/, '')}${end}-${hash(provider, form.model, form.headers, form.body)}`;
}

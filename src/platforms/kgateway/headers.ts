import { LABEL } from './kinds';
import { notExpressible } from './refusals';
import { Problem } from '../../findings/finding';
import { HeaderMutationIntent, ModelTargetIntent, ProviderIntent } from '../../intent';
import { mergedHeaders, passedHeaders, removedHeaders } from '../declared/caller-credentials';

/** Headers are changed by the rule, before the provider's credential is written, so all targets of a rule have the same changes. */
export function headerFilters(
  targets: readonly ModelTargetIntent[], prop: string,
): { readonly filters: object[]; readonly problems: readonly Problem[] } {
  const changes = targets.map(changesOf);
  const different = changes.find(change => JSON.stringify(change) !== JSON.stringify(changes[0]));
  const [first] = changes;
  return {
    filters: first === undefined || Object.keys(first).length === 0 ? [] : [{ type: 'RequestHeaderModifier', requestHeaderModifier: first }],
    problems: [
      ...targets.flatMap(({ provider, headers }) => credentialProblems(provider.provider, headers, prop)),
      ...(different === undefined ? [] : [notExpressible(
        prop, `has targets with different changes of headers, while ${LABEL} changes them for all targets of a rule`,
        'make the changes the same, or route to each target by a path of its own')])],
  };
}

function changesOf({ provider, headers }: ModelTargetIntent): { set?: object[]; remove?: string[] } {
  const merged = mergedHeaders(provider.provider?.headers, headers);
  // Of a provider that others made it is not known which of the caller's credentials it wants.
  const remove = provider.provider === undefined ? [...merged.remove] : removedHeaders(merged, passedHeaders(provider.provider.credential));
  const set = merged.set.map(({ name, value }) => ({ name, value }));
  return { ...(set.length > 0 ? { set } : {}), ...(remove.length > 0 ? { remove } : {}) };
}

/** The credential is written after the filters of a rule, so a header of the same name never arrives. */
function credentialProblems(provider: ProviderIntent | undefined, headers: HeaderMutationIntent | undefined, prop: string): Problem[] {
  if (provider?.credential.kind !== 'apiKey') return [];
  return mergedHeaders(provider.headers, headers).set.filter(({ name }) => typeof name === 'string' && name.toLowerCase() === 'authorization')
    .map(({ name }) => notExpressible(prop, `sets the header into which ${LABEL} writes the provider's key afterwards`, 'leave it out', name));
}

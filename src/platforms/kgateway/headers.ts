import { LABEL } from './kinds';
import { notExpressible } from './refusals';
import { Problem } from '../../findings/finding';
import { ModelTargetIntent } from '../../intent';
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
    problems: different === undefined ? [] : [notExpressible(
      prop, `has targets with different changes of headers, while ${LABEL} changes them for all targets of a rule`,
      'make the changes the same, or route to each target by a path of its own')],
  };
}

function changesOf({ provider, headers }: ModelTargetIntent): { set?: object[]; remove?: string[] } {
  const merged = mergedHeaders(provider.provider?.headers, headers);
  // Of a provider that others made it is not known which of the caller's credentials it wants.
  const remove = provider.provider === undefined ? [...merged.remove] : removedHeaders(merged, passedHeaders(provider.provider.credential));
  const set = merged.set.map(({ name, value }) => ({ name, value }));
  return { ...(set.length > 0 ? { set } : {}), ...(remove.length > 0 ? { remove } : {}) };
}

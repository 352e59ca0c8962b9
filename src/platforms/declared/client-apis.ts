import { Problem } from '../../findings/finding';
import { ClientApiName, ModelTargetIntent, ProviderApi } from '../../intent';
import { API_NOT_SERVED, OPTION_WITHOUT_EFFECT } from '../codes';

/** Client APIs a gateway can translate to each provider API; one that is not there takes anything. */
export type ServedApis = { readonly [api in ProviderApi]?: readonly ClientApiName[] };

const CHAT: ClientApiName = 'chat-completions';

const CLIENT_APIS: readonly ClientApiName[] = [
  'chat-completions', 'completions', 'embeddings', 'responses', 'images', 'audio', 'messages', 'tokenize', 'count-tokens', 'rerank',
];

/** A target whose API is known. */
interface KnownTarget {
  readonly path: string;
  readonly api: ProviderApi;
  readonly served: readonly ClientApiName[];
}

/**
 * Whether every target of an entry serves what its clients call.
 *
 * @param first those of the targets that requests go to while nothing fails
 */
export function checkClientApis(
  servedApis: ServedApis,
  targets: readonly ModelTargetIntent[],
  first: readonly ModelTargetIntent[],
  wanted: readonly ClientApiName[] | undefined,
  prop: string,
): Problem[] {
  const knownOf = (all: readonly ModelTargetIntent[]) => all.flatMap(({ provider }): KnownTarget[] => {
    const api = provider.provider?.api ?? provider.api;
    const served = api === undefined ? undefined : servedApis[api];
    return api === undefined || served === undefined ? [] : [{ path: provider.path, api, served }];
  });
  const unserved = new Map(targets.flatMap(({ provider: { path, provider, api } }) => (
    provider === undefined && api !== undefined && servedApis[api]?.length === 0 ? [[path, api] as const] : [])));
  if (unserved.size > 0) {
    return [...unserved].map(([path, api]) => ({
      definition: API_NOT_SERVED, prop, message: `leads to ${path}, which speaks the ${api} API: no client can call it on this release`, fix: 'target a newer release, or use another provider',
    }));
  }
  // What a provider of ours cannot speak is told where it is declared.
  const known = knownOf(targets).filter(({ served }) => served.length > 0);
  if (wanted?.length === 0) {
    return [{ definition: OPTION_WITHOUT_EFFECT, prop, message: 'is an empty list, which asks for nothing', fix: 'list the client APIs, or leave it out' }];
  }
  if (wanted !== undefined) {
    const none = wanted.filter(name => !CLIENT_APIS.includes(name));
    if (none.length > 0) {
      return none.map(name => ({ definition: API_NOT_SERVED, prop, message: 'is no API that clients call on the gateway', value: name, fix: `use one of ${CLIENT_APIS.join(', ')}` }));
    }
    return known.flatMap(({ path, api, served }) => wanted.filter(name => !served.includes(name)).map(name => ({
      definition: API_NOT_SERVED,
      prop,
      message: `must serve ${name}, but ${path} speaks the ${api} API, which serves only ${served.join(', ')}`,
      fix: 'use another provider for this model, or leave the API out of `apis`',
    })));
  }
  if (known.length < 2) return [];
  const shared = known.map(k => k.served).reduce<readonly ClientApiName[] | undefined>(
    (all, served) => (all === undefined ? served : all.filter(name => served.includes(name))), undefined);
  if (shared === undefined || shared.length > 0) return checkChat(known, knownOf(first), prop);
  return [{
    definition: API_NOT_SERVED,
    prop,
    message: `has targets without a client API in common: ${known.map(k => `${k.path} serves ${k.served.join(', ')}`).join('; ')}`,
    fix: 'use providers that share one, such as two that serve chat-completions',
  }];
}

/** What most clients call: where the first targets serve it, clients will call it, and a target that does not turns it into a 500. */
function checkChat(known: readonly KnownTarget[], first: readonly KnownTarget[], prop: string): Problem[] {
  const serving = first.find(({ served }) => served.includes(CHAT));
  const others = new Map(known.filter(({ served }) => !served.includes(CHAT)).map(target => [target.path, target]));
  if (serving === undefined || others.size === 0) return [];
  const described = [...others.values()].map(({ path, api }) => `${path}, which speaks the ${api} API`).join(', and ');
  return [{
    definition: API_NOT_SERVED,
    prop,
    message: `serves ${CHAT} with ${serving.path}, but not with ${described}: there they answer 500`,
    fix: 'use a provider that serves them, or list in `apis` what clients call, such as ClientApi.MESSAGES',
  }];
}

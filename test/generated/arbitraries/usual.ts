import { Program } from '../program';

/** What most programs keep from, because it is nearly always refused. */
export function usual(program: Program, spoilt: boolean): Program {
  const guarded = (program.policyPoints ?? []).map(({ gateway }) => gateway);
  const fitted: Program = {
    ...program,
    // The buffer of a policy server is a policy on the gateway, too.
    raws: program.raws.filter(({ form, gateway }) => form !== 'gatewayRateLimit' || !guarded.includes(gateway)),
    // What policy servers add to the headers a provider's backend removes.
    providers: guarded.length === 0 ? program.providers : program.providers.map(({ headers, ...rest }) => ({
      ...rest, headers: headers && { ...headers, remove: headers.remove.slice(0, 4) },
    })),
  };
  if (spoilt) return fitted;
  return {
    ...fitted,
    strict: false,
    complete: [],
    patches: program.patches?.filter(({ change }) => change === 'label'),
    providers: fitted.providers.map(({ credential, ...rest }) => ({
      ...rest, credential: { ...credential, oidc: { ...credential.oidc, audience: undefined, grantType: undefined } },
    })),
  };
}

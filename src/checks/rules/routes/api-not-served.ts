import { API_NOT_SERVED } from '../../../findings/api-not-served';
import { Links, RouteRule } from '../../links';
import { at, text } from '../../read';
import { Rule, RuleFinding } from '../../rule';

/** What most clients call. */
const CHAT = 'chat-completions';

/** Which client APIs a route is meant for stands in no manifest: what is certain is that none reaches all, and what is likely is chat. */
export const apiNotServed: Rule = {
  ...API_NOT_SERVED,
  * check(graph) {
    for (const rule of Links.of(graph).sharedRules) {
      const { node } = rule.route;
      const { clientApis } = node.target;
      if (!clientApis) continue;
      const found = judge(schemasOf(rule, clientApis), node.apisDeclared?.includes(rule.path) ?? false);
      if (found) yield { node, prop: `${rule.path}.backendRefs`, ...found };
    }
  },
};

/** A schema that providers of a rule speak. */
interface Spoken {
  readonly apis: readonly string[];
  /** Whether requests go to one of them while nothing fails. */
  readonly first: boolean;
}

function judge(spoken: ReadonlyMap<string, Spoken>, declared: boolean): Omit<RuleFinding, 'node'> | undefined {
  const [one, ...others] = spoken.values();
  if (one === undefined) return undefined;
  if (!one.apis.some(api => others.every(other => other.apis.includes(api)))) {
    return {
      message: `has providers without a client API in common: ${[...spoken].map(([schema, { apis }]) => `${schema} serves ${apis.join(', ')}`).join('; ')}`,
      fix: 'use providers that share one, such as two that serve chat-completions',
    };
  }
  const all = [...spoken];
  const serving = all.find(([, { apis, first }]) => first && apis.includes(CHAT));
  const silent = all.filter(([, { apis }]) => !apis.includes(CHAT)).map(([schema]) => schema);
  if (declared || serving === undefined || silent.length === 0) return undefined;
  return {
    message: `serves ${CHAT} with the schema ${serving[0]}, but not with ${silent.join(' and ')}: there they answer 500`,
    fix: 'use providers that serve them; where clients call another API only, acknowledge this',
    inCode: { fix: 'use a provider that serves them, or list in `apis` what clients call, such as ClientApi.MESSAGES' },
    severity: 'warning',
  };
}

/** What the providers of a rule speak and serve, as far as they are here and get requests. */
function schemasOf({ refs }: RouteRule, clientApis: { readonly [schema: string]: readonly string[] }): Map<string, Spoken> {
  const used = refs.filter(({ weight }) => weight > 0);
  const level = Math.min(...used.map(({ priority }) => priority));
  const found = new Map<string, Spoken>();
  for (const { serviceBackend, priority } of used) {
    const schema = text(at(serviceBackend?.manifest, 'spec', 'schema', 'name'));
    if (schema === undefined || !Object.hasOwn(clientApis, schema)) continue;
    found.set(schema, { apis: clientApis[schema], first: priority === level || found.get(schema)?.first === true });
  }
  return found;
}

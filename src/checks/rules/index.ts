import { credentialRules } from './credentials';
import { manifestRules } from './manifests';
import { policyRules } from './policies';
import { routeRules } from './routes';
import { AGENTGATEWAY, GATEWAY_API, KGATEWAY } from '../api-groups';
import { Graph } from '../graph';
import { Rule } from '../rule';
import { EXTERNAL_SECRETS } from '../secret-sources';

export { graphAsMeant } from '../schema/violations';

/** Rules that have nothing to say about an app without certain objects, and are not loaded for it. */
interface RuleSet {
  concerns(graph: Graph): boolean;
  load(): readonly Rule[];
}

const always: readonly Rule[] = [...manifestRules, ...routeRules, ...policyRules, ...credentialRules];

const sometimes: readonly RuleSet[] = [
  {
    concerns: graph => graph.hasGroup(AGENTGATEWAY) || graph.hasGroup(KGATEWAY) || graph.ofKind(GATEWAY_API, 'HTTPRoute').length > 0,
    load: () => (require('./agentgateway') as typeof import('./agentgateway')).agentgatewayRules,
  },
  {
    concerns: graph => graph.hasGroup(EXTERNAL_SECRETS),
    load: () => (require('./external-secrets') as typeof import('./external-secrets')).externalSecretRules,
  },
];

/** The rules that may have something to say about an app. */
export function rulesFor(graph: Graph): readonly Rule[] {
  return [...always, ...sometimes.filter(set => set.concerns(graph)).flatMap(set => set.load())];
}

/** Every rule there is. */
export function allRules(): readonly Rule[] {
  return [...always, ...sometimes.flatMap(set => set.load())];
}

import { configNameOf, keyOfGateway, routesByGateway } from '../../../ai-gateways';
import { costsOf, countedKeys, keysInFormats, spellingOfKey } from '../../../costs';
import { Graph, GraphNode } from '../../../graph';
import { AI_GATEWAY, ENVOY_GATEWAY, GATEWAY_API, Links, namespaceOf, Route, targets } from '../../../links';
import { perGraph } from '../../../per-graph';
import { at, fields, list, text } from '../../../read';
import { Rule, RuleFinding } from '../../../rule';

export const costKeyUnknown: Rule = {
  code: 'COST_KEY_UNKNOWN',
  severity: 'warning',
  title: 'A rate limit or access log reads tokens under a key that nothing writes',
  cause: 'A rule of a BackendTrafficPolicy takes its cost from metadata of the AI gateway, under a key that is no `metadataKey` of `llmRequestCosts` in the routes it is for, nor of `globalLLMRequestCosts`. Or an access log reads one that differs from a declared one by its spelling alone.',
  consequence: 'The limit finds no number of tokens, so it does not limit them; the log shows none.',
  fix: 'Use a `metadataKey` of the routes, or add a cost with this key to them.',
  * check(graph) {
    for (const node of graph.ofKind(ENVOY_GATEWAY, 'BackendTrafficPolicy')) {
      const costs = countedKeys(node);
      if (costs.length === 0) continue;
      const keys = keysFor(graph, node);
      if (!keys) continue;
      for (const { path: prop, key } of costs) {
        if (keys.has(key)) continue;
        yield {
          node,
          prop,
          message: 'is a key under which no cost of its routes is written',
          value: key,
          fix: keys.size === 0 ? 'add `llmRequestCosts` with this `metadataKey` to the route' : `use ${[...keys].map(known => JSON.stringify(known)).join(' or ')}`,
        };
      }
    }
    yield* inLogs(graph);
  },
};

/** The gateway writes more keys than costs, so only what is nearly one is told. */
function* inLogs(graph: Graph): Iterable<RuleFinding> {
  const written = costsOf(graph).flatMap(({ cost }) => text(cost.metadataKey) ?? []);
  if (written.length === 0) return;
  const keys = new Set(written);
  const declared = new Map(written.map(key => [spellingOfKey(key), key]));
  for (const node of graph.ofKind(ENVOY_GATEWAY, 'EnvoyProxy')) {
    for (const key of new Set(keysInFormats(node))) {
      const near = declared.get(spellingOfKey(key));
      if (keys.has(key) || near === undefined) continue;
      yield { node, prop: 'spec.telemetry.accessLog', message: 'reads a key under which no cost is written', value: key, fix: `use ${JSON.stringify(near)}` };
    }
  }
}

/** Routes by the HTTPRoute that is generated from them. */
const routesByName = perGraph(graph => {
  const routes = new Map<string, Route[]>();
  for (const route of Links.of(graph).routes) routes.set(place(route.namespace, route.name ?? ''), [route]);
  return routes;
});

function place(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}

/** Undefined where a route or gateway that may have costs is not here. */
function keysFor(graph: Graph, policy: GraphNode): ReadonlySet<string> | undefined {
  const keys = new Set<string>();
  const namespace = namespaceOf(policy);
  // A route elsewhere may have the label.
  if (list(at(policy.manifest, 'spec', 'targetSelectors')).length > 0) return undefined;
  for (const { ref } of targets(policy)) {
    const name = text(ref.name) ?? '';
    const gateway = ref.kind === 'Gateway' ? graph.find(GATEWAY_API, 'Gateway', namespace, name) : undefined;
    const routes = gateway
      ? routesByGateway(graph).get(keyOfGateway(gateway)) ?? []
      : ref.kind === 'HTTPRoute' ? routesByName(graph).get(place(namespace, name)) ?? [] : [];
    if (routes.length === 0 || !addKeys(graph, routes, keys)) return undefined;
  }
  return targets(policy).length === 0 ? undefined : keys;
}

/** False where a gateway of the routes, its configuration, or the key of a cost is not here. */
function addKeys(graph: Graph, routes: readonly Route[], keys: Set<string>): boolean {
  for (const { node, parents } of routes) {
    if (!add(keys, at(node.manifest, 'spec', 'llmRequestCosts'))) return false;
    for (const { gateway } of parents) {
      if (!gateway) return false;
      const name = configNameOf(gateway);
      if (name === undefined) continue;
      const config = typeof name === 'string' ? graph.find(AI_GATEWAY, 'GatewayConfig', namespaceOf(gateway), name) : undefined;
      if (!config) return false;
      if (!add(keys, at(config.manifest, 'spec', 'globalLLMRequestCosts'))) return false;
    }
  }
  return true;
}

function add(keys: Set<string>, costs: unknown): boolean {
  const written = list(costs).map(cost => text(fields(cost).metadataKey));
  for (const key of written) if (key !== undefined) keys.add(key);
  return !written.includes(undefined);
}

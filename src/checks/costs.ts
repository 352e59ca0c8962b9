import { AI_GATEWAY, ENVOY_GATEWAY } from './api-groups';
import { GraphNode } from './graph';
import { perGraph } from './per-graph';
import { at, Fields, fields, isToken, list, text } from './read';

/** Where the gateway leaves the token counts of an answer. */
const METADATA = 'io.envoy.ai_gateway';

/** A count of tokens, or what is made of one, for limits and logs. */
export interface Cost {
  readonly node: GraphNode;
  /** `spec.llmRequestCosts[0]` */
  readonly path: string;
  readonly cost: Fields;
}

/** Costs of routes, and of all routes of a gateway. */
export const costsOf = perGraph((graph): readonly Cost[] => [
  ...entries(graph.ofKind(AI_GATEWAY, 'AIGatewayRoute'), 'llmRequestCosts'),
  ...entries(graph.ofKind(AI_GATEWAY, 'GatewayConfig'), 'globalLLMRequestCosts'),
]);

function entries(nodes: readonly GraphNode[], field: string): Cost[] {
  return nodes.flatMap(node => list(fields(node.manifest.spec)[field]).map((cost, index) => ({ node, path: `spec.${field}[${index}]`, cost: fields(cost) })));
}

/** A key of the gateway's metadata that a rate limit counts by. */
export interface CountedKey {
  /** `spec.rateLimit.global.rules[0].cost.response.metadata.key` */
  readonly path: string;
  readonly key: string;
}

export function countedKeys({ manifest }: GraphNode): CountedKey[] {
  return list(at(manifest, 'spec', 'rateLimit', 'global', 'rules')).flatMap((rule, index) => ['request', 'response'].flatMap((part) => {
    const metadata = fields(at(rule, 'cost', part, 'metadata'));
    const key = text(metadata.key);
    if (metadata.namespace !== METADATA || key === undefined || isToken(key)) return [];
    return [{ path: `spec.rateLimit.global.rules[${index}].cost.${part}.metadata.key`, key }];
  }));
}

/** What may read metadata of the gateway in ways of its own: access logs, processors, patches. */
const READERS = ['EnvoyProxy', 'EnvoyExtensionPolicy', 'EnvoyPatchPolicy'];
const KEY_IN_FORMAT = /io\.envoy\.ai_gateway:([\w.-]+)/g;

/** What keys have in common that only look alike. */
export function spellingOfKey(key: string): string {
  return key.toLowerCase().replace(/[^a-z0-9]/g, '').replace(/s$/, '');
}

/** Keys that the formats of access logs in a manifest name. */
export function keysInFormats(node: GraphNode): readonly string[] {
  return keysIn(specText(node));
}

function keysIn(written: string): readonly string[] {
  return [...written.matchAll(KEY_IN_FORMAT)].map(([, key]) => key);
}

function specText({ manifest }: GraphNode): string {
  return JSON.stringify(manifest.spec) ?? '';
}

/** Keys that a manifest of the graph reads; undefined where one reads all of them, or what cannot be told. */
export const keysRead = perGraph((graph): ReadonlySet<string> | undefined => {
  const keys = new Set(graph.ofKind(ENVOY_GATEWAY, 'BackendTrafficPolicy').flatMap(countedKeys).map(({ key }) => key));
  for (const node of READERS.flatMap(kind => graph.ofKind(ENVOY_GATEWAY, kind))) {
    const written = specText(node);
    if (written.replace(KEY_IN_FORMAT, '').includes(METADATA)) return undefined;
    for (const key of keysIn(written)) keys.add(key);
  }
  return keys;
});

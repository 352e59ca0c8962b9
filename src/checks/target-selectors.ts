import { AI_GATEWAY, GATEWAY_API } from './api-groups';
import { Graph, GraphNode } from './graph';
import { chooses } from './label-selectors';
import { at, Fields, fields, isToken, list, text } from './read';

/** A policy that chooses its targets by label. */
export interface TargetSelector {
  readonly policyKind: string;
  readonly policy: GraphNode;
  /** `spec.targetSelectors[0]` */
  readonly path: string;
  readonly targetKind: string;
  readonly namespace: string | undefined;
  readonly selector: Fields;
  /** Whether it can choose in other namespaces as well. */
  readonly crossing: boolean;
}

/** What a selector chooses, or may choose. */
export interface Choice {
  readonly by: TargetSelector;
  readonly object: GraphNode;
  /** False where a label or a namespace is known only in the cluster. */
  readonly certain: boolean;
}

export function selectorsOf(policyKind: string, policy: GraphNode): readonly TargetSelector[] {
  const namespace = text(policy.manifest.metadata?.namespace);
  return list(at(policy.manifest, 'spec', 'targetSelectors')).flatMap((value, index): TargetSelector[] => {
    const selector = fields(value);
    const targetKind = text(selector.kind);
    if (targetKind === undefined || (selector.group ?? GATEWAY_API) !== GATEWAY_API) return [];
    const from = at(selector, 'namespaces', 'from');
    return [{ policyKind, policy, path: `spec.targetSelectors[${index}]`, targetKind, namespace, selector, crossing: from !== undefined && from !== 'Same' }];
  });
}

/** The objects of a graph that selectors choose. The HTTPRoute that is made of an AIGatewayRoute has its labels. */
export function* choicesOf(selectors: readonly TargetSelector[], graph: Graph): Iterable<Choice> {
  if (selectors.length === 0) return;
  const byLabel = new Map<string, TargetSelector[]>();
  for (const selector of selectors) {
    for (const key of keysOf(selector)) {
      const known = byLabel.get(key);
      if (known) known.push(selector); else byLabel.set(key, [selector]);
    }
  }
  for (const [targetKind, object] of targetsIn(graph)) {
    const labels = fields(object.manifest.metadata?.labels);
    const namespace = text(object.manifest.metadata?.namespace);
    for (const place of [namespace ?? '', EVERYWHERE]) {
      const keys = ['', ...Object.entries(labels).map(([label, value]) => labelKey(label, value))];
      for (const by of keys.flatMap(key => byLabel.get(`${targetKind}/${place}/${key}`) ?? [])) {
        const chosen = chooses(by.selector, labels, true);
        if (chosen !== false) yield { by, object, certain: chosen === true && !by.crossing };
      }
    }
  }
}

/** No namespace has this name. */
const EVERYWHERE = '*';

/** By the first label that an object must have; with none, all objects are looked at. */
function keysOf({ targetKind, namespace, crossing, selector }: TargetSelector): string[] {
  const place = `${targetKind}/${crossing ? EVERYWHERE : namespace ?? ''}`;
  const [first] = Object.entries(fields(selector.matchLabels)).filter(([label, value]) => !isToken(label) && !isToken(value));
  return first === undefined ? [`${place}/`] : [`${place}/${labelKey(...first)}`, `${place}/${labelKey(first[0], LATER)}`];
}

/** No label has this value. */
const LATER = '*';

function labelKey(label: string, value: unknown): string {
  return `${label}=${isToken(value) ? LATER : text(value)}`;
}

function targetsIn(graph: Graph): (readonly [kind: string, object: GraphNode])[] {
  const made = graph.ofKind(AI_GATEWAY, 'AIGatewayRoute');
  return [
    ...graph.ofKind(GATEWAY_API, 'Gateway').map(object => ['Gateway', object] as const),
    ...made.map(object => ['HTTPRoute', object] as const),
    // One that is written by hand under the name of a generated one is overwritten.
    ...graph.ofKind(GATEWAY_API, 'HTTPRoute').filter(({ manifest: { metadata } }) => (
      made.length === 0 || !graph.find(AI_GATEWAY, 'AIGatewayRoute', text(metadata.namespace), text(metadata.name) ?? '')
    )).map(object => ['HTTPRoute', object] as const),
  ];
}

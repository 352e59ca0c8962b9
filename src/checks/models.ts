import { AGENTGATEWAY, GATEWAY_API } from './api-groups';
import { Graph, GraphNode } from './graph';
import { namespaceOf } from './links';
import { perGraph } from './per-graph';
import { at, Fields, fields, list, number, text } from './read';
import { RouteParent } from './route';

/** An AgentgatewayModel. */
export interface AgentModel {
  readonly node: GraphNode;
  readonly namespace: string | undefined;
  readonly name: string;
  readonly spec: Fields;
  /** What clients write as the model: a name, or a part of one with `*` at one end. */
  readonly match: string;
  readonly virtual: boolean;
  readonly parents: readonly RouteParent[];
}

/** Models in the order in which the gateway tries those of providers. */
export const agentModels = perGraph((graph): readonly AgentModel[] => graph.ofKind(AGENTGATEWAY, 'AgentgatewayModel').map(node => modelIn(node, graph))
  .sort((a, b) => compare(keyOf(a), keyOf(b))));

function modelIn(node: GraphNode, graph: Graph): AgentModel {
  const spec = fields(node.manifest.spec);
  const name = text(at(node.manifest, 'metadata', 'name')) ?? '';
  const namespace = namespaceOf(node);
  return {
    node, namespace, name, spec, match: text(at(spec, 'match', 'model')) ?? name, virtual: spec.virtualModel !== undefined,
    parents: list(spec.parentRefs).map((value, index) => {
      const ref = fields(value);
      const from = text(ref.namespace) ?? namespace;
      const gateway = ref.kind === undefined || ref.kind === 'Gateway' ? graph.find(GATEWAY_API, 'Gateway', from, text(ref.name) ?? '') : undefined;
      return new RouteParent(index, ref, from, gateway);
    }),
  };
}

/** A model to which a virtual one sends requests. */
export interface ModelTarget {
  /** `spec.virtualModel.failover.targets[0]` */
  readonly path: string;
  readonly ref: string | undefined;
  /** Name for the provider, where it is given. */
  readonly model: string | undefined;
  readonly priority: number | undefined;
}

export function targetsOf({ spec }: AgentModel): readonly ModelTarget[] {
  return Object.entries(fields(spec.virtualModel)).flatMap(([kind, value]) => list(fields(value).targets).map((target, index) => ({
    path: `spec.virtualModel.${kind}.targets[${index}]`,
    ref: text(at(target, 'modelRef', 'name')),
    model: text(fields(target).model),
    priority: number(fields(target).priority),
  })));
}

/** Whether every name that the second stands for is one of the first. */
export function covers(first: string, second: string): boolean {
  if (first === '*' || first === second) return true;
  if (first.endsWith('*')) return second.startsWith(first.slice(0, -1));
  return first.startsWith('*') && second.endsWith(first.slice(1));
}

function keyOf({ namespace, name }: AgentModel): string {
  return `${namespace ?? ''}/${name}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

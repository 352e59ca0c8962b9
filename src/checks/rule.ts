import { CodeDefinition, Severity } from '../findings/finding';
import { Graph, GraphNode } from './graph';

/** Something wrong with a manifest. */
export interface RuleFinding {
  readonly node: GraphNode;
  /** Path in the manifest, such as `spec.rules[0].backendRefs[1]`. */
  readonly prop?: string;
  readonly message: string;
  readonly value?: unknown;
  readonly fix: string;
  /** What authors of constructs are told instead, whose properties have other names than fields of manifests. */
  readonly inCode?: { readonly message?: string; readonly fix?: string };
  /** Where this case is worse or milder than the rule says, such as when the other end may be in another repository. */
  readonly severity?: Severity;
}

/** One fact about manifests that a real gateway taught. One file, one rule, one code. */
export interface Rule extends CodeDefinition {
  check(graph: Graph): Iterable<RuleFinding>;
}

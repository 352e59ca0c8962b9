import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import type { ManifestObject } from './manifest-object';
import { Graph, GraphNode } from '../checks/graph';
import type { RuleFinding } from '../checks/rule';
import { Acknowledgements, isBelow } from './acknowledgements';
import { PlacedFinding, withoutEchoes } from './echoes';
import { isList, itemsOf } from './items';
import { CodeDefinition, formatProblem, Problem, Severity } from '../findings/finding';
import { Manifest, TargetInfo } from '../intent';
import { Platform } from '../platforms/platform';
import type { KnownAt, Session } from './session';

/** A finding with its place in the construct tree. */
export interface LocatedFinding {
  readonly construct: IConstruct;
  readonly definition: CodeDefinition;
  readonly code: string;
  readonly severity: Severity;
  /** Property of the construct, or path in its manifest. */
  readonly prop?: string;
  /** The message without the path. */
  readonly text: string;
}

/** Renders every manifest below the root, runs all rules, and places what they find. */
export function collectFindings(root: IConstruct, session: Session, rendered: Map<ApiObject, any>, known: KnownAt): readonly LocatedFinding[] {
  const nodes: ObjectNode[] = [];
  for (const construct of root.node.findAll()) {
    if (!ApiObject.isApiObject(construct)) continue;
    const json = (construct as Partial<ManifestObject>)._toRead?.() ?? construct.toJson();
    rendered.set(construct, json);
    const manifest = known(construct)(json);
    const target = Platform._targetAt(construct);
    if (isList(manifest)) {
      for (const { path, item } of itemsOf(manifest)) nodes.push(new ObjectNode(construct, item as Manifest, target, path));
    } else {
      nodes.push(new ObjectNode(construct, manifest, target));
    }
  }
  const { graphAsMeant, rulesFor } = loadRules();
  const graph = graphAsMeant(new Graph(nodes, session.completeNamespaces));
  const findings: PlacedFinding[] = [];
  const acknowledged = new Acknowledgements(session);
  /** Constructs that tell a mistake themselves, in the words of their own properties. */
  const said = new Map<string, Set<IConstruct>>();

  for (const { construct, problems } of session.recorded) {
    for (const problem of typeof problems === 'function' ? problems(known(construct)) : problems) {
      push(findings, session, acknowledged, { construct, exact: true }, problem);
      said.set(problem.definition.code, (said.get(problem.definition.code) ?? new Set()).add(construct));
    }
  }
  for (const rule of rulesFor(graph)) {
    for (const found of rule.check(graph)) {
      if (acknowledged.acceptInManifest(rule, found.node)) continue;
      const place = locate(found.node as ObjectNode, found);
      if (said.get(rule.code)?.has(place.construct)) continue;
      push(findings, session, acknowledged, place, { definition: rule, ...found, ...place.words(found), prop: place.prop }, found.severity);
    }
  }
  for (const node of [...graph.malformed, ...graph.nodes] as ObjectNode[]) {
    for (const problem of acknowledged.problemsIn(node, 'owner' in node.object)) {
      const place = locate(node, problem);
      push(findings, session, acknowledged, place, { ...problem, prop: place.prop });
    }
  }
  for (const { construct, problem } of acknowledged.unused()) push(findings, session, acknowledged, { construct, exact: true }, problem);
  return withoutEchoes(findings).map(located).sort(byCodeTextAndPath);
}

function located({ construct, definition, severity, prop, text }: PlacedFinding): LocatedFinding {
  return { construct, definition, code: definition.code, severity, prop, text };
}

function push(
  findings: PlacedFinding[], session: Session, acknowledged: Acknowledgements, { construct, exact }: Pick<Place, 'construct' | 'exact'>,
  problem: Problem, severity = problem.definition.severity,
): void {
  const { definition, prop, value } = problem;
  if (acknowledged.accept(definition, construct)) return;
  const strict = severity === 'warning' && [...session.strictScopes].some(scope => isBelow(construct, scope));
  findings.push({ construct, definition, severity: strict ? 'error' : severity, text: formatProblem(problem), prop, value, exact });
}

/** What a finding is about, in the words of a program. */
interface Place {
  readonly construct: IConstruct;
  readonly prop: string | undefined;
  /** Whether the property decides nothing but what the finding is about. */
  readonly exact: boolean;
  words(found: RuleFinding): Pick<RuleFinding, 'message' | 'fix'>;
}

const MANIFEST_PATH = /\bspec(?:\.[A-Za-z]\w*|\[\d+\])+/g;

/** Where a program says what stands at a path of an object's manifest. */
export function declaredAt(object: ApiObject, path: string): { readonly construct: IConstruct; readonly prop: string | undefined } {
  return locate({ object }, { prop: path });
}

/** The construct and property a user wrote, where the platform told which they are. */
function locate({ object, at }: Pick<ObjectNode, 'object' | 'at'>, found: Pick<RuleFinding, 'prop' | 'value'>): Place {
  const { manifestProps: props, owner } = object as Partial<ManifestObject>;
  const path = found.prop;
  if (at === undefined && isOfChart(object, found)) {
    return { construct: Chart.of(object), prop: path!.slice('metadata.'.length), exact: true, words: ({ message, fix }) => ({ message, fix }) };
  }
  if (owner && path !== undefined) {
    const decided = path === 'metadata.name' ? { prop: props?.[path] ?? 'name', exact: true } : propFor(props ?? {}, path);
    if (decided) {
      const words: Place['words'] = ({ message, fix, inCode }) => ({ message: inCode?.message ?? inProps(props ?? {}, message), fix: inCode?.fix ?? fix });
      return { construct: owner, ...decided, words };
    }
  }
  return { construct: object, prop: at === undefined ? path : [at, ...(path === undefined ? [] : [path])].join('.'), exact: true, words: ({ message, fix }) => ({ message, fix }) };
}

/** Whether the chart says it, of all its objects. */
function isOfChart(object: ApiObject, { prop = '', value }: Pick<RuleFinding, 'prop' | 'value'>): boolean {
  if (prop !== 'metadata.namespace' && !prop.startsWith('metadata.labels')) return false;
  const chart = Chart.of(object);
  if (prop === 'metadata.namespace') return chart.namespace !== undefined && chart.namespace === object.metadata.namespace;
  // Past what a kind of chart does when it is asked for them: that of Pulumi takes it for an object that is made.
  const labels: { readonly [name: string]: string } = Reflect.get(Chart.prototype, 'labels', chart);
  const label = prop === 'metadata.labels' ? String(value) : prop.slice('metadata.labels.'.length);
  return Object.hasOwn(labels, label) && labels[label] === object.metadata.getLabel(label);
}

type Props = NonNullable<ManifestObject['manifestProps']>;

/** The property that decides a part of a manifest. */
function propFor(props: Props, path: string): { prop: string; exact: boolean } | undefined {
  for (let end = path.length; end > 0; end = Math.max(path.lastIndexOf('.', end - 1), path.lastIndexOf('[', end - 1))) {
    const prop = props[path.slice(0, end)];
    if (prop !== undefined) return { prop, exact: end === path.length };
  }
  return undefined;
}

/** A message about other parts of the same manifest, in the words of its author. */
function inProps(props: Props, message: string): string {
  return message.replace(MANIFEST_PATH, path => propFor(props, path)?.prop ?? path);
}

/** Never by declaration: the same mistakes read the same in whatever order they were made. */
function byCodeTextAndPath(a: LocatedFinding, b: LocatedFinding): number {
  return compare(a.code, b.code) || compare(a.text, b.text) || compare(a.construct.node.path, b.construct.node.path);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** An object as the rules see it. */
class ObjectNode implements GraphNode {
  constructor(
    public readonly object: ApiObject,
    public readonly manifest: Manifest,
    public readonly target: TargetInfo,
    /** Where in the object it stands, if the object is a list of others: `items[0]`. */
    public readonly at?: string,
  ) {}

  public get path(): string {
    const path = pathOf(this.object);
    return this.at === undefined ? path : `${path} ${this.at}`;
  }

  public get declared(): unknown {
    return this.at === undefined && !('owner' in this.object) ? (this.object as unknown as { readonly props?: unknown }).props : undefined;
  }

  public get apisDeclared(): readonly string[] | undefined {
    return (this.object as Partial<ManifestObject>).apisDeclared;
  }

  public get credentialRefused(): boolean | undefined {
    return (this.object as Partial<ManifestObject>).credentialRefused;
  }
}

/** Messages name the main object of a construct by the construct, as its author does. */
function pathOf(object: ApiObject): string {
  const { owner } = object as Partial<ManifestObject>;
  return (owner && object.node.id === 'Resource' ? owner : object).node.path;
}

/** Loaded at synthesis: a hundred small files that nobody needs who only imports the package. */
function loadRules() {
  return require('../checks/rules') as typeof import('../checks/rules');
}

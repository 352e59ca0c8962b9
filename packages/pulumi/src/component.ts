import * as pulumi from '@pulumi/pulumi';
import { ApiObject } from 'cdk8s';
import { Platform } from 'cdk8s-ai-gateway';
import { Construct, IConstruct } from 'constructs';
import { NamespaceChart } from './chart';
import { componentOf, constructOf, pair } from './construct-of';
import { forConstruct, Shape } from './inputs';
import { KubeObject } from './kube-object';
import { parentOf, shareOptions } from './options';
import { MemberOptions, Run } from './run';
import { withOutputs } from './substitute';

/** Name of this package, which type tokens begin with. */
const PACKAGE = 'pulumi-ai-gateway';
/** Id of the main object of a construct. */
const MAIN_OBJECT = 'Resource';

/** What components have that stand in no `Chart`. */
export interface PlacementArgs {
  /**
   * Namespace of the component's objects. Components that belong together take the same Output, not two of the
   * same value; in a `Chart` it is the chart's.
   *
   * @default - the chart's, or what the Kubernetes provider chooses
   */
  namespace?: pulumi.Input<string>;

  /**
   * The gateway and its release that the component is for; in a `Chart` it is the chart's.
   *
   * @default - the newest release of Envoy AI Gateway
   */
  platform?: Platform;
}

/** What references to gateways have that stand in no `Chart`. */
export interface RoutePlacementArgs {
  /**
   * Namespace of the routes that are added to it; in a `Chart` it is the chart's.
   *
   * @default - the namespace of the Gateway
   */
  routeNamespace?: pulumi.Input<string>;

  /**
   * The gateway and its release that it is; in a `Chart` it is the chart's.
   *
   * @default - the newest release of Envoy AI Gateway
   */
  platform?: Platform;
}

export function typeToken(type: string): string {
  return `${PACKAGE}:index:${type}`;
}

/** Where a component's construct goes: into the chart of a component above, or that of its namespace. */
export function scopeFor(
  type: string, name: string, { namespace, platform }: PlacementArgs, opts: pulumi.ComponentResourceOptions | undefined,
): { scope: Construct; id: string } {
  const label = labelOf(type, name);
  const parent = chartAbove(opts);
  if (parent) {
    if (namespace !== undefined || platform !== undefined) throw new Error(`${label}: '${namespace === undefined ? 'platform' : 'namespace'}' is that of the chart it stands in; set it there`);
    if (parent.node.tryFindChild(name)) throw new Error(`${label}: its chart has a component '${name}' already, and objects are named after it; give it another name`);
    return { scope: parent, id: name };
  }
  const chart: NamespaceChart = Run.current().chartOfNamespace(
    forConstruct(label, 'namespace', 's', namespace), forConstruct(label, 'platform', 'k', platform),
  );
  return { scope: chart, id: chart.idFor(name, type) };
}

function chartAbove(opts: pulumi.ComponentResourceOptions | undefined): Construct | undefined {
  for (let at = opts?.parent; at; at = parentOf(at)) {
    const chart = charts.get(at);
    if (chart) return chart;
  }
  return undefined;
}

/** What messages call a component. Its name decides the URN, and so is plain text. */
export function labelOf(type: string, name: string): string {
  forConstruct(type, 'name', 'k', name);
  if (typeof name !== 'string') throw new TypeError(`${type}: the first argument is the component's name, got ${typeof name}`);
  return `${type} ${name}`;
}

/** Makes a construct, and leaves nothing of it where that fails. */
export function construct<T extends IConstruct>(
  label: string, { scope, id }: { scope: Construct; id: string }, create: (scope: Construct, id: string) => T,
): T {
  return inWordsOfProgram(() => {
    try {
      return create(scope, id);
    } catch (error) {
      scope.node.tryRemoveChild(id);
      throw error;
    }
  }, { path: [scope.node.path, id].filter(Boolean).join('/'), label });
}

/**
 * Errors of constructs begin with a path, which no Pulumi program has: it becomes the component.
 *
 * @param making the component that is being made
 */
export function inWordsOfProgram<T>(step: () => T, making?: { readonly path: string; readonly label: string }): T {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const { message, stack } = error;
    error.message = Run.current().places(making).ofError(message);
    error.stack = stack?.replace(message, () => error.message);
    throw error;
  }
}

/** Options with which a component is not registered before all checks are done. */
export function held({ objectOptions: _, ...opts }: MemberOptions = {}): pulumi.ComponentResourceOptions {
  const dependsOn = Run.current().open.then(() => opts.dependsOn ?? []);
  return { ...opts, dependsOn: dependsOn as pulumi.ComponentResourceOptions['dependsOn'] };
}

/** When a component that is being made has all its children. */
export function complete(): Promise<void> {
  return Run.current().open;
}

/** Makes the objects of a construct the children of a component. */
export function adopt(resource: pulumi.ComponentResource, type: string, name: string, root: IConstruct, options: MemberOptions = {}): void {
  pair(resource, root);
  shareOptions(resource, options);
  Run.current().add({ resource, label: `${type} ${name}`, root, options });
}

const charts = new WeakMap<pulumi.Resource, Construct>();

/** Makes a component the chart of those below it. */
export function adoptChart(resource: pulumi.ComponentResource, chart: Construct): void {
  charts.set(resource, chart);
}

/**
 * The Pulumi resource of an object that a component makes: of an `ApiObject`, or of the main object of a construct.
 *
 * It can be asked for at once; what the object is made of is complete when the program has declared all of it.
 */
export function resourceOf(of: IConstruct | pulumi.ComponentResource): KubeObject {
  const target = constructOf(of);
  const object = ApiObject.isApiObject(target) ? target : ApiObject.of(target);
  const run = Run.current();
  if (!run.memberOf(object)) throw new Error(`${object.node.path}: resourceOf() takes what a component of pulumi-ai-gateway makes, and no component made this`);
  return run.resourceOf(object);
}

export function optionalResourceOf(object: ApiObject | undefined): KubeObject | undefined {
  return object && resourceOf(object);
}

const existingConstructs = new WeakMap<object, IConstruct>();

/** Arguments for the component of a construct that is there already. */
export function existing<Args extends object>(root: IConstruct): Args {
  const args = {};
  existingConstructs.set(args, root);
  return args as Args;
}

/** The component of a construct that `add` makes, or adds to; a construct that grows has one all along. */
export function below<T extends pulumi.ComponentResource>(
  parent: pulumi.ComponentResource, add: () => IConstruct, create: (name: string, root: IConstruct) => T,
): T {
  const root = inWordsOfProgram(add);
  Run.current().touch();
  return (componentOf(root) ?? create(`${nameOf(parent)}:${root.node.id}`, root)) as T;
}

/**
 * The construct of a component, from its arguments.
 *
 * @param placement those of the arguments that say where it stands
 */
export function make<T extends IConstruct>(
  type: string, name: string, args: object, opts: pulumi.ComponentResourceOptions | undefined, shape: Shape,
  placement: readonly (keyof PlacementArgs)[], create: (scope: Construct, id: string, props: object) => T,
): IConstruct {
  const there = existingConstructs.get(args);
  if (there) return there;
  const label = `${type} ${name}`;
  const given = { ...args } as { [name: string]: unknown };
  const place: PlacementArgs = Object.fromEntries(placement.map(prop => [prop, given[prop]]));
  for (const prop of placement) delete given[prop];
  const props = forConstruct<object>(label, '', shape, given);
  return construct(label, scopeFor(type, name, place, opts), (scope, id) => create(scope, id, props));
}

/** The construct of a component that refers to what exists. */
export function makeReference<T extends IConstruct>(
  type: string, name: string, { namespace, routeNamespace, platform }: ReferenceOptions = {}, opts: pulumi.ComponentResourceOptions | undefined,
  refer: (scope: Construct, id: string) => T,
): T {
  const label = labelOf(type, name);
  if (!chartAbove(opts)) return construct(label, scopeFor(type, name, { namespace: routeNamespace ?? namespace, platform }, opts), refer);
  if (routeNamespace !== undefined) throw new Error(`${label}: 'routeNamespace' is the namespace of the chart it stands in; leave it out`);
  return construct(label, scopeFor(type, name, { platform }, opts), refer);
}

interface ReferenceOptions extends RoutePlacementArgs {
  /** Where what is referred to is. */
  readonly namespace?: pulumi.Input<string>;
}

/** What the construct takes of a reference's options. */
export function withoutPlacement<T extends RoutePlacementArgs>(options: T | undefined): Omit<T, keyof RoutePlacementArgs> | undefined {
  if (options === undefined) return undefined;
  const { routeNamespace: _, platform: __, ...rest } = options;
  return rest;
}

/** A name or namespace of a component, which is there once its main object is. */
export function attribute(component: pulumi.ComponentResource, value: string): pulumi.Output<string> {
  const root = constructOf<IConstruct>(component);
  const object = root.node.tryFindChild(MAIN_OBJECT);
  const text = pulumi.output(withOutputs(value) as pulumi.Input<string>);
  return ApiObject.isApiObject(object) ? pulumi.all([resourceOf(object).urn, text]).apply(([, known]) => known) : text;
}

export function optionalAttribute(component: pulumi.ComponentResource, value: string | undefined): pulumi.Output<string | undefined> {
  return value === undefined ? pulumi.output(undefined) : attribute(component, value);
}

function nameOf(resource: pulumi.Resource): string {
  return (resource as unknown as { readonly __name: string }).__name;
}

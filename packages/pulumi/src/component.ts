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
import { asString } from './tokens';

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

export function typeToken(type: string): string {
  return `${PACKAGE}:index:${type}`;
}

/** Where a component's construct goes: into the chart of a component above, or that of its namespace. */
export function scopeFor(
  type: string, name: string, { namespace, platform }: PlacementArgs, opts: pulumi.ComponentResourceOptions | undefined,
): { scope: Construct; id: string } {
  for (let at = opts?.parent; at; at = parentOf(at)) {
    const chart = charts.get(at);
    if (!chart) continue;
    if (namespace !== undefined || platform !== undefined) throw new Error(`${type} ${name}: '${namespace === undefined ? 'platform' : 'namespace'}' is that of the chart it stands in; set it there`);
    return { scope: chart, id: name };
  }
  const chart: NamespaceChart = Run.current().chartOfNamespace(namespace === undefined ? undefined : asString(namespace), platform);
  return { scope: chart, id: chart.idFor(name, type) };
}

/** Makes a construct, and leaves nothing of it where that fails. */
export function construct<T extends IConstruct>({ scope, id }: { scope: Construct; id: string }, create: (scope: Construct, id: string) => T): T {
  try {
    return create(scope, id);
  } catch (error) {
    scope.node.tryRemoveChild(id);
    throw error;
  }
}

/** Options with which a component is not registered before all checks are done. */
export function held({ objectOptions: _, ...opts }: MemberOptions = {}): pulumi.ComponentResourceOptions {
  const dependsOn = Run.current().pending.then(() => opts.dependsOn ?? []);
  return { ...opts, dependsOn: dependsOn as pulumi.ComponentResourceOptions['dependsOn'] };
}

/** When a component that is being made has all its children. */
export function complete(): Promise<void> {
  return Run.current().pending;
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

/** The component of a construct that another one made; a construct that grows has one all along. */
export function below<T extends pulumi.ComponentResource>(
  parent: pulumi.ComponentResource, root: IConstruct, create: (name: string, root: IConstruct) => T,
): T {
  void Run.current().pending;
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
  return construct(scopeFor(type, name, place, opts), (scope, id) => create(scope, id, props));
}

/** The construct of a component that refers to what exists. */
export function makeReference<T extends IConstruct>(
  type: string, name: string, opts: pulumi.ComponentResourceOptions | undefined, refer: (scope: Construct, id: string) => T,
): T {
  return construct(scopeFor(type, name, {}, opts), refer);
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

import * as pulumi from '@pulumi/pulumi';
import { ApiObject } from 'cdk8s';
import { Platform } from 'cdk8s-ai-gateway';
import { Construct, IConstruct } from 'constructs';
import { NamespaceChart } from './chart';
import { KubeObject } from './kube-object';
import { parentOf, shareOptions } from './options';
import { MemberOptions, Run } from './run';
import { asString } from './tokens';

/** Name of this package, which type tokens begin with. */
const PACKAGE = 'pulumi-ai-gateway';

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

const constructs = new WeakMap<object, IConstruct>();
const components = new WeakMap<IConstruct, pulumi.ComponentResource>();

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
export function construct<T extends IConstruct>({ scope, id }: { scope: Construct; id: string }, make: (scope: Construct, id: string) => T): T {
  try {
    return make(scope, id);
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
  constructs.set(resource, root);
  components.set(root, resource);
  shareOptions(resource, options);
  Run.current().add({ resource, label: `${type} ${name}`, root, options });
}

const charts = new WeakMap<pulumi.Resource, Construct>();

/** Makes a component the chart of those below it. */
export function adoptChart(resource: pulumi.ComponentResource, chart: Construct): void {
  charts.set(resource, chart);
}

/** The construct of a component, or the construct itself. */
export function constructOf<T extends IConstruct>(component: pulumi.ComponentResource | IConstruct): T {
  return (constructs.get(component) ?? component) as T;
}

export function componentOf(root: IConstruct): pulumi.ComponentResource | undefined {
  return components.get(root);
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

import * as pulumi from '@pulumi/pulumi';
import { ApiObject, App } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Platform } from 'cdk8s-ai-gateway';
import { NamespaceChart, RegisteredChart } from './chart';
import { findProblems } from './checks';
import { KubeObject } from './kube-object';
import { parentOf } from './options';
import { Registry } from './registry';
import { asString, isLate } from './tokens';

/** A component and the part of the tree whose objects are its children. */
export interface Member {
  readonly resource: pulumi.ComponentResource;
  /** As messages name it: `OpenAIProvider openai`. */
  readonly label: string;
  readonly root: IConstruct;
  readonly options: MemberOptions;
}

/** Options of a component, some of which its objects share. */
export interface MemberOptions extends pulumi.ComponentResourceOptions {
  /** Options of one object, such as `import` or `aliases`. */
  readonly objectOptions?: (object: ApiObject) => pulumi.CustomResourceOptions | undefined;
}

/** What is declared between two turns of the event loop; it is checked and registered as a whole. */
class Batch {
  public readonly done: Promise<void>;
  public resolve!: () => void;
  public reject!: (error: Error) => void;

  constructor() {
    this.done = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    // Who waits for it reports the error; nobody has to.
    this.done.catch(() => undefined);
  }
}

const runs = new WeakMap<object, Run>();
const NO_MONITOR = {};

/**
 * One execution of a Pulumi program: one tree of constructs, so that rules see all of it and constructs that
 * grow by what others need (a gateway, the route of all patterns) are complete when they are registered.
 */
export class Run {
  /** The one that is executing; tests and the automation API have several in one process. */
  public static current(): Run {
    const monitor = pulumi.runtime.getMonitor() as object | undefined ?? NO_MONITOR;
    let run = runs.get(monitor);
    if (!run) runs.set(monitor, run = new Run());
    return run;
  }

  public readonly app: App;
  private readonly members = new Map<IConstruct, Member>();
  private readonly namespaceCharts = new Map<unknown, Map<unknown, NamespaceChart>>();
  private readonly registry: Registry;
  private batch: Batch | undefined;
  private failure: Error | undefined;
  /** What was logged before belongs to another run in this process. */
  private readonly hadErrors = pulumi.log.hasErrors();
  private programFailed = false;
  /** What Pulumi tells resources apart by, of every component. */
  private readonly urns = new Set<string>();

  private constructor() {
    // What the program's own function comes to; there is no stack with Pulumi's mocks.
    const stack = pulumi.runtime.getStackResource() as { readonly __data?: Promise<unknown> } | undefined;
    stack?.__data?.catch(() => this.programFailed = true);
    this.app = new App({ resolvers: [{
      // Raw manifests may hold Outputs as they are; constructs want `asString()`.
      resolve: context => {
        if (isLate(context.value)) context.replaceValue(asString(context.value as pulumi.Output<string>));
      },
    }] });
    this.registry = new Registry(object => this.memberOf(object)!);
  }

  /** Resolves when what is declared now is checked and registered; rejects when a check fails. */
  public get pending(): Promise<void> {
    if (!this.batch) {
      this.batch = new Batch();
      // After all that runs without waiting for anything outside of the program.
      setImmediate(() => this.flush());
    }
    return this.batch.done;
  }

  public chart(id: string, props: { readonly namespace?: string; readonly labels?: { [name: string]: string } }): RegisteredChart {
    return new RegisteredChart(this.app, id, props, () => void this.pending);
  }

  /** The chart of components without one; those of one namespace and platform share it. */
  public chartOfNamespace(namespace: string | undefined, platform: Platform | undefined): NamespaceChart {
    let charts = this.namespaceCharts.get(platform);
    if (!charts) this.namespaceCharts.set(platform, charts = new Map());
    let chart = charts.get(namespace);
    if (!chart) {
      const id = namespace === undefined ? 'default namespace' : `namespace ${this.namespaceCharts.size > 1 ? `${namespace} on ${platform?.name ?? 'the default platform'}` : namespace}`;
      chart = new NamespaceChart(this.app, this.freeId(id), { namespace }, () => void this.pending);
      if (platform) Platform.use(chart, platform);
      charts.set(namespace, chart);
    }
    return chart;
  }

  public add(member: Member): void {
    const urn = qualifiedName(member.resource);
    if (this.urns.has(urn)) throw new Error(`${member.label}: there is one of this name already, and Pulumi tells resources apart by type and name; give it another name`);
    this.urns.add(urn);
    this.members.set(member.root, member);
    void this.pending;
  }

  /** The nearest component above a construct. */
  public memberOf(construct: IConstruct): Member | undefined {
    for (let at: IConstruct | undefined = construct; at; at = at.node.scope) {
      const member = this.members.get(at);
      if (member) return member;
    }
    return undefined;
  }

  /** The resource of an object, which can be asked for before the object is registered. */
  public resourceOf(object: ApiObject): KubeObject {
    return this.registry.early(object, this.registry.has(object) ? Promise.resolve() : this.pending);
  }

  /** Turns a text into one in which a component without a chart is called by its name in the program, not by its place in the tree. */
  private labeler(): (text: string) => string {
    const charts = [...this.namespaceCharts.values()].flatMap(byNamespace => [...byNamespace.values()]).map(({ node }) => `${node.path}/`);
    let labels: (readonly [path: string, label: string])[] | undefined;
    return text => {
      if (!charts.some(chart => text.includes(chart))) return text;
      labels ??= [...this.members.values()].map(({ root, label }) => [root.node.path, label] as const)
        .filter(([path]) => charts.some(chart => path.startsWith(chart)))
        // The path of one can begin that of another.
        .sort(([a], [b]) => b.length - a.length);
      return labels.reduce((labeled, [path, label]) => labeled.replaceAll(path, label), text);
    };
  }

  private freeId(wanted: string): string {
    let id = wanted;
    for (let n = 2; this.app.node.tryFindChild(id); n++) id = `${wanted} (${n})`;
    return id;
  }

  private flush(): void {
    const batch = this.batch!;
    this.batch = undefined;
    try {
      if (this.failure) throw this.failure;
      // Half of what would have been declared is not what anybody wants in the cluster.
      if (this.programFailed || (!this.hadErrors && pulumi.log.hasErrors())) throw new pulumi.RunError(`${this.registry.size > 0 ? 'nothing more' : 'nothing'} of the AI gateway is registered, because the program failed`);
      const { errors, warnings, manifests } = findProblems(this.app, construct => this.memberOf(construct), this.registry, this.labeler());
      if (errors.length > 0) throw new pulumi.RunError(summary(errors, this.registry.size > 0));
      this.registry.register(manifests);
      batch.resolve();
      for (const { text, resource } of warnings) void pulumi.log.warn(text, resource);
    } catch (error) {
      // What is declared later fails in the same way, and Pulumi prints one error once.
      this.failure = error as Error;
      batch.reject(this.failure);
      // Also where the batch has no component that waits for it.
      void Promise.reject(this.failure);
    }
  }
}

/** As in a URN: the types of all parents, and the name. */
function qualifiedName(resource: pulumi.Resource): string {
  const { __name, __pulumiType } = resource as unknown as { readonly __name: string; readonly __pulumiType: string };
  const types = [__pulumiType];
  for (let at = parentOf(resource); at; at = parentOf(at)) types.push((at as unknown as { readonly __pulumiType: string }).__pulumiType);
  return `${types.join('<')}|${__name}`;
}

/** @param more whether something is registered already */
function summary(errors: readonly string[], more: boolean): string {
  return `nothing ${more ? 'more ' : ''}is registered, ${errors.length === 1 ? 'because of' : `because of ${errors.length} problems:`}\n${errors.map(error => `  ${error}`).join('\n')}`;
}

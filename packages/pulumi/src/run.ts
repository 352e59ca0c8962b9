import * as pulumi from '@pulumi/pulumi';
import { ApiObject, App } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Platform } from 'cdk8s-ai-gateway';
import { NamespaceChart, RegisteredChart } from './chart';
import { findProblems, Findings, stuckOutput } from './checks';
import { Deferred } from './deferred';
import { KubeObject } from './kube-object';
import { parentOf } from './options';
import { nearestMember, Places } from './places';
import { Registry } from './registry';
import { asAny, isLate, outputsFrom } from './tokens';
import { Values } from './values';

/** A component and the part of the tree whose objects are its children. */
export interface Member {
  readonly resource: pulumi.ComponentResource;
  /** As messages name it: `OpenAIProvider openai`. */
  readonly label: string;
  readonly root: IConstruct;
  readonly options: MemberOptions;
  /** Opens when it can be registered. */
  readonly gate: Deferred<void>;
}

/** Options of a component, some of which its objects share. */
export interface MemberOptions extends pulumi.ComponentResourceOptions {
  /** Options of one object, such as `import` or `aliases`. */
  readonly objectOptions?: (object: ApiObject) => pulumi.CustomResourceOptions | undefined;
}

/** What a batch declares of one component: it is registered as a whole, when the Outputs in it are known and all checks are done. */
interface Portion {
  readonly member: Member;
  readonly objects: readonly ApiObject[];
  readonly outputs: ReadonlyMap<pulumi.Output<unknown>, boolean>;
}

const runs = new WeakMap<object, Run>();
const NO_MONITOR = {};

/**
 * One execution of a Pulumi program: one tree of constructs, so that rules see all of it and constructs that
 * grow by what others need (a gateway, the route of all patterns) are complete when they are registered.
 */
export class Run {
  /** How many Outputs of all runs are watched already. */
  private static seen = 0;

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
  private readonly values = new Values(resource => this.isOurs(resource), () => this.moreIsKnown());
  /** Whether something was declared that nobody has looked at yet. */
  private declaring = false;
  /** Components that have no portion yet. */
  private fresh = new Set<Member>();
  private waiting: Portion[] = [];
  /** Number of values that the last look had, and the time it took. */
  private lastLook = { revision: 0, ms: 0 };
  private nextLook: NodeJS.Timeout | undefined;
  private failure: Error | undefined;
  /** Errors that were told. */
  private readonly told = new Set<string>();
  /** That of the component that is being made: Pulumi asks for it before there is one. */
  private gate = new Deferred<void>();
  /** What was logged before belongs to another run in this process. */
  private readonly hadErrors = pulumi.log.hasErrors();
  private programFailed = false;
  private readonly resources = new Set<pulumi.Resource>();
  /** What Pulumi tells resources apart by, of every component. */
  private readonly urns = new Set<string>();

  private constructor() {
    // What the program's own function comes to; there is no stack with Pulumi's mocks.
    const stack = pulumi.runtime.getStackResource() as { readonly __data?: Promise<unknown> } | undefined;
    stack?.__data?.catch(() => this.programFailed = true);
    this.app = new App({ resolvers: [{
      // Raw manifests may hold Outputs as they are; constructs want `asString()`.
      resolve: context => {
        if (isLate(context.value)) context.replaceValue(asAny(context.value));
      },
    }] });
    this.registry = new Registry(object => this.memberOf(object)!);
  }

  /** What is declared without waiting in between is looked at as a whole. */
  public touch(): void {
    if (this.declaring) return;
    this.declaring = true;
    // After all that runs without waiting for anything outside of the program, and once more for the values of Outputs to arrive.
    setImmediate(() => {
      for (const output of outputsFrom(Run.seen)) {
        this.values.of(output);
        Run.seen++;
      }
      setImmediate(() => this.cut());
    });
  }

  /** Opens when the component that is being made can be registered. */
  public get open(): Promise<void> {
    return this.gate.promise;
  }

  public chart(id: string, props: { readonly namespace?: string; readonly labels?: { [name: string]: string } }): RegisteredChart {
    return new RegisteredChart(this.app, id, props, () => this.touch());
  }

  /** The chart of components without one; those of one namespace and platform share it. */
  public chartOfNamespace(namespace: string | undefined, platform: Platform | undefined): NamespaceChart {
    let charts = this.namespaceCharts.get(platform);
    if (!charts) this.namespaceCharts.set(platform, charts = new Map());
    let chart = charts.get(namespace);
    if (!chart) {
      const id = namespace === undefined ? 'default namespace' : `namespace ${this.namespaceCharts.size > 1 ? `${namespace} on ${platform?.name ?? 'the default platform'}` : namespace}`;
      chart = new NamespaceChart(this.app, this.freeId(id), { namespace }, () => this.touch());
      if (platform) Platform.use(chart, platform);
      charts.set(namespace, chart);
    }
    return chart;
  }

  public add(declared: Omit<Member, 'gate'>): void {
    const member = { ...declared, gate: this.gate };
    this.gate = new Deferred();
    const urn = qualifiedName(member.resource);
    if (this.urns.has(urn)) throw new Error(`${member.label}: there is one of this name already, and Pulumi tells resources apart by type and name; give it another name`);
    this.urns.add(urn);
    this.members.set(member.root, member);
    this.resources.add(member.resource);
    this.fresh.add(member);
    this.touch();
  }

  /** The nearest component above a construct. */
  public memberOf(construct: IConstruct): Member | undefined {
    return nearestMember(this.members, construct);
  }

  /** The resource of an object, which can be asked for before the object is registered. */
  public resourceOf(object: ApiObject): KubeObject {
    this.touch();
    return this.registry.early(object);
  }

  /** @param making the component that is being made */
  public places(making?: { readonly path: string; readonly label: string }): Places {
    return new Places(this.members, making, [...this.namespaceCharts.values()].flatMap(byNamespace => [...byNamespace.values()]));
  }

  private freeId(wanted: string): string {
    let id = wanted;
    for (let n = 2; this.app.node.tryFindChild(id); n++) id = `${wanted} (${n})`;
    return id;
  }

  private isOurs(resource: pulumi.Resource): boolean {
    return resource instanceof KubeObject || this.resources.has(resource);
  }

  /** Looks at what was declared, and lets it wait for its values. */
  private cut(): void {
    this.declaring = false;
    this.guarded(() => {
      const { manifests, outputs } = this.look(true);
      if (this.failure) return;
      const objects = new Map<Member, ApiObject[]>([...this.fresh].map(member => [member, []]));
      for (const object of this.registry.freeze(manifests)) {
        const member = this.memberOf(object)!;
        objects.set(member, [...objects.get(member) ?? [], object]);
      }
      for (const [member, own] of objects) {
        this.waiting.push({ member, objects: own, outputs: outputs.get(member) ?? new Map() });
      }
      this.fresh.clear();
      this.openReady();
    });
    if (this.failure) this.rejectAll(this.failure);
  }

  /** Values arrive one by one, and a look is at everything: so looks take half of the time at most. */
  private moreIsKnown(): void {
    if (this.nextLook || this.waiting.length === 0) return;
    this.nextLook = setTimeout(() => {
      this.nextLook = undefined;
      // What is declared now is not complete yet; it is looked at together.
      if (this.declaring || !this.waiting.some(portion => this.isReady(portion))) return;
      this.guarded(() => {
        if (this.values.revision !== this.lastLook.revision) this.look(false);
        this.openReady();
      });
    }, this.lastLook.ms);
  }

  private isReady({ outputs }: Portion): boolean {
    return [...outputs.keys()].every(output => this.values.of(output) !== undefined);
  }

  /** Everything there is to say about what is declared, with the values that are known. */
  private look(declared: boolean): Findings {
    const start = performance.now();
    const { revision } = this.values;
    // Half of what would have been declared is not what anybody wants in the cluster.
    if (!this.failure && (this.programFailed || (!this.hadErrors && pulumi.log.hasErrors()))) throw new pulumi.RunError(`${this.registry.size > 0 ? 'nothing more' : 'nothing'} of the AI gateway is registered, because the program failed`);
    const findings = findProblems(this.app, this.registry, this.values, this.places(), declared);
    this.lastLook = { revision, ms: performance.now() - start };
    const { errors, warnings, failures } = findings;
    // What made an Output fail is for Pulumi to tell.
    for (const failure of failures) void Promise.reject(failure);
    const news = errors.filter(error => !this.told.has(error));
    for (const error of news) this.told.add(error);
    if (news.length > 0) throw new pulumi.RunError(summary(news, this.registry.size > 0));
    if (!this.failure) for (const { text, resource } of warnings) void pulumi.log.warn(text, resource);
    return findings;
  }

  /** Registers all whose values are known. */
  private openReady(): void {
    if (this.failure) return;
    const ready = this.waiting.filter(portion => this.isReady(portion));
    this.waiting = this.waiting.filter(portion => !ready.includes(portion));
    this.registry.open(ready.flatMap(({ objects }) => objects));
    for (const { member } of ready) member.gate.resolve();
    this.watchExit();
  }

  private guarded(step: () => void): void {
    try {
      step();
    } catch (error) {
      this.fail(error as Error);
    }
  }

  private fail(error: Error): void {
    // Also where nobody waits for it. Pulumi prints one error once.
    void Promise.reject(error);
    if (this.failure) return;
    // What is declared later fails in the same way.
    this.failure = error;
    this.rejectAll(error);
  }

  private rejectAll(error: Error): void {
    for (const { gate } of [...this.fresh, ...this.waiting.map(({ member }) => member)]) gate.reject(error);
    this.fresh.clear();
    this.registry.fail(error);
    this.watchExit();
  }

  /** When nothing is left to do and Outputs are still waited for, they wait for what waits for them. */
  private watchExit(): void {
    process.removeListener('beforeExit', this.stuck);
    if (this.waiting.length > 0 && !this.failure) process.once('beforeExit', this.stuck);
  }

  private readonly stuck = () => {
    const errors = this.waiting.flatMap(({ member, objects, outputs }) => {
      const manifests = this.registry.manifestsOf(objects);
      const stuck = [...outputs].filter(([output, own]) => own && this.values.of(output) === undefined);
      return stuck.map(([output]) => stuckOutput(output, member, manifests, this.places()));
    });
    const error = new pulumi.RunError(summary([...new Set(errors)].sort(), this.registry.size > 0));
    // Where it came up helps nobody, and at the end of a program Pulumi would print it.
    error.stack = error.message;
    this.fail(error);
  };
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

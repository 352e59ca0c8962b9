import * as pulumi from '@pulumi/pulumi';
import { ApiObject } from 'cdk8s';
import { Problem } from 'cdk8s-ai-gateway/lib/src/bridge';
import { CHANGED_TOO_LATE, DEPENDENCY_CYCLE, SAME_OBJECT_TWICE } from './codes';
import { RotationWarnings, unlessRendered } from './credential';
import { Deferred } from './deferred';
import { Dependencies } from './dependencies';
import { KubeObject, typeOf } from './kube-object';
import { sharedOptions } from './options';
import type { Member } from './run';
import { base64WithOutputs, decoded, withOutputs } from './substitute';
import { hasToken } from './tokens';
import { earlierTypes } from './versions';

type Manifest = any;

/** What an object will be: it does not change any more, and waits for the values in it. */
interface Frozen {
  readonly manifest: Manifest;
  readonly text: string;
  readonly dependencies: readonly ApiObject[];
}

interface Made {
  readonly resource: KubeObject;
  readonly urn: string;
  /** What is sent of the manifest. */
  readonly fields: string;
}

/** The objects that are resources of Pulumi, or will be. */
export class Registry {
  /** In the order in which they can be made. */
  private readonly frozen = new Map<ApiObject, Frozen>();
  private readonly made = new Map<ApiObject, Made>();
  /** Objects whose checks are done. */
  private readonly opened = new Set<ApiObject>();
  private readonly waiting = new Map<ApiObject, Deferred<void>>();
  private readonly urns = new Map<string, ApiObject>();
  private readonly warned = new Set<string>();
  private readonly rotation = new RotationWarnings();

  constructor(private readonly memberOf: (object: ApiObject) => Member) {}

  /** Number of objects that are registered. */
  public get size(): number {
    return this.opened.size;
  }

  /** Whether a warning was not given yet. */
  public isNewsOf(text: string): boolean {
    return this.warned.size !== this.warned.add(text).size;
  }

  /** The resource of an object whose manifest can still grow: what it is made of waits until all is declared and checked. */
  public early(object: ApiObject): KubeObject {
    const known = this.made.get(object);
    if (known) return known.resource;
    const late = <T>(read: (frozen: Frozen) => T) => this.whenOpened(object).then(() => read(this.frozen.get(object)!));
    const manifest = object.toJson();
    const props = Object.fromEntries(Object.keys(manifest).map(field => [field, late(frozen => this.inputs(object, frozen.manifest)[field])]));
    return this.make(object, manifest, props, late(({ dependencies }) => this.resources(dependencies)));
  }

  /** What cannot be registered as it is, or should have been registered otherwise. */
  public *conflicts(manifests: ReadonlyMap<ApiObject, Manifest>): Iterable<{ readonly object: ApiObject; readonly problem: Problem }> {
    for (const [object, manifest] of manifests) {
      const urn = this.urnOf(object, manifest);
      const other = this.urns.get(urn) ?? object;
      if (other !== object) {
        yield { object, problem: { definition: SAME_OBJECT_TWICE, prop: 'metadata.name', message: `is the name of another ${manifest.kind} of the component`, value: manifest.metadata?.name, fix: 'give one of them another name, or a component of its own' } };
      }
      this.urns.set(urn, other);
      if (this.isChanged(object, manifest, urn)) {
        yield { object, problem: { definition: CHANGED_TOO_LATE, message: `was registered already, and what is declared now would change its ${manifest.kind} ${manifest.metadata?.name}`, fix: 'declare both without await in between' } };
      }
    }
    for (const cycle of cycles(manifests.keys(), new Dependencies(manifests))) {
      yield { object: cycle[0], problem: { definition: DEPENDENCY_CYCLE, message: `depends on itself: ${cycle.map(o => o.node.path).join(' -> ')}`, fix: 'remove one of the dependencies' } };
    }
  }

  private isChanged(object: ApiObject, manifest: Manifest, urn: string): boolean {
    const frozen = this.frozen.get(object);
    if (frozen) return frozen.text !== JSON.stringify(manifest);
    const made = this.made.get(object);
    return made !== undefined && (made.urn !== urn || made.fields !== fieldsOf(manifest));
  }

  /** From now on objects are what they are; returns those that are new, each after those it waits for. */
  public freeze(manifests: ReadonlyMap<ApiObject, Manifest>): ApiObject[] {
    const dependencies = new Dependencies(manifests);
    const running = new Set<ApiObject>();
    const fresh: ApiObject[] = [];
    const visit = (object: ApiObject): boolean => {
      if (this.frozen.has(object)) return true;
      // An implied dependency that closes a circle gives way; declared circles were refused.
      if (running.has(object)) return false;
      running.add(object);
      const before = [...new Set([...dependencies.declared(object), ...dependencies.implied(object)])].filter(visit);
      running.delete(object);
      const manifest = manifests.get(object)!;
      this.frozen.set(object, { manifest, text: JSON.stringify(manifest), dependencies: before });
      fresh.push(object);
      return true;
    };
    for (const object of manifests.keys()) visit(object);
    return fresh;
  }

  /** What objects were frozen as. */
  public manifestsOf(objects: readonly ApiObject[]): ReadonlyMap<ApiObject, Manifest> {
    return new Map(objects.map(object => [object, this.frozen.get(object)!.manifest]));
  }

  /** Registers objects whose checks are done. */
  public open(objects: readonly ApiObject[]): void {
    for (const object of objects) {
      const { manifest, dependencies } = this.frozen.get(object)!;
      if (!this.made.has(object)) this.make(object, manifest, this.inputs(object, manifest), this.resources(dependencies));
      this.opened.add(object);
      this.waiting.get(object)?.resolve();
    }
  }

  /** Nothing that is not opened by now will be. */
  public fail(error: Error): void {
    for (const [object, { reject }] of this.waiting) if (!this.opened.has(object)) reject(error);
  }

  private resources(objects: readonly ApiObject[]): pulumi.Input<pulumi.Resource>[] {
    return objects.map(object => this.made.get(object)?.resource ?? this.whenOpened(object).then(() => this.made.get(object)!.resource));
  }

  private whenOpened(object: ApiObject): Promise<void> {
    if (this.opened.has(object)) return Promise.resolve();
    let waiting = this.waiting.get(object);
    if (!waiting) this.waiting.set(object, waiting = new Deferred());
    return waiting.promise;
  }

  private make(object: ApiObject, manifest: Manifest, props: pulumi.Inputs, dependencies: pulumi.Input<pulumi.Input<pulumi.Resource>[]>): KubeObject {
    const member = this.memberOf(object);
    const { apiVersion, kind } = manifest;
    const own = member.options.objectOptions?.(object) ?? {};
    const opts: pulumi.CustomResourceOptions = pulumi.mergeOptions(sharedOptions(member.resource), {
      ...own,
      parent: member.resource,
      aliases: [...earlierTypes(apiVersion, kind).map(type => ({ type })), ...own.aliases ?? []],
      ...(kind === 'Secret' ? { additionalSecretOutputs: ['data', 'stringData', ...own.additionalSecretOutputs ?? []] } : {}),
    });
    // Nested lists and promises are fine here, whatever the type says.
    opts.dependsOn = [opts.dependsOn ?? [], dependencies] as unknown as pulumi.Input<pulumi.Resource>[];
    const resource = new KubeObject(this.nameOf(object, manifest), { apiVersion, kind }, props, opts);
    this.made.set(object, { resource, urn: this.urnOf(object, manifest), fields: fieldsOf(manifest) });
    if (kind === 'Secret' && holdsOutputs(manifest)) this.rotation.check(providerOf(member), resource);
    return resource;
  }

  private inputs(object: ApiObject, manifest: Manifest): pulumi.Inputs {
    if (manifest.kind !== 'Secret') return Object.fromEntries(Object.entries(manifest).map(([field, value]) => [field, withOutputs(value)]));
    const member = this.memberOf(object);
    const provider = providerOf(member);
    // Each value for itself, so that the names of the keys stay visible.
    const secrets = (values: object, convert: (value: unknown) => pulumi.Input<unknown>) => Object.fromEntries(Object.entries(values)
      .map(([key, value]) => [key, pulumi.secret(unlessRendered(convert(value), hasToken(value) ? provider : undefined, member.label))]));
    const { data, stringData, ...rest } = manifest;
    return {
      ...Object.fromEntries(Object.entries(rest).map(([field, value]) => [field, withOutputs(value)])),
      ...(data ? { data: secrets(data, base64WithOutputs) } : {}),
      ...(stringData ? { stringData: secrets(stringData, withOutputs) } : {}),
    };
  }

  /** By what the object is in the cluster, not by where it is declared: moving a declaration changes no URN. */
  private nameOf(object: ApiObject, { metadata }: Manifest): string {
    const name = metadata?.name ?? object.node.id;
    const namespace = metadata?.namespace;
    const elsewhere = namespace !== undefined && namespace !== object.chart.namespace && !hasToken(namespace);
    return `${nameOfResource(this.memberOf(object).resource)}:${elsewhere ? `${namespace}/` : ''}${name}`;
  }

  /** What makes URNs differ among the objects of a run: parents of the same type and name have one themselves. */
  private urnOf(object: ApiObject, manifest: Manifest): string {
    const { root } = this.memberOf(object);
    return `${root.node.path}|${typeOf(manifest)}|${this.nameOf(object, manifest)}`;
  }
}

function fieldsOf(manifest: Manifest): string {
  return Object.keys(manifest).sort().join();
}

function nameOfResource(resource: pulumi.Resource): string {
  return (resource as unknown as { readonly __name: string }).__name;
}

/** The Kubernetes provider of a component; undefined for the default one. */
export function providerOf({ resource }: Member): pulumi.ProviderResource | undefined {
  return resource.getProvider('kubernetes:core/v1:Secret');
}

/** Whether a Secret has values that only Pulumi knows. */
export function holdsOutputs({ data, stringData }: Manifest): boolean {
  return [...Object.values(data ?? {}).map(value => (typeof value === 'string' ? decoded(value) : value)), ...Object.values(stringData ?? {})].some(hasToken);
}

/** Circles of declared dependencies, each from its first object. */
function* cycles(objects: Iterable<ApiObject>, dependencies: Dependencies): Iterable<ApiObject[]> {
  const done = new Set<ApiObject>();
  for (const start of objects) {
    const path: { readonly object: ApiObject; readonly next: Iterator<ApiObject> }[] = [];
    const enter = (object: ApiObject) => path.push({ object, next: dependencies.declared(object).values() });
    if (!done.has(start)) enter(start);
    while (path.length > 0) {
      const { object, next } = path.at(-1)!;
      const step = next.next();
      if (step.done) {
        done.add(object);
        path.pop();
        continue;
      }
      const from = path.findIndex(entry => entry.object === step.value);
      if (from >= 0) yield [...path.slice(from).map(entry => entry.object), step.value];
      else if (!done.has(step.value)) enter(step.value);
    }
  }
}

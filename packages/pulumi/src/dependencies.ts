import { ApiObject } from 'cdk8s';
import { ManifestObject } from 'cdk8s-ai-gateway/lib/src/bridge';
import { IConstruct } from 'constructs';

type Manifest = any;

/** Fields that name an object by name alone, and the kind they mean. */
const KINDS: { readonly [field: string]: string | undefined } = {
  parentRefs: 'Gateway',
  secretRef: 'Secret', clientSecret: 'Secret', clientSecretRef: 'Secret', certificateRefs: 'Secret', secretKeyRef: 'Secret',
};
/** Backends of routes without a kind: a route of the AI gateway means one of its own. */
const BACKENDS: { readonly [kind: string]: string | undefined } = { AIGatewayRoute: 'AIServiceBackend', HTTPRoute: 'Service', GRPCRoute: 'Service' };

/** Finds what objects wait for: in cdk8s' own graph, one at a time, because cdk8s' sort takes exponential time. */
export class Dependencies {
  private readonly byName = new Map<string, ApiObject>();
  private readonly units = new Map<IConstruct, ApiObject[]>();
  private readonly below = new Map<IConstruct, readonly ApiObject[]>();

  constructor(private readonly manifests: ReadonlyMap<ApiObject, Manifest>) {
    for (const [object, manifest] of manifests) {
      for (const name of namesOf(manifest)) if (!this.byName.has(name)) this.byName.set(name, object);
      const unit = unitOf(object);
      const members = this.units.get(unit);
      if (members) members.push(object); else this.units.set(unit, [object]);
    }
  }

  /** What an object waits for by `addDependency()`: a circle of these is a mistake. */
  declared(object: ApiObject): Set<ApiObject> {
    const declared = new Set<ApiObject>();
    for (let at: IConstruct | undefined = object; at; at = at.node.scope) {
      for (const target of at.node.dependencies) {
        for (const other of this.objectsBelow(target)) if (!isBelow(other, at)) declared.add(other);
      }
    }
    return declared;
  }

  /** What an object waits for by a name, a namespace or a kind in its manifest: in a circle of these one gives way. */
  implied(object: ApiObject): Set<ApiObject> {
    const implied = new Set<ApiObject>();
    const unit = unitOf(object);
    for (const name of referencesOf(this.manifests.get(object))) {
      const target = this.byName.get(name);
      if (!target || target === object) continue;
      const targetUnit = unitOf(target);
      // A route waits for all that makes a provider work, its credential too, not only for what it names.
      for (const other of targetUnit === unit ? [target] : this.units.get(targetUnit)!) implied.add(other);
    }
    return implied;
  }

  private objectsBelow(construct: IConstruct): readonly ApiObject[] {
    let objects = this.below.get(construct);
    if (!objects) this.below.set(construct, objects = construct.node.findAll().filter((c): c is ApiObject => ApiObject.isApiObject(c)));
    return objects;
  }
}

/** The construct whose objects belong together. */
function unitOf(object: ApiObject): IConstruct {
  return (object as Partial<ManifestObject>).owner ?? object;
}

function isBelow(construct: IConstruct, scope: IConstruct): boolean {
  for (let at: IConstruct | undefined = construct; at; at = at.node.scope) if (at === scope) return true;
  return false;
}

function key(kind: string, namespace: unknown, name: string): string {
  return `${kind}/${typeof namespace === 'string' ? namespace : ''}/${name}`;
}

/** Under what an object is found: its own name, that of the Secret or of the kind it brings about. */
function* namesOf({ kind, metadata, spec }: Manifest): Iterable<string> {
  yield key(kind, metadata?.namespace, metadata?.name);
  if (kind === 'ExternalSecret') yield key('Secret', metadata?.namespace, spec?.target?.name ?? metadata?.name);
  if (kind === 'SealedSecret') yield key('Secret', metadata?.namespace, spec?.template?.metadata?.name ?? metadata?.name);
  if (kind === 'CustomResourceDefinition') yield key('kind', spec?.group, spec?.names?.kind);
}

function* referencesOf(manifest: Manifest): Iterable<string> {
  const { apiVersion, kind, metadata, ...rest } = manifest;
  const namespace = metadata?.namespace;
  if (namespace !== undefined) yield key('Namespace', undefined, namespace);
  const [group, version] = String(apiVersion).split('/');
  if (version !== undefined) yield key('kind', group, kind);
  yield* referencesIn(rest, '', kind, namespace);
}

function* referencesIn(value: unknown, field: string, kind: string, namespace: unknown): Iterable<string> {
  if (Array.isArray(value)) {
    for (const item of value) yield* referencesIn(item, field, kind, namespace);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const { name, kind: named, namespace: other } = value as { readonly [field: string]: unknown };
  const wanted = typeof named === 'string' ? named : field === 'backendRefs' ? BACKENDS[kind] : KINDS[field];
  if (typeof name === 'string' && wanted !== undefined) {
    yield key(wanted, other ?? namespace, name);
    // Kinds without a namespace are named in the same way.
    yield key(wanted, undefined, name);
  }
  for (const [inner, item] of Object.entries(value)) yield* referencesIn(item, inner, kind, namespace);
}

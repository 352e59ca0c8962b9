import { ApiObject, ApiObjectProps, JsonPatch, Lazy } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { isBareMetadata, NOT_PLAIN, plainCopy, plainMetadata } from './plain-copy';
import type { Session } from './session';
import { Manifest } from '../intent';
import { RenderedObject } from '../platforms/contract';
import { Platform } from '../platforms/platform';

const SYNC_WAVE = 'argocd.argoproj.io/sync-wave';
const OWN_FIELDS = new Set(['apiVersion', 'kind', 'metadata']);

type Said = Pick<RenderedObject, 'props' | 'apisDeclared' | 'credentialRefused'>;

/** An `ApiObject` made of a manifest that a platform rendered. */
export class ManifestObject extends ApiObject {
  /** What the object is to its construct, in the platform's words. */
  public readonly role: string;
  /** The construct whose properties those are. */
  public readonly owner: Construct;
  // What the platform says beside the manifest, of an object that does not grow.
  private readonly firstProps: Said['props'];
  private readonly firstApis: Said['apisDeclared'];
  private readonly firstRefused: Said['credentialRefused'];
  private readonly current: (() => RenderedObject) | undefined;
  private readonly session: Session;
  private readonly clusterScoped: boolean;
  private readonly verbatim: Manifest | undefined;
  /** The manifest, keys of its body sorted; undefined where it grows, or where cdk8s has more to do than to copy. */
  private readonly plain: PlainManifest | undefined;
  /** Whether a patch decides with this class what comes out. */
  private patched = false;

  /**
   * @param current renders the object anew at synthesis, for constructs that grow
   */
  constructor(scope: Construct, owner: Construct, rendered: RenderedObject, session: Session, current?: () => RenderedObject) {
    const plain = current || rendered.verbatim || !session.copiesPlainData ? undefined : plainManifest(rendered.manifest);
    super(scope, rendered.id, plain ?? (current ? late(rendered.manifest, () => current().manifest) : rendered.manifest as PlainManifest));
    this.current = current;
    this.owner = owner;
    this.role = rendered.role;
    this.firstProps = current ? undefined : rendered.props;
    this.firstApis = current ? undefined : rendered.apisDeclared;
    this.firstRefused = current ? undefined : rendered.credentialRefused;
    this.clusterScoped = rendered.clusterScoped ?? false;
    this.verbatim = rendered.verbatim ? rendered.manifest : undefined;
    this.plain = plain;
    this.session = session;
  }

  /** Manifest path to property of the construct that decides it. */
  public get manifestProps(): RenderedObject['props'] {
    return this.current ? this.current().props : this.firstProps;
  }

  /** Paths of rules whose author lists the client APIs they are for. */
  public get apisDeclared(): RenderedObject['apisDeclared'] {
    return this.current ? this.current().apisDeclared : this.firstApis;
  }

  /** Whether a credential was declared that the platform could not express. */
  public get credentialRefused(): RenderedObject['credentialRefused'] {
    return this.current ? this.current().credentialRefused : this.firstRefused;
  }

  /** The manifest, for whoever asks to change. Within one synthesis it is rendered once, for the checks and the output. */
  public toJson(): any {
    const json = this.session.takeRendered(this) ?? this._toRead();
    if (this.verbatim) return structuredClone(json);
    return this.session.isSynthesizing && this.plain && !this.patched ? unshared(json) : json;
  }

  /** Throws for an encrypted document: a change would break its integrity check. */
  public addJsonPatch(...ops: JsonPatch[]): void {
    if (this.verbatim) throw new Error(`${this.node.path}: addJsonPatch() cannot change an encrypted document; change the file and encrypt it again`);
    this.patched = true;
    super.addJsonPatch(...ops);
  }

  /** The manifest for the checks, which change nothing: in a synthesis it shares what was declared. */
  public _toRead(): any {
    if (this.verbatim) return this.verbatim;
    const wave = this.syncWave();
    if (wave === undefined && !this.clusterScoped && this.isAsDeclared()) return this.plain;
    const json = this.plainJson() ?? super.toJson();
    // The chart's namespace is merged into every object; the API server refuses it on these kinds.
    if (this.clusterScoped) delete json.metadata?.namespace;
    // A patch can have made anything of them, which the checks tell.
    const { metadata } = json;
    if (wave !== undefined && isMap(metadata) && isMap(metadata.annotations ?? {})) {
      metadata.annotations = { ...metadata.annotations as object, [SYNC_WAVE]: String(wave) };
    }
    return json;
  }

  /** Whether what was declared is what comes out. */
  private isAsDeclared(): boolean {
    return this.session.isSynthesizing && !this.patched && this.plain !== undefined && isBareMetadata(this.metadata, this.plain.metadata);
  }

  /** What `ApiObject.toJson()` returns, where it would only copy. */
  private plainJson(): any {
    if (this.patched || !this.session.copiesPlainData) return undefined;
    const plain = this.current ? plainManifest(this.current().manifest) : this.plain;
    if (!plain) return undefined;
    const metadata = plainMetadata(this.metadata);
    return withBody(
      { apiVersion: this.apiVersion, kind: this.kind, metadata: metadata === NOT_PLAIN ? this.metadata.toJson() : metadata },
      this.session.isSynthesizing ? plain : plainCopy(bodyOf(plain)) as PlainManifest,
    );
  }

  private syncWave(): number | undefined {
    if (this.session.syncWaves.size === 0) return undefined;
    const order = Platform._orderOf(this, this.kind);
    if (order < 0) return undefined;
    for (let at: IConstruct | undefined = this; at; at = at.node.scope) {
      const first = this.session.syncWaves.get(at);
      if (first !== undefined) return first + order;
    }
    return undefined;
  }
}

function isMap(value: unknown): value is { [field: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

type PlainManifest = Manifest & ApiObjectProps;
type Head = Pick<Manifest, 'apiVersion' | 'kind' | 'metadata'>;

/** Only its body is plain: names and namespaces can be known later. */
function plainManifest(manifest: Manifest): PlainManifest | undefined {
  const copy = plainCopy(bodyOf(manifest));
  return copy === NOT_PLAIN ? undefined : withBody(manifest, copy as PlainManifest);
}

function bodyOf({ apiVersion, kind, metadata, ...body }: Manifest): object {
  return body;
}

/** Field by field, because V8 gives an object that is spread into another a second piece of memory. */
function withBody({ apiVersion, kind, metadata }: Head, body: { readonly [field: string]: unknown }): PlainManifest {
  const manifest: { [field: string]: unknown } = {};
  manifest.apiVersion = apiVersion;
  manifest.kind = kind;
  manifest.metadata = metadata;
  for (const field of Object.keys(body)) if (!OWN_FIELDS.has(field)) manifest[field] = body[field];
  return manifest as PlainManifest;
}

/** A copy of a manifest whose body is plain. */
function unshared(manifest: Manifest): PlainManifest {
  return withBody({ ...manifest, metadata: { ...manifest.metadata } }, plainCopy(bodyOf(manifest)) as PlainManifest);
}

function late(first: Manifest, current: () => Manifest): any {
  const fields = Object.keys(first).filter(field => !OWN_FIELDS.has(field));
  return {
    apiVersion: first.apiVersion,
    kind: first.kind,
    metadata: first.metadata,
    ...Object.fromEntries(fields.map(field => [field, Lazy.any({ produce: () => current()[field] })])),
  };
}

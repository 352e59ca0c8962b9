import { ApiObject, JsonPatch, Lazy } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { NOT_PLAIN, plainCopy, plainMetadata } from './plain-copy';
import type { Session } from './session';
import { Manifest } from '../intent';
import { RenderedObject } from '../platforms/contract';
import { Platform } from '../platforms/platform';

const SYNC_WAVE = 'argocd.argoproj.io/sync-wave';
const OWN_FIELDS = new Set(['apiVersion', 'kind', 'metadata']);

/** An `ApiObject` made of a manifest that a platform rendered. */
export class ManifestObject extends ApiObject {
  /** What the object is to its construct, in the platform's words. */
  public readonly role: string;
  /** The construct whose properties those are. */
  public readonly owner: Construct;
  private readonly firstProps: RenderedObject['props'];
  private readonly current: (() => RenderedObject) | undefined;
  private readonly session: Session;
  private readonly clusterScoped: boolean;
  private readonly verbatim: Manifest | undefined;
  /** The body of the manifest, keys sorted, while nothing but this class decides what comes out. */
  private body: { readonly [field: string]: unknown } | undefined;

  /**
   * @param current renders the object anew at synthesis, for constructs that grow
   */
  constructor(scope: Construct, owner: Construct, rendered: RenderedObject, session: Session, current?: () => RenderedObject) {
    const body = current || rendered.verbatim || !session.copiesPlainData ? NOT_PLAIN : plainBody(rendered.manifest);
    super(scope, rendered.id, propsOf(rendered.manifest, body, current && (() => current().manifest)));
    this.current = current;
    this.owner = owner;
    this.role = rendered.role;
    this.firstProps = rendered.props;
    this.clusterScoped = rendered.clusterScoped ?? false;
    this.verbatim = rendered.verbatim ? rendered.manifest : undefined;
    this.body = body === NOT_PLAIN ? undefined : body;
    this.session = session;
  }

  /** Manifest path to property of the construct that decides it. */
  public get manifestProps(): RenderedObject['props'] {
    return this.current ? this.current().props : this.firstProps;
  }

  /** Renders the manifest. Within one synthesis it is rendered once, for the checks and the output. */
  public toJson(): any {
    return this.session.takeRendered(this) ?? this.render();
  }

  /** Throws for an encrypted document: a change would break its integrity check. */
  public addJsonPatch(...ops: JsonPatch[]): void {
    if (this.verbatim) throw new Error(`${this.node.path}: addJsonPatch() cannot change an encrypted document; change the file and encrypt it again`);
    this.body = undefined;
    super.addJsonPatch(...ops);
  }

  private render(): any {
    if (this.verbatim) return this.verbatim;
    const json = this.plainJson() ?? super.toJson();
    // The chart's namespace is merged into every object; the API server refuses it on these kinds.
    if (this.clusterScoped) delete json.metadata?.namespace;
    const wave = this.syncWave();
    // A patch can have made anything of them, which the checks tell.
    const { metadata } = json;
    if (wave !== undefined && isMap(metadata) && isMap(metadata.annotations ?? {})) {
      metadata.annotations = { ...metadata.annotations as object, [SYNC_WAVE]: String(wave) };
    }
    return json;
  }

  /** What `ApiObject.toJson()` returns, where it would only copy. */
  private plainJson(): any {
    if (!this.body) return undefined;
    const metadata = plainMetadata(this.metadata);
    return {
      apiVersion: this.apiVersion,
      kind: this.kind,
      metadata: metadata === NOT_PLAIN ? this.metadata.toJson() : metadata,
      // What a synthesis makes is read, not kept: it needs no copy.
      ...(this.session.isSynthesizing ? this.body : plainCopy(this.body) as object),
    };
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

function plainBody({ apiVersion, kind, metadata, ...body }: Manifest): { readonly [field: string]: unknown } | typeof NOT_PLAIN {
  return plainCopy(body) as { readonly [field: string]: unknown } | typeof NOT_PLAIN;
}

function propsOf(manifest: Manifest, body: object | typeof NOT_PLAIN, current: (() => Manifest) | undefined): any {
  if (current) return late(manifest, current);
  const { apiVersion, kind, metadata } = manifest;
  return body === NOT_PLAIN ? manifest : { apiVersion, kind, metadata, ...body };
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

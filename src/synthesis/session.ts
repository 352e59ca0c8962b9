import { ApiObject, App, Yaml } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Attached } from './attached';
import { collectFindings, LocatedFinding } from './collect';
import type { ManifestObject } from './manifest-object';
import { fasterStringify } from './plain-text';
import { Problem } from '../findings/finding';

const sessions = new Attached<Session>('session');
const SYNTH_METHODS = ['synth', 'synthYaml'] as const;
/** A program that writes YAML in a way of its own goes on doing so. */
const cdk8sStringify = Yaml.stringify;

/** Puts values in the place of tokens in plain data, as far as they are known; what has none stays the same object. */
export type Known = <T>(value: T) => T;

/** Problems a construct knows of itself; a function where it can still grow, or where values become known later. */
export type ProblemSource = readonly Problem[] | ((known: Known) => readonly Problem[]);

/** What is known where a construct asks for it. */
export type KnownAt = (construct: IConstruct) => Known;

const SAME: Known = value => value;
const NOTHING_KNOWN: KnownAt = () => SAME;

/**
 * What one construct tree knows about its own validity: problems recorded by
 * constructs, acknowledgements, and the findings of the last look at all manifests.
 */
export class Session {
  /** The session of the tree that holds `construct`. */
  public static of(construct: IConstruct): Session {
    // Not `node.root`, which lists all scopes first; this runs for every object.
    let root = construct;
    for (let scope = root.node.scope; scope; scope = root.node.scope) root = scope;
    return sessions.get(root) ?? sessions.set(root, new Session(root));
  }

  public readonly recorded: { readonly construct: IConstruct; readonly problems: ProblemSource }[] = [];
  public readonly acknowledgements: { readonly scope: IConstruct; readonly code: string; readonly reason: string }[] = [];
  public readonly strictScopes = new Set<IConstruct>();
  public readonly completeNamespaces = new Set<string>();
  /** Scopes whose objects carry Argo CD sync waves, with the first wave. */
  public readonly syncWaves = new Map<IConstruct, number>();

  private readonly sharedObjects = new Map<string, ManifestObject>();
  /** Whether rendering changes nothing in plain data: no resolver was added to the app, and sorting is not switched off. */
  public readonly copiesPlainData: boolean;

  private messages = new Map<IConstruct, string[]>();
  private readonly watched = new Set<IConstruct>();
  /** Manifests rendered for the checks and not yet handed to the output. */
  private rendered = new Map<ApiObject, any>();
  private synthesizing = false;
  /** Whether the running synthesis was checked already. */
  private checked = false;

  private constructor(private readonly root: IConstruct) {
    this.copiesPlainData = hasOnlyBuiltInResolvers(root);
    root.node.addValidation({ validate: () => this.validate() });
    this.wrapSynth();
  }

  public get isSynthesizing(): boolean {
    return this.synthesizing;
  }

  public record(construct: IConstruct, problems: ProblemSource): void {
    if (typeof problems === 'function' || problems.length > 0) {
      this.recorded.push({ construct, problems });
    }
  }

  /** The one object with this key; the first who asks places it. */
  public shared(key: string, place: () => ManifestObject): ManifestObject {
    const object = this.sharedObjects.get(key) ?? place();
    this.sharedObjects.set(key, object);
    return object;
  }

  /**
   * All findings as things stand now, and the manifests in which they were found.
   *
   * @param known values that tools of tokens know by now; manifests have the tokens
   */
  public look(known: KnownAt = NOTHING_KNOWN): { readonly findings: readonly LocatedFinding[]; readonly manifests: Map<ApiObject, any> } {
    const manifests = new Map<ApiObject, any>();
    return { findings: collectFindings(this.root, this, manifests, known), manifests };
  }

  /** The manifest the checks saw, once, while the same synthesis is still running. */
  public takeRendered(object: ApiObject): any {
    if (!this.synthesizing) return undefined;
    const json = this.rendered.get(object);
    this.rendered.delete(object);
    return json;
  }

  /** Runs on the root, the first construct cdk8s validates, so later ones see the messages. */
  private validate(): string[] {
    if (!this.checked) {
      const { findings, manifests } = this.look();
      if (this.synthesizing) this.rendered = manifests;
      this.publish(findings);
      this.checked = this.synthesizing;
    }
    return this.messages.get(this.root) ?? [];
  }

  private publish(findings: readonly LocatedFinding[]): void {
    this.messages = new Map();
    for (const finding of findings) {
      if (finding.severity !== 'error') continue;
      const list = this.messages.get(finding.construct);
      if (list) {
        list.push(finding.text);
      } else {
        this.messages.set(finding.construct, [finding.text]);
      }
      this.watch(finding.construct);
    }
    const warnings = findings.filter(f => f.severity === 'warning');
    if (warnings.length > 0) {
      process.stderr.write(warnings.map(w => `warning: ${w.construct.node.path}: ${w.text}\n`).join(''));
    }
  }

  /** cdk8s puts the path of the construct that reports before the message, so each reports its own. */
  private watch(construct: IConstruct): void {
    if (construct === this.root || this.watched.has(construct)) return;
    this.watched.add(construct);
    construct.node.addValidation({ validate: () => this.messages.get(construct) ?? [] });
  }

  /**
   * cdk8s validates once per chart and once more for the app, without saying
   * where one synthesis begins and ends. Nothing can change in between, so the
   * manifests are rendered and checked once for all of it.
   */
  private wrapSynth(): void {
    const app = this.root as { [method: string]: any };
    for (const method of SYNTH_METHODS) {
      const original = app[method];
      if (typeof original !== 'function') continue;
      const wrapped = (...args: unknown[]) => {
        this.synthesizing = true;
        const forget = rememberTree(this.root);
        const { stringify } = Yaml;
        if (stringify === cdk8sStringify) Yaml.stringify = fasterStringify(stringify);
        try {
          return original.apply(this.root, args);
        } finally {
          Yaml.stringify = stringify;
          forget();
          this.synthesizing = false;
          this.checked = false;
          this.rendered = new Map();
        }
      };
      Object.defineProperty(app, method, { value: wrapped, configurable: true, writable: true, enumerable: false });
    }
  }
}

/** cdk8s walks the whole tree anew for each chart: here, once. Returns what ends that. */
function rememberTree({ node }: IConstruct): () => void {
  const { findAll } = node;
  let all: readonly IConstruct[] | undefined;
  node.findAll = order => (order === undefined ? [...all ??= findAll.call(node)] : findAll.call(node, order));
  return () => {
    node.findAll = findAll;
  };
}

function hasOnlyBuiltInResolvers(root: IConstruct): boolean {
  const { resolvers } = root as Partial<App>;
  return resolvers !== undefined && resolvers.length === new App().resolvers.length && !process.env.CDK8S_DISABLE_SORT;
}

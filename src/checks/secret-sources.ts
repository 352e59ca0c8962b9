import { isToken } from '../findings/token';
import { agentSecretReferences } from './agentgateway-secrets';
import { Graph, GraphNode } from './graph';
import { namespaceOf } from './links';
import { perGraph } from './per-graph';
import { AI_GATEWAY } from './api-groups';
import { at, fields, list, text } from './read';
import { referencesOfMcpRoute, referencesOfPolicy, SecretReference } from './security-policies';

export const EXTERNAL_SECRETS = 'external-secrets.io';
export const SOPS_OPERATOR = 'isindir.github.com';
export const SEALED_SECRETS = 'bitnami.com';
const ENCRYPTED = /^ENC\[/;

/** A manifest that becomes a Secret in the cluster, or adds to one. */
export interface SecretSource {
  readonly node: GraphNode;
  /** Where the manifest names the Secret: `spec.target.name`. */
  readonly path: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly keys: readonly string[];
  /** True where the Secret can have further data keys that no manifest shows. */
  readonly open: boolean;
  /** True where other sources of the same Secret are meant to be there. */
  readonly shares: boolean;
  /** False where it only adds to a Secret that something else makes. */
  readonly makes: boolean;
}

/** The Secrets that the manifests of a graph become. */
export class SecretSources {
  public readonly all: readonly SecretSource[];
  private readonly byPlace = new Map<string, SecretSource[]>();
  private readonly byName = new Map<string, SecretSource[]>();
  /** Namespaces in which a Secret with an encrypted name appears. */
  private readonly obscure = new Set<string>();
  /** Secrets that are missing because what should make them does not, which another rule tells. */
  private readonly failing: ReadonlySet<string>;
  /** Names of Secrets that appear in namespaces chosen in the cluster. */
  private readonly everywhere = new Set<string>();

  constructor(graph: Graph) {
    this.all = [
      ...graph.ofKind('', 'Secret').map(plainSecret),
      ...graph.ofKind(EXTERNAL_SECRETS, 'ExternalSecret').flatMap(externalSecret),
      ...graph.ofKind(SOPS_OPERATOR, 'SopsSecret').flatMap(node => this.sopsSecrets(node)),
      ...graph.ofKind(SEALED_SECRETS, 'SealedSecret').map(sealedSecret),
    ].filter(({ name }) => name !== '' && !isToken(name));
    for (const source of this.all) {
      push(this.byPlace, place(source.namespace, source.name), source);
      push(this.byName, source.name, source);
    }
    for (const node of graph.ofKind(EXTERNAL_SECRETS, 'ClusterExternalSecret')) this.everywhere.add(nameOfEverywhere(node));
    this.failing = new Set(graph.ofKind(EXTERNAL_SECRETS, 'ExternalSecret').filter(createsNothing).map(node => place(namespaceOf(node), targetOf(node))));
  }

  /** What becomes the Secret of this name and namespace. */
  at(namespace: string | undefined, name: string): readonly SecretSource[] {
    return this.byPlace.get(place(namespace, name)) ?? [];
  }

  /** A source of a Secret of this name in another namespace; only where both namespaces are known. */
  elsewhere(namespace: string | undefined, name: string): SecretSource | undefined {
    if (namespace === undefined || this.mayAppear(namespace, name)) return undefined;
    return this.byName.get(name)?.find(source => source.namespace !== undefined && source.namespace !== namespace);
  }

  /** Whether an ExternalSecret names this Secret and does not make it. */
  fails(namespace: string | undefined, name: string): boolean {
    return this.failing.has(place(namespace, name));
  }

  /** Whether a manifest may become this Secret although none says so. */
  mayAppear(namespace: string | undefined, name: string): boolean {
    return this.everywhere.has(name) || this.obscure.has(namespace ?? '');
  }

  private sopsSecrets(node: GraphNode): readonly SecretSource[] {
    const namespace = namespaceOf(node);
    return list(at(node.manifest, 'spec', 'secretTemplates')).flatMap((value, index): SecretSource[] => {
      const template = fields(value);
      const name = text(template.name);
      if (name === undefined || ENCRYPTED.test(name)) {
        this.obscure.add(namespace ?? '');
        return [];
      }
      const path = `spec.secretTemplates[${index}].name`;
      return [{ node, path, name, namespace, keys: keysOf(template.data, template.stringData), open: false, shares: false, makes: true }];
    });
  }
}

export const secretSourcesOf = perGraph(graph => new SecretSources(graph));

/** Every Secret that the gateway reads a credential from. */
export const secretReferencesOf = perGraph((graph): readonly SecretReference[] => [
  ...graph.ofKind(AI_GATEWAY, 'BackendSecurityPolicy').flatMap(referencesOfPolicy),
  ...graph.ofKind(AI_GATEWAY, 'MCPRoute').flatMap(referencesOfMcpRoute),
  ...agentSecretReferences(graph),
]);

/** Whether a Secret has a name that the gateway's controller gives to its own. */
export function isReservedSecret(name: string): boolean {
  return name.startsWith('ai-eg-');
}

/** Whether the gateway reads a credential from a Secret. */
export const secretsRead = perGraph(graph => new Set(secretReferencesOf(graph).map(({ namespace, name }) => place(namespace, name))));

/** Whether the gateway reads a credential from a Secret of this name beside a manifest. */
export function isReadFrom(graph: Graph, node: GraphNode, name: unknown): boolean {
  const known = text(name);
  return known !== undefined && secretsRead(graph).has(place(namespaceOf(node), known));
}

export function place(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}

/** Name of the Secret that an ExternalSecret is for. */
export function targetOf({ manifest }: GraphNode): string {
  return text(at(manifest, 'spec', 'target', 'name')) ?? text(at(manifest, 'metadata', 'name')) ?? '';
}

/** Name of the Secret that a ClusterExternalSecret brings to many namespaces. */
export function nameOfEverywhere({ manifest }: GraphNode): string {
  return text(at(manifest, 'spec', 'externalSecretSpec', 'target', 'name') ?? at(manifest, 'spec', 'externalSecretName') ?? at(manifest, 'metadata', 'name')) ?? '';
}

function plainSecret(node: GraphNode): SecretSource {
  const { data, stringData } = node.manifest;
  return {
    node,
    path: 'metadata.name',
    name: text(at(node.manifest, 'metadata', 'name')) ?? '',
    namespace: namespaceOf(node),
    keys: keysOf(data, stringData),
    open: false,
    shares: false,
    makes: true,
  };
}

/** Why no Secret comes of an ExternalSecret, by the field that says so. */
export function createsNothing({ manifest }: GraphNode): 'creationPolicy' | 'manifest' | undefined {
  const target = fields(at(manifest, 'spec', 'target'));
  if (target.creationPolicy === 'None') return 'creationPolicy';
  return target.manifest !== undefined && at(target.manifest, 'kind') !== 'Secret' ? 'manifest' : undefined;
}

function externalSecret(node: GraphNode): readonly SecretSource[] {
  if (createsNothing(node)) return [];
  const spec = fields(node.manifest.spec);
  const target = fields(spec.target);
  const policy = text(target.creationPolicy) ?? 'Owner';
  const named = text(target.name);
  const template = fields(target.template);
  const templated = Object.keys(fields(template.data));
  const hasTemplateFiles = list(template.templateFrom).length > 0;
  const fetched = list(spec.data).map(value => text(fields(value).secretKey));
  const replaced = (templated.length > 0 || hasTemplateFiles) && template.mergePolicy !== 'Merge';
  const adds = policy === 'Merge' || policy === 'CreateOrMerge';
  return [{
    node,
    path: named === undefined ? 'metadata.name' : 'spec.target.name',
    name: named ?? text(at(node.manifest, 'metadata', 'name')) ?? '',
    namespace: namespaceOf(node),
    keys: replaced ? templated : [...new Set([...templated, ...fetched.filter(key => key !== undefined)])],
    open: adds || hasTemplateFiles || (!replaced && (list(spec.dataFrom).length > 0 || fetched.includes(undefined))),
    shares: adds,
    makes: policy !== 'Merge',
  }];
}

function sealedSecret(node: GraphNode): SecretSource {
  const template = fields(at(node.manifest, 'spec', 'template'));
  const encrypted = at(node.manifest, 'spec', 'encryptedData');
  const named = text(at(template, 'metadata', 'name'));
  return {
    node,
    path: named === undefined ? 'metadata.name' : 'spec.template.metadata.name',
    name: named ?? text(at(node.manifest, 'metadata', 'name')) ?? '',
    namespace: text(at(template, 'metadata', 'namespace')) ?? namespaceOf(node),
    keys: keysOf(encrypted, template.data),
    // Where it is missing, that alone is told.
    open: encrypted === undefined,
    shares: false,
    makes: true,
  };
}

function keysOf(...maps: readonly unknown[]): readonly string[] {
  return [...new Set(maps.flatMap(map => Object.keys(fields(map))))];
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const values = map.get(key);
  if (values) {
    values.push(value);
  } else {
    map.set(key, [value]);
  }
}

/** Whether a manifest is encrypted by SOPS, so that its values are no plaintext. */
export function isEncryptedBySops({ manifest }: GraphNode): boolean {
  return typeof manifest.sops === 'object' && manifest.sops !== null;
}

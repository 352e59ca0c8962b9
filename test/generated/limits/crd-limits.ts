import { join } from 'node:path';
import { Crd, CrdIndex, CrdVersion } from '../../judges/crd/crd-index';
import { crdsFolder, CrdTarget, foldersOf } from '../../judges/crd/release-set';
import { Schema } from '../../judges/crd/schema';
import { Cluster, RELEASES } from '../arbitraries/slots';
import { crdTarget } from '../judgement';

/** Kinds that constructs write and a CRD describes, in the order of the page. */
export const KINDS = [
  'AIGatewayRoute', 'AIServiceBackend', 'BackendSecurityPolicy', 'GatewayConfig', 'Backend', 'BackendTrafficPolicy', 'ClientTrafficPolicy',
  'EnvoyProxy', 'GatewayClass', 'Gateway', 'BackendTLSPolicy', 'ReferenceGrant', 'ExternalSecret', 'SopsSecret', 'SealedSecret',
] as const;

/** Clusters as releases usually come, in both channels. */
export const CLUSTERS: readonly Cluster[] = RELEASES.flatMap(release =>
  (['standard', 'experimental'] as const).map(channel => ({ release, channel })));

/** What one field may not be, besides a CEL rule. */
export type Keyword =
  | 'minLength' | 'maxLength' | 'pattern' | 'enum' | 'minItems' | 'maxItems' | 'minimum' | 'maximum' | 'minProperties' | 'maxProperties'
  | 'format' | 'required' | 'unique' | 'form';

export interface Limit {
  readonly kind: string;
  /** Such as `spec.rules[].name`. */
  readonly path: string;
  readonly keyword: Keyword;
  readonly value: unknown;
  /** Schema of the value at the path. */
  readonly schema: Schema;
}

export interface CelRule {
  readonly kind: string;
  readonly path: string;
  readonly rule: string;
  readonly message?: string;
}

/** The version of a kind that constructs write for a cluster. */
export interface WrittenKind {
  readonly crd: Crd;
  readonly version: CrdVersion;
}

const indexes = new Map<string, CrdIndex>();

export function writtenKinds(cluster: Cluster): WrittenKind[] {
  const target: CrdTarget = crdTarget(cluster);
  const key = JSON.stringify(target);
  const index = indexes.get(key) ?? new CrdIndex(foldersOf(target).map(folder => join(crdsFolder(), folder)));
  indexes.set(key, index);
  return KINDS.map((kind): WrittenKind => {
    const crd = index.all().find(found => found.kind === kind);
    const version = crd?.versions.find(({ name }) => name === versionOf(crd, cluster));
    if (!crd || !version) throw new Error(`no CRD of ${kind} for ${key}`);
    return { crd, version };
  });
}

function versionOf({ group, kind, versions }: Crd, { release }: Cluster): string {
  if (group === 'aigateway.envoyproxy.io') return release === 'v0.5' ? 'v1alpha1' : 'v1beta1';
  if (kind === 'ReferenceGrant') return 'v1beta1';
  const served = versions.filter(version => version.served && !version.deprecated).map(({ name }) => name);
  return served.includes('v1') ? 'v1' : served.sort().at(-1)!;
}

const PLAIN: readonly Keyword[] = ['minLength', 'maxLength', 'pattern', 'enum', 'minItems', 'maxItems', 'minimum', 'maximum', 'minProperties', 'maxProperties', 'format'];

/** Every limit that the schema of a kind puts on what an author writes. */
export function limitsOf({ crd: { kind }, version: { schema } }: WrittenKind): Limit[] {
  const found: Limit[] = [];
  visit(schema, '', (node, path) => {
    const add = (keyword: Keyword, value: unknown) => found.push({ kind, path, keyword, value, schema: node });
    for (const keyword of PLAIN) {
      const value = node[keyword as keyof Schema];
      // None of 0 is no limit.
      if (value !== undefined && !(value === 0 && keyword.startsWith('min') && keyword !== 'minimum')) add(keyword, value);
    }
    for (const name of node.required ?? []) if (node.properties?.[name]?.default === undefined) add('required', name);
    const { 'x-kubernetes-list-type': list, 'x-kubernetes-list-map-keys': keys } = node;
    if (list === 'set' || list === 'map') add('unique', keys ?? 'value');
    for (const junctor of ['allOf', 'anyOf', 'oneOf', 'not'] as const) {
      if (node[junctor] !== undefined) add('form', { [junctor]: node[junctor] });
    }
  });
  return found;
}

/** Every CEL rule of a kind. */
export function celRulesOf({ crd: { kind }, version: { schema } }: WrittenKind): CelRule[] {
  const found: CelRule[] = [];
  visit(schema, '', (node, path) => {
    for (const { rule, message } of node['x-kubernetes-validations'] ?? []) found.push({ kind, path, rule: oneLine(rule), message });
  });
  return found;
}

export function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

/** What an author writes: neither metadata, which is the same for all kinds, nor the status. */
function visit(schema: Schema, path: string, see: (schema: Schema, path: string) => void): void {
  see(schema, path);
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    if (path === '' && ['apiVersion', 'kind', 'metadata', 'status'].includes(name)) continue;
    visit(property, path === '' ? name : `${path}.${name}`, see);
  }
  if (schema.items) visit(schema.items, `${path}[]`, see);
  if (typeof schema.additionalProperties === 'object') visit(schema.additionalProperties, `${path}{}`, see);
}

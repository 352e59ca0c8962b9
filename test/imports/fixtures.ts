import type { CrdSchema, CrdVersion } from '../../scripts/imports/crd';
import type { KindHistory } from '../../scripts/imports/crd-folder';

interface VersionOptions {
  readonly served?: boolean;
  readonly deprecated?: boolean;
  readonly storage?: boolean;
}

/** A version of a CRD whose spec has the given schema. */
export function version(name: string, spec: CrdSchema, options: VersionOptions = {}): CrdVersion {
  const openAPIV3Schema: CrdSchema = {
    type: 'object',
    required: ['spec'],
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { type: 'object' },
      spec,
      status: { type: 'object', properties: { phase: { type: 'string' } } },
    },
  };
  const { served = true, storage = true, deprecated } = options;
  return { name, served, storage, ...(deprecated !== undefined && { deprecated }), schema: { openAPIV3Schema } };
}

/** A kind with one entry per release, oldest first. */
export function history(kind: string, releases: { readonly [release: string]: readonly CrdVersion[] }): KindHistory {
  const source = { group: 'toys.example.com', product: 'toys', releases: Object.keys(releases), kinds: { [kind]: kind.toLowerCase() } };
  return {
    source,
    kind,
    before: [],
    releases: Object.entries(releases).map(([release, versions]) => ({
      release,
      crd: { spec: { group: source.group, names: { kind }, scope: 'Namespaced', versions } },
    })),
  };
}

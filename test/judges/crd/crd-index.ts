import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
// Three times as fast as the parser that the library uses, on megabytes of CRDs.
import { CORE_SCHEMA, load } from 'js-yaml';
import { refuseUnknownKeywords, Schema } from './schema';

/** One API version of a custom kind. */
export interface CrdVersion {
  readonly name: string;
  readonly served: boolean;
  readonly deprecated: boolean;
  readonly deprecationWarning?: string;
  readonly schema: Schema;
  /** Whether writes of the object itself leave `status` alone. */
  readonly hasStatus: boolean;
}

/** A custom kind. */
export interface Crd {
  readonly group: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly versions: readonly CrdVersion[];
}

interface CrdFile {
  readonly spec: {
    readonly group: string;
    readonly scope: 'Namespaced' | 'Cluster';
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly deprecated?: boolean;
      readonly deprecationWarning?: string;
      readonly schema: { readonly openAPIV3Schema: Schema };
      readonly subresources?: { readonly status?: object };
    }[];
  };
}

/**
 * Parsing is by far the slowest step, so a file is parsed when a manifest of its kind appears, and once per process.
 * By content, because releases often leave a CRD as it was.
 */
const parsed = new Map<string, Crd>();
const indexed = new Map<string, ReadonlyMap<string, string>>();

/** The custom kinds of some folders. */
export class CrdIndex {
  private readonly files = new Map<string, string>();
  private readonly crds = new Map<string, Crd>();

  constructor(folders: readonly string[]) {
    for (const folder of folders) {
      for (const [key, file] of indexFolder(folder)) {
        const other = this.files.get(key);
        if (other) throw new Error(`two CRDs for ${key}: ${other} and ${file}`);
        this.files.set(key, file);
      }
    }
  }

  find(group: string, kind: string): Crd | undefined {
    return this.read(`${group} ${kind}`);
  }

  all(): Crd[] {
    return [...this.files.keys()].flatMap(key => this.read(key) ?? []);
  }

  private read(key: string): Crd | undefined {
    const file = this.files.get(key);
    if (file === undefined) return undefined;
    const crd = this.crds.get(key) ?? readCrd(file);
    this.crds.set(key, crd);
    return crd;
  }
}

function indexFolder(folder: string): ReadonlyMap<string, string> {
  const known = indexed.get(folder);
  if (known) return known;
  if (!existsSync(folder)) throw new Error(`CRD folder is missing: ${folder}`);
  const entries = readdirSync(folder).filter(name => name.endsWith('.yaml')).map((name) => {
    const file = join(folder, name);
    return [namesIn(file), file] as const;
  });
  const index = new Map(entries);
  indexed.set(folder, index);
  return index;
}

/** Group and kind from the text alone. */
function namesIn(file: string): string {
  const text = readFileSync(file, 'utf8');
  const group = /^ {2}group: (\S+)$/m.exec(text)?.[1];
  const kind = /^ {4}kind: (\S+)$/m.exec(text)?.[1];
  if (!group || !kind) throw new Error(`not a CRD file: ${file}`);
  return `${group} ${kind}`;
}

function readCrd(file: string): Crd {
  const text = readFileSync(file, 'utf8');
  const content = createHash('sha256').update(text).digest('hex');
  let crd = parsed.get(content);
  if (!crd) {
    crd = parseCrd(text, file);
    parsed.set(content, crd);
  }
  return crd;
}

function parseCrd(text: string, file: string): Crd {
  const { spec } = load(text, { schema: CORE_SCHEMA }) as CrdFile;
  return {
    group: spec.group,
    kind: spec.names.kind,
    namespaced: spec.scope === 'Namespaced',
    versions: spec.versions.map(({ name, served, deprecated, deprecationWarning, schema, subresources }) => {
      refuseUnknownKeywords(schema.openAPIV3Schema, `${file} ${name}`);
      return {
        name, served, deprecated: deprecated ?? false, deprecationWarning,
        schema: schema.openAPIV3Schema, hasStatus: subresources?.status !== undefined,
      };
    }),
  };
}

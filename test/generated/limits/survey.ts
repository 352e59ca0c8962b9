import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject } from 'cdk8s';
import * as fc from 'fast-check';
import { Checks } from '../../../src';
import type { ManifestObject } from '../../../src/synthesis/manifest-object';
import { Schema } from '../../judges/crd/schema';
import { programs } from '../arbitraries/programs';
import { RELEASES, slotIn } from '../arbitraries/slots';
import { interpret } from '../interpret';
import { writtenKinds } from './crd-limits';

/** What programs write at one path of a kind. */
export interface Reached {
  /** Some of what stands there, to tell what a program decides from what is always the same. */
  readonly values: Set<string>;
  /** Properties of constructs that decide it. */
  readonly properties: Set<string>;
}

/** By kind, then by path, such as `spec.rules[].name`. */
export type Survey = ReadonlyMap<string, ReadonlyMap<string, Reached>>;

const PROGRAMS = 480;
const SEED = 1;
const ENOUGH = 2;

/** Looks at what many programs write. The same programs each time. */
export function survey(): Survey {
  const found = new Map<string, Map<string, Reached>>();
  const folder = mkdtempSync(join(tmpdir(), 'survey-'));
  try {
    for (let number = 0; number < PROGRAMS; number++) {
      const slot = slotIn({ release: RELEASES[number % RELEASES.length] }, Math.floor(number / RELEASES.length));
      const [program] = fc.sample(programs(slot), { numRuns: 1, seed: SEED * PROGRAMS + number });
      // A patch writes what no property decides.
      const { app } = interpret({ ...program, patches: [] }, folder);
      if (Checks.findings(app).some(({ severity }) => severity === 'error')) continue;
      const schemas = new Map(writtenKinds(slot.cluster).map(({ crd, version }) => [crd.kind, version.schema]));
      for (const object of app.node.findAll().filter(ApiObject.isApiObject)) {
        const { manifestProps, owner } = object as Partial<ManifestObject>;
        const schema = schemas.get(object.kind);
        if (!owner || !schema) continue;
        let paths = found.get(object.kind);
        if (!paths) found.set(object.kind, paths = new Map());
        look(schema, object.toJson(), '', '', { paths, properties: manifestProps ?? {} });
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return found;
}

interface View {
  readonly paths: Map<string, Reached>;
  readonly properties: { readonly [manifestPath: string]: string };
}

function look(schema: Schema, value: unknown, path: string, at: string, view: View): void {
  let here = view.paths.get(path);
  if (!here) view.paths.set(path, here = { values: new Set(), properties: new Set() });
  const property = propertyOf(at, view.properties);
  if (property !== undefined) here.properties.add(property);
  const see = (text: string) => {
    if (here.values.size < ENOUGH) here.values.add(text);
  };
  if (Array.isArray(value)) {
    see(`${value.length} items`);
    const { items } = schema;
    if (items) value.forEach((item, index) => look(items, item, `${path}[]`, `${at}[${index}]`, view));
  } else if (typeof value === 'object' && value !== null) {
    see(Object.keys(value).join());
    for (const [name, inner] of Object.entries(value)) {
      const known = schema.properties && Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
      const further = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined;
      const next = at === '' ? name : `${at}.${name}`;
      if (known) look(known, inner, path === '' ? name : `${path}.${name}`, next, view);
      else if (further) look(further, inner, `${path}{}`, next, view);
    }
  } else {
    see(JSON.stringify(value));
  }
}

/** Without what is different in each program: positions in lists, and the pattern that `addPattern()` was called with. */
function generalized(property: string): string {
  return property.replace(/\[\d+\]/g, '[]').replace(/^entries\[\]\.|^add\w+\([^]*\)\.?/, '') || 'pattern';
}

/** As messages name it: the longest part of the path that a property decides, without positions in lists. */
function propertyOf(at: string, properties: { readonly [manifestPath: string]: string }): string | undefined {
  for (let end = at.length; end > 0; end = Math.max(at.lastIndexOf('.', end - 1), at.lastIndexOf('[', end - 1))) {
    const property = properties[at.slice(0, end)];
    if (property !== undefined) return generalized(property);
  }
  return undefined;
}

import { Complaint, field, isObject } from './complaint';
import { Schema } from './schema';

const EMBEDDED: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata']);

/** Removes what the schema does not have, and complains of each, as strict field validation does. */
export function removeUnknownFields(schema: Schema, value: unknown, path: string, complaints: Complaint[]): void {
  if (Array.isArray(value)) {
    const { items } = schema;
    if (items) value.forEach((item, index) => removeUnknownFields(items, item, `${path}[${index}]`, complaints));
    return;
  }
  if (!isObject(value) || schema.additionalProperties === true) return;
  for (const [name, child] of Object.entries(value)) {
    const known = fieldSchema(schema, name);
    if (known) {
      removeUnknownFields(known, child, field(path, name), complaints);
    } else if (!schema['x-kubernetes-preserve-unknown-fields'] && !(schema['x-kubernetes-embedded-resource'] && EMBEDDED.has(name))) {
      complaints.push({ path: '', message: `unknown field "${field(path, name)}"` });
      delete value[name];
    }
  }
}

/**
 * Fills in defaults, at every depth that exists. A null in a field that cannot be null counts as absent, as it does
 * for an API server.
 */
export function applyDefaults(schema: Schema, value: unknown): void {
  if (Array.isArray(value)) {
    const { items } = schema;
    if (items) value.forEach(item => applyDefaults(items, item));
    return;
  }
  if (!isObject(value)) return;
  for (const [name, child] of Object.entries(value)) {
    const known = fieldSchema(schema, name);
    if (child === null && known && !known.nullable) delete value[name];
  }
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    if (property.default !== undefined && !Object.hasOwn(value, name)) value[name] = structuredClone(property.default);
  }
  for (const [name, child] of Object.entries(value)) {
    const known = fieldSchema(schema, name);
    if (known) applyDefaults(known, child);
  }
}

/** The schema of a field, declared by name or as a value of a map. */
export function fieldSchema(schema: Schema, name: string): Schema | undefined {
  if (schema.properties && Object.hasOwn(schema.properties, name)) return schema.properties[name];
  return typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined;
}

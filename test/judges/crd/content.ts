import { checkRules } from './cel-rules';
import { rootSchema } from './cel-value';
import { Complaint } from './complaint';
import { applyDefaults, removeUnknownFields } from './prepare';
import { Schema } from './schema';
import { checkStructure } from './structure';

const OPEN: Schema = { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true };

/**
 * Everything that the schema of an object says, in the order of an API server. The object is changed: it loses its
 * unknown fields and gains its defaults.
 */
export function checkContent(
  schema: Schema, object: Record<string, unknown>, complaints: Complaint[], options: { readonly hasStatus?: boolean } = {},
): void {
  removeUnknownFields(openMetadata(schema), object, '', complaints);
  // What a creation says of the status is not kept, so it is not validated either.
  if (options.hasStatus) delete object.status;
  applyDefaults(schema, object);
  const structural: Complaint[] = [];
  checkStructure(schema, object, '', structural);
  complaints.push(...structural);
  if (!structural.some(({ blocking }) => blocking)) checkRules(rootSchema(schema), object, '', new WeakMap(), complaints);
}

/** Unknown fields of the metadata are found with the rest of what is wrong there. */
function openMetadata(schema: Schema): Schema {
  return { ...schema, 'properties': { ...schema.properties, metadata: OPEN }, 'x-kubernetes-embedded-resource': true };
}

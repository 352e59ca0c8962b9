import { parse } from 'yaml';
import { seal, sealDocument } from '../../secrets/sealing';

/** An encrypted value, in quotes. */
export const CIPHERTEXT = JSON.stringify(seal('a-key', 'stringData:apiKey:'));

/** The `sops` block of a manifest, with some of its fields replaced; undefined leaves one out. */
export function sopsBlock(fields: { readonly [field: string]: unknown } = {}): string {
  return `sops: ${JSON.stringify(parse(sealDocument({}, { sops: fields })).sops)}`;
}

import { base64Bytes } from './base64';

/** An encrypted value as SOPS writes it, `ENC[AES256_GCM,data:…,iv:…,tag:…,type:str]`. */
export interface SopsValue {
  readonly type: string;
  /** Length of what is encrypted, which encryption does not hide. */
  readonly bytes: number;
}

const MARK = 'ENC[';
const FORM = /^ENC\[AES256_GCM,data:([^,\]]*),iv:([^,\]]*),tag:([^,\]]*),type:([a-z]+)\]\s*$/;
const TYPES: readonly string[] = ['str', 'int', 'float', 'bool', 'time', 'bytes'];
const IV_BYTES = 32;
const TAG_BYTES = 16;

export function looksEncrypted(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith(MARK);
}

/** Undefined for text that SOPS would not have written. */
export function parseSopsValue(text: string): SopsValue | undefined {
  const [, data, iv, tag, type] = FORM.exec(text) ?? [];
  if (type === undefined || !TYPES.includes(type)) return undefined;
  if (base64Bytes(iv) !== IV_BYTES || base64Bytes(tag) !== TAG_BYTES) return undefined;
  const bytes = base64Bytes(data);
  return bytes === undefined ? undefined : { type, bytes };
}

import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { parse, stringify } from 'yaml';

/**
 * What `sops` does, with a fixed key and nonce, so that tests can make encrypted
 * documents and see whether the integrity check of a printed one still holds.
 */

const DATA_KEY = Buffer.from(Array.from({ length: 32 }, (_, i) => (7 * i) % 256));
const IV = Buffer.from(Array.from({ length: 32 }, (_, i) => i + 1));
const MODIFIED = '2026-01-02T03:04:05Z';
const COVERED = /^(data|stringData)$/;

export function seal(plain: string, aad: string, type = 'str'): string {
  const cipher = createCipheriv('aes-256-gcm', DATA_KEY, IV).setAAD(Buffer.from(aad));
  const data = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  const parts = { data, iv: IV, tag: cipher.getAuthTag() };
  return `ENC[AES256_GCM,${Object.entries(parts).map(([name, bytes]) => `${name}:${bytes.toString('base64')}`).join(',')},type:${type}]`;
}

export function unseal(sealed: string, aad: string): string {
  const [, data, iv, tag] = /data:(.*),iv:(.*),tag:(.*),type:/.exec(sealed)!.map(part => Buffer.from(part, 'base64'));
  const decipher = createDecipheriv('aes-256-gcm', DATA_KEY, iv).setAAD(Buffer.from(aad));
  decipher.setAuthTag(tag);
  return Buffer.concat([decipher.update(data), decipher.final()]).toString('utf8');
}

export interface SealOptions {
  /** Whether a leaf is encrypted; `^(data|stringData)$` decides if unset. */
  readonly covers?: (path: readonly string[]) => boolean;
  readonly macOnlyEncrypted?: boolean;
  /** Replaces or adds fields of the `sops` block; undefined removes one. */
  readonly sops?: { readonly [field: string]: unknown };
}

/** The document as `sops` leaves it in the repository. */
export function sealDocument(plain: object, options: SealOptions = {}): string {
  const covers = options.covers ?? isCovered;
  const encrypted = mapLeaves(plain, [], (value, path) =>
    typeof value === 'string' && value !== '' && covers(path) ? seal(value, aadOf(path)) : value);
  const sops = {
    age: ['team', 'cluster'].map(name => ({ recipient: `age1${name}`, enc: 'wrapped key\n' })),
    encrypted_regex: COVERED.source,
    lastmodified: MODIFIED,
    mac: seal(digest(plain, options.macOnlyEncrypted), MODIFIED),
    ...(options.macOnlyEncrypted && { mac_only_encrypted: true }),
    version: '3.13.2',
    ...options.sops,
  };
  return stringify({ ...encrypted as object, sops }, { indent: 4, lineWidth: 0, version: '1.1' });
}

/** Decrypts a printed document and compares what it holds with its own integrity check. */
export function macHolds(text: string): boolean {
  const { sops, ...document } = parse(text);
  const plain = mapLeaves(document, [], (value, path) =>
    typeof value === 'string' && value.startsWith('ENC[') ? unseal(value, aadOf(path)) : value);
  return unseal(sops.mac, sops.lastmodified) === digest(plain, sops.mac_only_encrypted);
}

function digest(plain: unknown, macOnlyEncrypted = false): string {
  const hash = createHash('sha512');
  if (macOnlyEncrypted) hash.update(createHash('sha256').update('sops').digest());
  mapLeaves(plain, [], (value, path) => {
    if (value === null || (macOnlyEncrypted && !isCovered(path))) return value;
    hash.update(typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value));
    return value;
  });
  return hash.digest('hex').toUpperCase();
}

function mapLeaves(node: unknown, path: readonly string[], change: (value: unknown, path: readonly string[]) => unknown): unknown {
  if (Array.isArray(node)) return node.map(item => mapLeaves(item, path, change));
  if (typeof node !== 'object' || node === null) return change(node, path);
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, mapLeaves(value, [...path, key], change)]));
}

function isCovered(path: readonly string[]): boolean {
  return path.some(key => COVERED.test(key));
}

function aadOf(path: readonly string[]): string {
  return path.map(key => `${key}:`).join('');
}

import { Problem } from '../findings/finding';
import { isToken } from '../findings/token';
import { DocumentPath, NO_FILE, problemAt } from './document-path';
import { SOPS_MAC_BROKEN } from './sops-codes';
import { readSelector } from './sops-selector';
import { isMap, own, YamlMap } from './yaml-map';

const WAY_OUT = 'let a credential embed it with fromSopsFile(), or write its keys in alphabetical order before it is encrypted; acknowledge this where Flux decrypts, which does not ask for the MAC';

/**
 * What happened to the integrity check of a document between its author and the output. It covers values in their order, and not
 * the names of their keys.
 *
 * @param declared the document as it was encrypted
 * @param written the document as it goes out
 */
export function sopsMacProblems(declared: unknown, written: YamlMap): Problem[] {
  const sops = own(written, 'sops');
  // Without a MAC there is nothing to break, which is told as that.
  if (!isMap(sops) || typeof own(sops, 'mac') !== 'string') return [];
  const onlyEncrypted = own(sops, 'mac_only_encrypted') === true;
  const { selector } = onlyEncrypted ? readSelector(sops, NO_FILE) : { selector: () => true };
  if (!selector) return [];
  const before = covered(declared, [], selector);
  const after = covered(written, [], selector);
  if (!before || !after || before.join('') === after.join('')) return [];
  const sorted = [...before].sort().join('') === [...after].sort().join('');
  return [problemAt(SOPS_MAC_BROKEN, NO_FILE, ['sops', 'mac'], sorted
    ? 'is of the values in the order in which they were encrypted, and they go out with their keys sorted'
    : 'is of the document as it was encrypted, and it goes out with other values, such as labels or the namespace of the chart', WAY_OUT)];
}

/** Values that the MAC covers, in their order; undefined where one is known only later. */
function covered(value: unknown, path: DocumentPath, selector: (path: DocumentPath) => boolean): string[] | undefined {
  if (value === null || value === undefined) return [];
  if (isToken(value)) return undefined;
  if (typeof value !== 'object') return selector(path) ? [String(value)] : [];
  if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype) return undefined;
  const all: string[] = [];
  for (const [key, inner] of Object.entries(value)) {
    if (path.length === 0 && key === 'sops') continue;
    const below = covered(inner, [...path, Array.isArray(value) ? Number(key) : key], selector);
    if (!below) return undefined;
    all.push(...below);
  }
  return all;
}

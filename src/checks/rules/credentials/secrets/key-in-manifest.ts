import { isToken } from '../../../../findings/token';
import { GraphNode } from '../../../graph';
import { isCredentialSetting, isFilledIn, keyShape } from '../../../../findings/key-shapes';
import { AI_GATEWAY } from '../../../links';
import { mutationsOf } from '../../../mutations';
import { at, list } from '../../../read';
import { Rule, RuleFinding } from '../../../rule';

/** Fields that hold encrypted text, or values another rule is about. */
const SKIPPED: { readonly [kind: string]: readonly string[] } = {
  Secret: ['data', 'stringData', 'sops'],
  SopsSecret: ['spec', 'sops'],
  SealedSecret: ['spec'],
};
const CREDENTIAL_HEADERS = new Set(['authorization', 'x-api-key', 'api-key']);
const FIX = 'store it in a Secret and refer to that; replace the key at its issuer, as it has been readable';

export const keyInManifest: Rule = {
  code: 'KEY_IN_MANIFEST',
  severity: 'error',
  title: 'A manifest holds what looks like a live key',
  cause: 'A text of a manifest has the form of a provider\'s key, a cloud access key, a private key or a bearer token; an environment variable such as `AWS_SECRET_ACCESS_KEY` has a fixed value; a header mutation sets a credential header to a fixed value; or an MCPRoute has an inline key.',
  consequence: 'Whoever can read the repository, its history, the cluster\'s objects or a log of them can use the key.',
  fix: 'Store the key in a Secret that a BackendSecurityPolicy or `secretKeyRef` names, and replace it at its issuer.',
  // Who pastes a key where the name of a Secret belongs has made one mistake.
  covers: ['SECRET_NAME', 'BAD_REFERENCE'],
  * check(graph) {
    const reported = new Map<GraphNode, Set<string>>();
    const once = (found: RuleFinding): RuleFinding[] => {
      const props = reported.get(found.node) ?? new Set();
      reported.set(found.node, props);
      if (props.has(found.prop!)) return [];
      props.add(found.prop!);
      return [found];
    };
    for (const { node, headers } of mutationsOf(graph)) {
      for (const { path, name, value } of headers.set) {
        if (!CREDENTIAL_HEADERS.has(name.toLowerCase()) || !isFixedCredential(value)) continue;
        yield* once({ node, prop: `${path}.value`, message: `sets \`${name.toLowerCase()}\` to a value that everybody can read`, fix: FIX });
      }
    }
    for (const node of graph.ofKind(AI_GATEWAY, 'MCPRoute')) {
      for (const [index, ref] of list(at(node.manifest, 'spec', 'backendRefs')).entries()) {
        const inline = at(ref, 'securityPolicy', 'apiKey', 'inline');
        if (inline === undefined || isToken(inline)) continue;
        yield* once({ node, prop: `spec.backendRefs[${index}].securityPolicy.apiKey.inline`, message: 'is a key that everybody can read', fix: 'use `secretRef`' });
      }
    }
    const found: Found[] = [];
    for (const node of graph.nodes) searchManifest(node, found);
    for (const { node, path, what } of found) yield* once({ node, prop: path, message: `looks like ${what}`, fix: FIX });
  },
};

/** Words such as `none` or `unused`, which some servers want to see, are no credential. */
function isFixedCredential(value: unknown): boolean {
  if (typeof value !== 'string' || isToken(value) || isFilledIn(value)) return false;
  return value.replace(/^(bearer|basic)\s+/i, '').trim().length >= 12;
}

interface Found {
  readonly node: GraphNode;
  readonly path: string;
  readonly what: string;
}

function searchManifest(node: GraphNode, found: Found[]): void {
  const { manifest } = node;
  const skipped = Object.hasOwn(SKIPPED, manifest.kind) ? SKIPPED[manifest.kind] : undefined;
  const path: (string | number)[] = [];
  // Not `Object.keys()`, here and below: this sees every object of every manifest.
  for (const field in manifest) {
    if (!Object.hasOwn(manifest, field) || skipped?.includes(field)) continue;
    path.push(field);
    search(node, manifest[field], path, found);
    path.pop();
  }
}

/** Builds the path only where something is found, because almost nothing is. */
function search(node: GraphNode, value: unknown, path: (string | number)[], found: Found[]): void {
  if (typeof value === 'string') {
    const what = keyShape(value);
    if (what !== undefined) found.push({ node, path: pathText(path), what });
  } else if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      path.push(index);
      search(node, value[index], path, found);
      path.pop();
    }
  } else if (typeof value === 'object' && value !== null) {
    const { name, value: setting } = value as { name?: unknown; value?: unknown };
    if (typeof setting === 'string' && typeof name === 'string' && isCredentialSetting(name, setting)) {
      found.push({ node, path: pathText([...path, 'value']), what: 'the value of a credential' });
    }
    for (const key in value) {
      if (!Object.hasOwn(value, key)) continue;
      path.push(key);
      search(node, (value as { [key: string]: unknown })[key], path, found);
      path.pop();
    }
  }
}

function pathText(path: readonly (string | number)[]): string {
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('');
}

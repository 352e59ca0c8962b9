import { IS_DNS_LABEL, IS_DNS_SUBDOMAIN, OBJECT_NAME } from '../../../findings/dns-names';
import { isToken } from '../../../findings/token';
import { AI_GATEWAY } from '../../api-groups';
import { Graph, GraphNode } from '../../graph';
import { fields, text as textOf } from '../../read';
import { Rule, RuleFinding } from '../../rule';

const FROM_LETTER = /^[a-z]/;
const LABEL_VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const ANY_TEXT = /^/;
const KEY_NAME = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;

export const invalidName: Rule = {
  code: 'INVALID_NAME',
  severity: 'error',
  title: 'A name, namespace, label or annotation has a form Kubernetes does not allow',
  cause: 'A name is longer than 253 characters (63 for namespaces, Services and labels), begins with a digit where it is that of a Service, or has capitals, underscores or other characters that are not allowed. Or a label or an annotation is a number or a boolean, such as an unquoted sync wave.',
  consequence: 'The API server refuses the manifest.',
  fix: 'Use lower-case letters, digits and dashes, shorten the name, and put values in quotes.',
  final: true,
  check(graph) {
    const found: RuleFinding[] = [];
    for (const node of graph.nodes) judge(node, graph, found);
    return found;
  },
};

function judge(node: GraphNode, graph: Graph, found: RuleFinding[]): void {
  const { name, namespace, labels, annotations } = fields(node.manifest.metadata);
  const kind = String(node.manifest.kind);
  if (kind === 'Namespace') {
    text(found, node, 'metadata.name', name, IS_DNS_LABEL, 63);
  } else if (kind === 'Service') {
    const digit = typeof name === 'string' && IS_DNS_LABEL.test(name) && !FROM_LETTER.test(name);
    text(found, node, 'metadata.name', name, digit ? FROM_LETTER : IS_DNS_LABEL, 63, digit ? 'let it begin with a letter: the API server takes no other Service' : undefined);
  } else {
    text(found, node, 'metadata.name', name, IS_DNS_SUBDOMAIN, isNameOfRoute(node, graph) ? Infinity : 253);
  }
  if (namespace !== undefined) text(found, node, 'metadata.namespace', namespace, IS_DNS_LABEL, 63);
  for (const [key, value] of entries(labels)) {
    keyOf(found, node, 'metadata.labels', key);
    text(found, node, `metadata.labels.${key}`, value, LABEL_VALUE, 63, 'use letters, digits, ".", "_" and "-"');
  }
  for (const [key, value] of entries(annotations)) {
    keyOf(found, node, 'metadata.annotations', key);
    text(found, node, `metadata.annotations.${key}`, value, ANY_TEXT, Infinity);
  }
}

/** Routes have a limit of their own, which a rule of theirs tells; policies that bear the name of a route are renamed with it. */
function isNameOfRoute({ manifest: { metadata } }: GraphNode, graph: Graph): boolean {
  const { name, namespace } = fields(metadata);
  return typeof name === 'string' && name.length > 253 && graph.find(AI_GATEWAY, 'AIGatewayRoute', textOf(namespace), name) !== undefined;
}

function text(found: RuleFinding[], node: GraphNode, prop: string, value: unknown, form: RegExp, longest: number, fix?: string): void {
  if (value === undefined || isToken(value)) return;
  if (typeof value !== 'string') {
    found.push({ node, prop, message: 'must be a string', value, fix: 'write it in quotes' });
  } else if (value.length > longest) {
    found.push({ node, prop, message: `has ${value.length} characters, ${longest} are allowed`, value, fix: 'shorten it, for example with `name`' });
  } else if (!form.test(value)) {
    found.push({ node, prop, message: 'has a form that is not allowed', value, fix: fix ?? 'use lower-case letters, digits and "-", beginning and ending with a letter or digit' });
  }
}

function keyOf(found: RuleFinding[], node: GraphNode, prop: string, key: string): void {
  if (isToken(key)) return;
  const slash = key.indexOf('/');
  const [prefix, name] = slash < 0 ? [undefined, key] : [key.slice(0, slash), key.slice(slash + 1)];
  const fine = KEY_NAME.test(name) && name.length <= 63 && (prefix === undefined || OBJECT_NAME.test(prefix));
  if (!fine) found.push({ node, prop, message: 'has a key of a form that is not allowed', value: key, fix: 'use an optional DNS prefix, "/", and up to 63 letters, digits, ".", "_" or "-"' });
}

/** Most objects have neither labels nor annotations. */
function entries(map: unknown): readonly [string, unknown][] {
  return map === undefined ? NONE : Object.entries(fields(map));
}

const NONE: readonly never[] = [];

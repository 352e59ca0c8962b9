import { GraphNode } from '../../graph';
import { Fields } from '../../read';
import { Rule, RuleFinding } from '../../rule';

export const incompleteManifest: Rule = {
  code: 'INCOMPLETE_MANIFEST',
  severity: 'error',
  title: 'A manifest lacks what every object of Kubernetes has',
  cause: 'Its apiVersion, kind or metadata was removed by a patch, or left out or misspelt in a file.',
  consequence: 'The API server refuses the manifest, and nothing else in it can be checked.',
  fix: 'Give the manifest an apiVersion, a kind and metadata with a name.',
  final: true,
  * check(graph) {
    for (const node of graph.malformed) yield* judge(node);
  },
};

function* judge(node: GraphNode): Iterable<RuleFinding> {
  const manifest = node.manifest as unknown;
  if (!isMap(manifest)) {
    yield { node, message: 'is not a manifest', value: manifest ?? null, fix: 'write an object with apiVersion, kind and metadata' };
    return;
  }
  for (const prop of ['apiVersion', 'kind']) yield* text(node, prop, manifest[prop]);
  const { metadata } = manifest;
  if (!isMap(metadata)) {
    yield { node, prop: 'metadata', message: 'must be an object', value: metadata ?? null, fix: 'write one with a name' };
    return;
  }
  if (metadata.name === undefined && metadata.generateName === undefined) yield* text(node, 'metadata.name', undefined);
  for (const field of ['labels', 'annotations']) {
    if (metadata[field] === undefined || isMap(metadata[field])) continue;
    yield { node, prop: `metadata.${field}`, message: 'must be an object', value: metadata[field], fix: 'write names and values' };
  }
}

function* text(node: GraphNode, prop: string, value: unknown): Iterable<RuleFinding> {
  if (typeof value === 'string' && value !== '') return;
  if (value === undefined) yield { node, prop, message: 'is missing', fix: 'write it' };
  else yield { node, prop, message: 'must be text', value, fix: 'write it in quotes' };
}

function isMap(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

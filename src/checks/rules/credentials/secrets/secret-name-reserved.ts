import { SECRET_NAME_RESERVED } from '../../../../secrets/codes';
import { GraphNode } from '../../../graph';
import { Rule, RuleFinding } from '../../../rule';
import { isReservedSecret, secretReferencesOf, secretSourcesOf } from '../../../secret-sources';

export const secretNameReserved: Rule = {
  ...SECRET_NAME_RESERVED,
  * check(graph) {
    for (const { node, path, name } of secretSourcesOf(graph).all) yield* judge(node, path, name);
    for (const { reader, path, name } of secretReferencesOf(graph)) yield* judge(reader, `${path}.name`, name);
  },
};

function* judge(node: GraphNode, prop: string, name: string): Iterable<RuleFinding> {
  if (!isReservedSecret(name)) return;
  yield { node, prop, message: 'begins with ai-eg-, as the Secrets that the controller writes', value: name, fix: 'use another name' };
}

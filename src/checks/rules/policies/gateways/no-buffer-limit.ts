import { configNameOf, keyOfGateway, routesByGateway } from '../../../ai-gateways';
import { GraphNode } from '../../../graph';
import { nameOf } from '../../../identity';
import { GATEWAY_API, Links, namespaceOf } from '../../../links';
import { isMissedBy } from '../../../policy-targets';
import { at, fields, list, text } from '../../../read';
import { Rule, RuleFinding } from '../../../rule';
import { bytesOf } from './quantity';

const DEFAULT_BYTES = 32 * 1024;

export const noBufferLimit: Rule = {
  code: 'NO_BUFFER_LIMIT',
  severity: 'warning',
  title: 'A Gateway takes no more than 32 KiB of prompt or answer',
  cause: 'No ClientTrafficPolicy on a Gateway with AI routes sets `connection.bufferLimit`, so Envoy\'s 32 KiB hold in both directions; or one sets it no higher.',
  consequence: 'Longer prompts answer 413, and longer answers that are not streamed, embeddings among them, turn into a 500 that looks like an error of the provider.',
  fix: 'Put a ClientTrafficPolicy with `connection.bufferLimit: 50Mi` on the Gateway; `AIGateway` makes one.',
  * check(graph) {
    const links = Links.of(graph);
    for (const gateway of graph.ofKind(GATEWAY_API, 'Gateway')) {
      const isForAi = routesByGateway(graph).has(keyOfGateway(gateway)) || configNameOf(gateway) !== undefined;
      if (!isForAi) continue;
      yield* lowLimits(gateway, links);
      if (links.maybeSelected('ClientTrafficPolicy', gateway) || hasLimit(gateway, links) || isMissedBy(graph, 'ClientTrafficPolicy', gateway)) continue;
      const namespace = namespaceOf(gateway);
      yield {
        node: gateway,
        message: 'has no ClientTrafficPolicy with `connection.bufferLimit`, so prompts above 32 KiB answer 413 and such answers 500',
        fix: 'add one with `connection.bufferLimit: 50Mi`',
        // The policy may come from another repository unless it is said that none does.
        severity: namespace !== undefined && graph.completeNamespaces.has(namespace) ? 'error' : 'warning',
      };
    }
  },
};

function* lowLimits(gateway: GraphNode, links: Links): Iterable<RuleFinding> {
  for (const node of links.policiesOn('ClientTrafficPolicy', 'Gateway', namespaceOf(gateway), nameOf(gateway) ?? '')) {
    const value = at(node.manifest, 'spec', 'connection', 'bufferLimit');
    const bytes = bytesOf(value);
    // What is no size at all, another rule tells.
    if (bytes === undefined || bytes < 1 || bytes > DEFAULT_BYTES) continue;
    yield {
      node,
      prop: 'spec.connection.bufferLimit',
      message: 'is no more than Envoy\'s own 32 KiB: longer prompts answer 413, and longer answers that are not streamed 500',
      value,
      fix: 'use the size of the largest prompt or answer, such as "50Mi"',
      inCode: { fix: 'use the size of the largest prompt or answer, such as Size.mebibytes(50)' },
    };
  }
}

/** On the whole Gateway, or on each of its listeners. */
function hasLimit(gateway: GraphNode, links: Links): boolean {
  const sections = new Set<string>();
  for (const { policy, sectionName } of links.attachmentsOn('ClientTrafficPolicy', 'Gateway', namespaceOf(gateway), nameOf(gateway) ?? '')) {
    if (at(policy.manifest, 'spec', 'connection', 'bufferLimit') === undefined) continue;
    if (!sectionName) return true;
    sections.add(sectionName);
  }
  const listeners = list(at(gateway.manifest, 'spec', 'listeners'));
  return sections.size > 0 && listeners.every(listener => sections.has(text(fields(listener).name) ?? ''));
}

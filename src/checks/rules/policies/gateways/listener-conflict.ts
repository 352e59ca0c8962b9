import { GATEWAY_API } from '../../../links';
import { at, Fields, fields, list, number, text } from '../../../read';
import { Rule } from '../../../rule';

export const listenerConflict: Rule = {
  code: 'LISTENER_CONFLICT',
  severity: 'error',
  title: 'Two listeners of a Gateway exclude each other',
  cause: 'Two listeners have the same port, protocol and hostname, or one port with HTTP and with HTTPS.',
  consequence: 'The API server refuses the Gateway, or Envoy Gateway calls both listeners conflicted and serves neither.',
  fix: 'Give them different ports or hostnames.',
  final: true,
  * check(graph) {
    for (const node of graph.ofKind(GATEWAY_API, 'Gateway')) {
      const taken = new Map<string, string>();
      const protocols = new Map<number, string>();
      for (const [index, value] of list(at(node.manifest, 'spec', 'listeners')).entries()) {
        const listener = fields(value);
        const port = number(listener.port);
        const protocol = text(listener.protocol);
        if (port === undefined || protocol === undefined) continue;
        const key = `${port}/${protocol}/${text(listener.hostname) ?? ''}`;
        const same = taken.get(key);
        // One that is there twice, name and all, is one to remove: its name tells that.
        if (same !== undefined && text(listener.name) === same) continue;
        const differing = protocols.get(port);
        if (same !== undefined || (differing !== undefined && clash(differing, protocol))) {
          yield {
            node,
            prop: `spec.listeners[${index}]`,
            message: same === undefined ? `uses a port that speaks ${differing} already` : `has port, protocol and hostname of listener "${same}"`,
            value: shown(listener),
            fix: 'choose another port or hostname',
          };
        }
        if (same === undefined) taken.set(key, text(listener.name) ?? String(index));
        if (differing === undefined) protocols.set(port, protocol);
      }
    }
  },
};

function clash(a: string, b: string): boolean {
  return a !== b && (a === 'HTTP' || b === 'HTTP') && a !== 'UDP' && b !== 'UDP';
}

function shown({ name, port, protocol, hostname }: Fields): object {
  return { name, port, protocol, hostname };
}

import { AGENTGATEWAY } from '../../../agentgateway';
import { duration, fields, list } from '../../../read';
import { Rule } from '../../../rule';

/** The least of a duration in milliseconds, by the field that holds it and the object around it; `*` is any object. */
const LEAST: { readonly [within: string]: { readonly [field: string]: number } } = {
  'timeouts': { request: 100 },
  'eviction': { duration: 1000 },
  'keepalive': { interval: 1000, time: 1000 },
  'jwks': { cacheDuration: 300_000 },
  'tls': { handshakeTimeout: 100 },
  'tcp': { connectTimeout: 100 },
  'http': { requestTimeout: 1, http1IdleTimeout: 1000, http2KeepaliveInterval: 1000, http2KeepaliveTimeout: 1000, maxConnectionDuration: 1000 },
};

export const durationTooShort: Rule = {
  code: 'DURATION_TOO_SHORT',
  severity: 'error',
  title: 'A duration is shorter than agentgateway takes',
  cause: 'A duration in an AgentgatewayPolicy, AgentgatewayBackend or AgentgatewayModel is below its minimum: 100ms for `timeouts.request`, 1s for `health.eviction.duration` and for keep-alive and idle times.',
  consequence: 'The API server refuses the manifest.',
  fix: 'Use the minimum that the message names, or more.',
  final: true,
  * check(graph) {
    for (const kind of ['AgentgatewayPolicy', 'AgentgatewayBackend', 'AgentgatewayModel']) {
      for (const node of graph.ofKind(AGENTGATEWAY, kind)) {
        for (const { path, value, least } of tooShort(node.manifest.spec, 'spec', 'spec')) {
          yield { node, prop: path, message: `is shorter than ${text(least)}, the least there`, value, fix: `use ${text(least)} or more` };
        }
      }
    }
  },
};

interface Short {
  readonly path: string;
  readonly value: unknown;
  readonly least: number;
}

function* tooShort(value: unknown, name: string, path: string): Iterable<Short> {
  for (const [index, item] of list(value).entries()) yield* tooShort(item, name, `${path}[${index}]`);
  for (const [field, inner] of Object.entries(fields(value))) {
    const least = LEAST[name]?.[field];
    const ms = least === undefined ? undefined : duration(inner);
    if (ms !== undefined && ms < least) yield { path: `${path}.${field}`, value: inner, least };
    if (typeof inner === 'object') yield* tooShort(inner, field, `${path}.${field}`);
  }
}

function text(ms: number): string {
  return ms < 1000 ? `${ms}ms` : `${ms / 1000}s`;
}

import { Links } from '../../links';
import { duration } from '../../read';
import { Rule } from '../../rule';

/** Answers that are not streamed, and first tokens of models that think, take longer than anything below. */
const SHORTEST_MS = 30_000;

export const streamIdleTooShort: Rule = {
  code: 'STREAM_IDLE_TOO_SHORT',
  severity: 'warning',
  title: 'The limit on silence ends answers that are still being written',
  cause: '`streamIdleTimeout` of a rule is below 30 s. It does not only hold between the events of a stream: it also limits the time to the first token, and to an answer that is not streamed.',
  consequence: 'An answer that takes longer to begin is cut: it goes on to the fallback and is paid twice, or the client gets 504.',
  fix: 'Set it above the slowest answer that is not streamed and the slowest first token, or remove it.',
  * check(graph) {
    for (const rule of Links.of(graph).rules) {
      const { streamIdleTimeout } = rule.rule;
      const idle = streamIdleTimeout === undefined ? undefined : duration(streamIdleTimeout);
      if (idle === undefined || idle === 0 || idle >= SHORTEST_MS) continue;
      yield {
        node: rule.route.node,
        prop: `${rule.path}.streamIdleTimeout`,
        message: 'also ends answers that are not streamed, and streams that have not begun, after this time',
        value: streamIdleTimeout,
        fix: 'use 30s or more, above the slowest of them, or remove it',
      };
    }
  },
};

import { Links } from '../../links';
import { duration } from '../../read';
import { Rule } from '../../rule';

const DEFAULT_REQUEST_MS = 60_000;

export const streamIdleNotShorter: Rule = {
  code: 'STREAM_IDLE_NOT_SHORTER',
  severity: 'warning',
  title: 'The limit on silence never takes effect',
  cause: '`streamIdleTimeout` of a rule is not shorter than the timeout of its requests.',
  consequence: 'A provider that falls silent is waited for until the request itself times out, as if the limit were not there.',
  fix: 'Make `streamIdleTimeout` shorter than the timeout of the request, or remove it.',
  * check(graph) {
    for (const rule of Links.of(graph).rules) {
      const { streamIdleTimeout } = rule.rule;
      const idle = streamIdleTimeout === undefined ? undefined : duration(streamIdleTimeout);
      if (idle === undefined) continue;
      const given = rule.timeouts.request;
      const request = given === undefined ? DEFAULT_REQUEST_MS : duration(given);
      if (request === undefined || request === 0 || idle < request) continue;
      yield {
        node: rule.route.node,
        prop: `${rule.path}.streamIdleTimeout`,
        message: `is not shorter than the timeout of the request, ${given === undefined ? '60s by default' : JSON.stringify(given)}`,
        value: streamIdleTimeout,
        fix: 'make it shorter, or remove it',
      };
    }
  },
};

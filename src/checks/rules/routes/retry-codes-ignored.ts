import { ENVOY_GATEWAY } from '../../links';
import { at, list, number } from '../../read';
import { Rule } from '../../rule';

/** Status codes that a trigger stands for without being listed. */
const COVERED: { readonly [trigger: string]: (code: number) => boolean } = {
  '5xx': code => code >= 500,
  'gateway-error': code => code >= 502 && code <= 504,
  'retriable-4xx': code => code === 409,
};

/** One that is nearly it is told as none there is. */
const NEARLY = /^retriable.status.codes?$/i;

export const retryCodesIgnored: Rule = {
  code: 'RETRY_CODES_IGNORED',
  severity: 'error',
  title: 'Status codes to retry on are listed and ignored',
  cause: 'A BackendTrafficPolicy lists `httpStatusCodes` and `triggers`, and `retriable-status-codes` is not among the triggers.',
  consequence: 'Answers with these codes, such as 429 of an exhausted quota, go to the client without a retry.',
  fix: 'Add `retriable-status-codes` to `retry.retryOn.triggers`.',
  * check(graph) {
    for (const node of graph.ofKind(ENVOY_GATEWAY, 'BackendTrafficPolicy')) {
      const retryOn = at(node.manifest, 'spec', 'retry', 'retryOn');
      const triggers = list(at(retryOn, 'triggers'));
      if (triggers.length === 0 || triggers.some(trigger => typeof trigger === 'string' && NEARLY.test(trigger))) continue;
      const covering = triggers.flatMap(trigger => (typeof trigger === 'string' && Object.hasOwn(COVERED, trigger) ? COVERED[trigger] : []));
      const codes = list(at(retryOn, 'httpStatusCodes')).flatMap(code => number(code) ?? []);
      const ignored = codes.filter(code => !covering.some(covers => covers(code)));
      if (ignored.length === 0) continue;
      yield {
        node,
        prop: 'spec.retry.retryOn.triggers',
        message: `does not have retriable-status-codes, so these status codes are not retried: ${ignored.join(', ')}`,
        value: triggers,
        fix: 'add "retriable-status-codes"',
      };
    }
  },
};

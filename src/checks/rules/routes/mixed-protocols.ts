import { Links } from '../../links';
import { at, list } from '../../read';
import { Rule } from '../../rule';

const H2C = 'gateway.envoyproxy.io/h2c';

export const mixedProtocols: Rule = {
  code: 'MIXED_PROTOCOLS',
  severity: 'error',
  title: 'Backends of one rule speak different versions of HTTP',
  cause: 'Some Backends of a rule have the application protocol `gateway.envoyproxy.io/h2c`, and others have not.',
  consequence: 'Each becomes a cluster of its own with a share of the requests: priorities are ignored and nothing falls over.',
  fix: 'Give all Backends of the rule the same `appProtocols`, or serve them by rules of their own.',
  * check(graph) {
    const links = Links.of(graph);
    for (const rule of links.sharedRules) {
      const backends = rule.refs.flatMap(ref => (ref.serviceBackend && links.backendOf(ref.serviceBackend)) ?? []);
      const h2c = backends.filter(backend => list(at(backend.manifest, 'spec', 'appProtocols')).includes(H2C));
      if (h2c.length === 0 || h2c.length === backends.length) continue;
      yield {
        node: rule.route.node,
        prop: `${rule.path}.backendRefs`,
        message: `ignores priorities and does not fall over, because ${h2c[0].path} speaks HTTP/2 without TLS and others do not`,
        fix: 'give all Backends of the rule the same appProtocols, or a rule each',
      };
    }
  },
};

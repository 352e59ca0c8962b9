import { Links, RouteRule } from '../../links';
import { at, fields, list, text } from '../../read';
import { Rule } from '../../rule';

export const ipInSharedRule: Rule = {
  code: 'IP_IN_SHARED_RULE',
  severity: 'error',
  title: 'A provider reached by IP address shares a rule with another one',
  cause: 'A rule has several backends, and the Backend of at least one of them has an IP address as its endpoint.',
  consequence: 'Priorities are ignored and nothing falls over. Where all of them have IP addresses, every request carries the key, model and format of the first backend, also those that reach another one: a provider receives a key that is not its own.',
  fix: 'Give the Backend a DNS name (a Service in the cluster has `<service>.<namespace>.svc.cluster.local`), or serve it by a rule of its own.',
  * check(graph) {
    const links = Links.of(graph);
    for (const rule of links.sharedRules) {
      const addresses = rule.refs.map(ref => ref.serviceBackend && addressOf(links.backendOf(ref.serviceBackend)?.manifest));
      const known = addresses.filter(address => address !== undefined);
      if (known.length === 0) continue;
      yield {
        node: rule.route.node,
        prop: `${rule.path}.backendRefs`,
        message: known.length === addresses.length
          ? `sends the key and model of ${nameOf(rule, 0)} to all of its backends, because they are reached by IP address`
          : `ignores priorities and does not fall over, because ${nameOf(rule, addresses.findIndex(a => a !== undefined))} is reached by IP address`,
        value: known,
        fix: 'use a DNS name for it (<service>.<namespace>.svc.cluster.local inside the cluster), or a rule of its own',
      };
    }
  },
};

function addressOf(backend: unknown): string | undefined {
  for (const endpoint of list(at(backend, 'spec', 'endpoints'))) {
    const { ip } = fields(endpoint);
    if (ip !== undefined && ip !== null) return text(at(ip, 'address')) ?? 'an IP address';
  }
  return undefined;
}

function nameOf(rule: RouteRule, index: number): string {
  return `"${rule.refs[index].name}"`;
}

import { isToken } from '../../../../findings/token';
import { Connection, connectionsOf } from '../../../connections';
import { at, list } from '../../../read';
import { Rule } from '../../../rule';
import { wrongWith } from './bad-hostname';

export const tlsNameMismatch: Rule = {
  code: 'TLS_NAME_MISMATCH',
  severity: 'warning',
  title: 'The name TLS checks is not the name of the provider\'s host',
  cause: 'The `hostname` of a BackendTLSPolicy is none of the hostnames of its Backend, and no `subjectAltNames` say which names the certificate has.',
  consequence: 'The proxy sends that name as SNI and demands it in the certificate. Unless the provider has such a certificate, every request ends in 503 "remote connection failure".',
  fix: 'Use the hostname of the Backend, or acknowledge the finding where the certificate has the other name, as with private endpoints.',
  * check(graph) {
    for (const connection of connectionsOf(graph)) {
      const hosts = hostnames(connection);
      if (!hosts) continue;
      for (const { policy } of connection.policies) {
        const hostname = at(policy.manifest, 'spec', 'validation', 'hostname');
        if (typeof hostname !== 'string' || isToken(hostname) || hosts.includes(hostname)) continue;
        if (list(at(policy.manifest, 'spec', 'validation', 'subjectAltNames')).length > 0) continue;
        yield {
          node: policy,
          prop: 'spec.validation.hostname',
          message: `is not the name of the host, ${hosts.map(host => JSON.stringify(host)).join(' or ')}`,
          value: hostname,
          fix: 'use that name, or acknowledge this where the certificate is for the other one',
        };
      }
    }
  },
};

/** Undefined where an endpoint has no name that is known now. */
function hostnames({ endpoints }: Connection): readonly string[] | undefined {
  const known: string[] = [];
  for (const endpoint of endpoints) {
    const { form, host } = endpoint;
    // An address that is none is told of the Backend.
    if (form !== 'fqdn' || typeof host !== 'string' || isToken(host) || wrongWith(endpoint)) return undefined;
    known.push(host);
  }
  return known.length > 0 ? known : undefined;
}

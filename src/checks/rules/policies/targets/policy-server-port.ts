import { labelOf } from '../../../identity';
import { policyServersOf } from '../../../policy-servers';
import { at, fields, list } from '../../../read';
import { Rule } from '../../../rule';

export const policyServerPort: Rule = {
  code: 'POLICY_SERVER_PORT',
  severity: 'error',
  title: 'A policy asks its server at a port the Service does not have',
  cause: 'A SecurityPolicy or EnvoyExtensionPolicy names a Service with another port than those of the Service, or with none.',
  consequence: 'The policy is Invalid or its server cannot be reached, and requests are refused.',
  fix: 'Name a port of the Service, not of its pods.',
  * check(graph) {
    for (const { node, path, group, kind, namespace, name, port } of policyServersOf(graph)) {
      const service = kind === 'Service' && name !== undefined ? graph.find(group, kind, namespace, name) : undefined;
      if (!service) continue;
      const ports = list(at(service.manifest, 'spec', 'ports')).map(given => fields(given).port);
      // Ports that are not written here are not judged.
      if (ports.length === 0 || ports.some(given => given === port || typeof given !== 'number')) continue;
      yield {
        node,
        prop: `${path}.port`,
        message: port === undefined ? `is missing for ${labelOf(service)}` : `is no port of ${labelOf(service)}`,
        value: port,
        fix: `use ${ports.join(' or ')}`,
      };
    }
  },
};

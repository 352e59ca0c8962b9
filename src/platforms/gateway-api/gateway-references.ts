import { NAMESPACE_NAME, OBJECT_NAME } from '../../findings/dns-names';
import { Problem } from '../../findings/finding';
import { named } from '../../findings/references';
import { GatewayIntent } from '../../intent';
import { OPTION_WITHOUT_EFFECT } from '../codes';

/** Names in a gateway of objects somebody else makes: the CRDs take any text, and nothing tells why it never works. */
export function checkReferences(intent: GatewayIntent): Problem[] {
  const { routeNamespaces, proxy, sidecar } = intent;
  const problems = [
    ...named('gatewayClassName', 'a GatewayClass', intent.className, OBJECT_NAME),
    ...(intent.listeners ?? []).flatMap(({ certificates = [] }) => certificates.flatMap(name => named('listeners', 'a Secret', name, OBJECT_NAME))),
    ...named('proxy.serviceAccountName', 'a service account', proxy?.serviceAccountName, OBJECT_NAME),
    ...(sidecar?.env ?? []).flatMap(({ name, secretKeyRef }) => named(`sidecar.env.${name}`, 'a Secret', secretKeyRef?.name, OBJECT_NAME)),
  ];
  if (routeNamespaces?.kind !== 'named') return problems;
  const { namespaces } = routeNamespaces;
  if (namespaces.length === 0) {
    problems.push({
      definition: OPTION_WITHOUT_EFFECT,
      prop: 'routeNamespaces',
      message: 'names no namespace, so the gateway takes no route',
      fix: 'name some, or use RouteNamespaces.same() or RouteNamespaces.all()',
    });
  }
  return [...problems, ...namespaces.flatMap(name => named('routeNamespaces', 'a namespace', name, NAMESPACE_NAME))];
}

import { Problem } from '../../findings/finding';
import { isToken } from '../../findings/token';
import { GatewayIntent } from '../../intent';
import { BAD_REFERENCE, OPTION_WITHOUT_EFFECT } from '../codes';

export const LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
export const SUBDOMAIN = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** Names in a gateway of objects somebody else makes: the CRDs take any text, and nothing tells why it never works. */
export function checkReferences(intent: GatewayIntent): Problem[] {
  const { routeNamespaces, proxy, sidecar } = intent;
  const problems = [
    ...named('gatewayClassName', 'a GatewayClass', intent.className, SUBDOMAIN),
    ...(intent.listeners ?? []).flatMap(({ certificates = [] }) => certificates.flatMap(name => named('listeners', 'a Secret', name, SUBDOMAIN))),
    ...named('proxy.serviceAccountName', 'a service account', proxy?.serviceAccountName, SUBDOMAIN),
    ...(sidecar?.env ?? []).flatMap(({ name, secretKeyRef }) => named(`sidecar.env.${name}`, 'a Secret', secretKeyRef?.name, SUBDOMAIN)),
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
  return [...problems, ...namespaces.flatMap(name => named('routeNamespaces', 'a namespace', name, LABEL))];
}

/** Names of objects that somebody else makes. */
export function named(prop: string, what: string, name: unknown, form: RegExp): Problem[] {
  // Values known only later, and those the CRD judges, are not ours.
  if (typeof name !== 'string' || isToken(name) || form.test(name)) return [];
  return [{
    definition: BAD_REFERENCE,
    prop,
    message: `is not a name ${what} can have`,
    value: name,
    fix: 'use lower-case letters, digits and "-", as `kubectl get` shows it',
  }];
}

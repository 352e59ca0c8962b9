import { GatewayIntent, ListenerIntent, RouteNamespacesIntent } from '../../intent';

/** The listeners of a Gateway; plain HTTP where none was declared. */
export function renderListeners({ listeners = [{ name: 'http', port: 80, protocol: 'HTTP' }], routeNamespaces }: GatewayIntent): object[] {
  return listeners.map(listener => renderListener(listener, routeNamespaces));
}

function renderListener(listener: ListenerIntent, namespaces: RouteNamespacesIntent | undefined): object {
  return {
    name: listener.name,
    port: listener.port,
    protocol: listener.protocol,
    ...(listener.hostname === undefined ? {} : { hostname: listener.hostname }),
    ...(listener.certificates === undefined ? {} : {
      tls: { mode: 'Terminate', certificateRefs: listener.certificates.map(name => ({ group: '', kind: 'Secret', name })) },
    }),
    allowedRoutes: { namespaces: renderNamespaces(namespaces) },
  };
}

function renderNamespaces(namespaces: RouteNamespacesIntent | undefined): object {
  switch (namespaces?.kind) {
    case 'all':
      return { from: 'All' };
    case 'named':
      return {
        from: 'Selector',
        selector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: [...namespaces.namespaces] }] },
      };
    default:
      return { from: 'Same' };
  }
}

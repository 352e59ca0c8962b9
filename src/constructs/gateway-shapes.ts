import type { AIGatewayProps } from './gateway';
import { allow, allowEach, FLAG, need, OBJECT, Shape, SIZE, TEXT, TEXT_OR_LATER } from './misuse';

// By shape, because another copy of this package has classes of its own.
const LISTENER: Shape = { wanted: 'a Listener, such as Listener.http()', fits: value => typeof value?._intent?.protocol === 'string' };
const ROUTE_NAMESPACES: Shape = {
  wanted: 'a RouteNamespaces, such as RouteNamespaces.all()', fits: value => ['same', 'all', 'named'].includes(value?._intent?.kind),
};
const ENV_VARIABLE: Shape = { wanted: 'an EnvVariable, such as EnvVariable.value("…")', fits: value => typeof value?._intent === 'object' };

/** Whether the properties of a gateway are what they must be. */
export function needGatewayProps(where: string, props: AIGatewayProps): void {
  need(where, 'props', props, OBJECT);
  allowEach(where, 'listeners', props.listeners, LISTENER);
  allow(where, 'routeNamespaces', props.routeNamespaces, ROUTE_NAMESPACES);
  allow(where, 'maxBodySize', props.maxBodySize, SIZE);
  allow(where, 'http2Window', props.http2Window, SIZE);
  allow(where, 'modelRouting', props.modelRouting, FLAG);
  const { proxy, sidecar } = props;
  allow(where, 'proxy', proxy, OBJECT);
  allow(where, 'proxy.resources', proxy?.resources, OBJECT);
  allow(where, 'proxy.serviceAnnotations', proxy?.serviceAnnotations, OBJECT);
  allow(where, 'sidecar', sidecar, OBJECT);
  allow(where, 'sidecar.resources', sidecar?.resources, OBJECT);
  allow(where, 'sidecar.image', sidecar?.image, TEXT_OR_LATER);
  allow(where, 'sidecar.imageRepository', sidecar?.imageRepository, TEXT);
  allow(where, 'sidecar.env', sidecar?.env, OBJECT);
  for (const [name, value] of Object.entries(sidecar?.env ?? {})) need(where, `sidecar.env.${name}`, value, ENV_VARIABLE);
}

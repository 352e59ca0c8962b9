import { Graph, GraphNode } from './graph';
import { Links, Route, RouteParent } from './links';
import { at, fields, list, number, text } from './read';

/**
 * Where routes meet: one listener of a Gateway and one hostname. Requests of
 * different places never reach each other's routes.
 */
export interface Place {
  readonly id: string;
  /** `gateway ai/public`, for messages. */
  readonly gateway: string;
  readonly routes: readonly Route[];
}

interface OpenPlace extends Place {
  readonly routes: Route[];
}

const NO_PARENT: Partial<RouteParent> = {};

/** The places of all AIGatewayRoutes of a graph. */
export class Places {
  private static readonly cache = new WeakMap<Graph, Places>();

  public static of(graph: Graph): Places {
    let places = Places.cache.get(graph);
    if (!places) Places.cache.set(graph, places = new Places(graph));
    return places;
  }

  private readonly elsewhere: ReadonlySet<Route>;
  private readonly byId = new Map<string, OpenPlace>();
  /** Places of routes that say no more than the name of a gateway, as most do. */
  private readonly byGateway = new Map<GraphNode, readonly OpenPlace[]>();

  private constructor(graph: Graph) {
    const { routes, httpRoutes } = Links.of(graph);
    this.elsewhere = new Set(httpRoutes);
    for (const route of routes) for (const place of this.placesFor(route)) place.routes.push(route);
  }

  public ofRoute(route: Route): readonly Place[] {
    return this.elsewhere.has(route) ? [] : this.placesFor(route);
  }

  private placesFor({ parents, hostnames }: Route): readonly OpenPlace[] {
    const [{ gateway, sectionName, port } = NO_PARENT] = parents;
    if (!gateway || parents.length > 1 || hostnames.length > 0 || sectionName !== undefined || port !== undefined) {
      return [...new Set(parents.flatMap(parent => this.placesOn(parent, hostnames)))];
    }
    let places = this.byGateway.get(gateway);
    if (!places) this.byGateway.set(gateway, places = [...new Set(this.placesOn(parents[0], hostnames))]);
    return places;
  }

  private placesOn(parent: RouteParent, hostnames: readonly string[]): OpenPlace[] {
    const { namespace, name, gateway, sectionName, port } = parent;
    if (name === undefined) return [];
    const label = namespace === undefined ? name : `${namespace}/${name}`;
    const listeners: readonly Pick<Listener, 'name' | 'port' | 'hostname'>[] = gateway ? listenersOf(parent) : [{ name: sectionName, port, hostname: undefined }];
    return listeners.flatMap(listener => hostsAt(listener.hostname, hostnames).map((host) => {
      const id = `${label}#${listener.name ?? ''}:${listener.port ?? ''}@${host}`;
      let place = this.byId.get(id);
      if (!place) this.byId.set(id, place = { id, gateway: `gateway ${label}`, routes: [] });
      return place;
    }));
  }
}

/** A listener a route may attach to. */
export interface Listener {
  readonly name: string | undefined;
  readonly port: number | undefined;
  readonly protocol: string | undefined;
  readonly hostname: string | undefined;
  readonly allowedRoutes: unknown;
}

const listenerCache = new WeakMap<GraphNode, readonly Listener[]>();

/** Listeners of a parent's Gateway that the parent reference is for. */
export function listenersOf({ gateway, sectionName, port }: RouteParent): readonly Listener[] {
  if (!gateway) return [];
  let listeners = listenerCache.get(gateway);
  if (!listeners) listenerCache.set(gateway, listeners = list(at(gateway.manifest, 'spec', 'listeners')).map(readListener));
  if (sectionName === undefined && port === undefined) return listeners;
  return listeners.filter(listener => (sectionName === undefined || listener.name === sectionName) && (port === undefined || listener.port === port));
}

function readListener(value: unknown): Listener {
  const listener = fields(value);
  return {
    name: text(listener.name),
    port: number(listener.port),
    protocol: text(listener.protocol),
    // An empty hostname means all, like none.
    hostname: text(listener.hostname) || undefined,
    allowedRoutes: listener.allowedRoutes,
  };
}

/** The hostname that both have in common; undefined where there is none. */
export function commonHostname(listener: string | undefined, route: string): string | undefined {
  if (listener === undefined || listener === route) return route;
  if (listener.startsWith('*.') && route.endsWith(listener.slice(1))) return route;
  return route.startsWith('*.') && listener.endsWith(route.slice(1)) ? listener : undefined;
}

function hostsAt(listener: string | undefined, hostnames: readonly string[]): readonly string[] {
  if (hostnames.length === 0) return [listener ?? '*'];
  return hostnames.flatMap(hostname => commonHostname(listener, hostname) ?? []);
}

import { Graph } from './graph';
import { Links, Route, RouteParent } from './links';
import { at, fields, list, number, text } from './read';

/**
 * Where routes meet: one listener of a Gateway and one hostname. Requests of
 * different places never reach each other's routes.
 */
export interface Place {
  readonly id: string;
  /** `gateway "ai/public"`, for messages. */
  readonly gateway: string;
}

/** The places of all routes of a graph. */
export class Places {
  private static readonly cache = new WeakMap<Graph, Places>();

  public static of(graph: Graph): Places {
    let places = Places.cache.get(graph);
    if (!places) Places.cache.set(graph, places = new Places(graph));
    return places;
  }

  private readonly byRoute = new Map<Route, readonly Place[]>();
  private readonly byId = new Map<string, Route[]>();

  private constructor(graph: Graph) {
    for (const route of Links.of(graph).routes) {
      const places = placesOf(route);
      this.byRoute.set(route, places);
      for (const { id } of places) {
        const routes = this.byId.get(id);
        if (routes) {
          routes.push(route);
        } else {
          this.byId.set(id, [route]);
        }
      }
    }
  }

  public ofRoute(route: Route): readonly Place[] {
    return this.byRoute.get(route) ?? [];
  }

  public routesAt(place: Place): readonly Route[] {
    return this.byId.get(place.id) ?? [];
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

/** Listeners of a parent's Gateway that the parent reference is for. */
export function listenersOf({ gateway, sectionName, port }: RouteParent): readonly Listener[] {
  return list(at(gateway?.manifest, 'spec', 'listeners')).map((value): Listener => {
    const listener = fields(value);
    return {
      name: text(listener.name),
      port: number(listener.port),
      protocol: text(listener.protocol),
      // An empty hostname means all, like none.
      hostname: text(listener.hostname) || undefined,
      allowedRoutes: listener.allowedRoutes,
    };
  }).filter(listener => (sectionName === undefined || listener.name === sectionName) && (port === undefined || listener.port === port));
}

/** The hostname that both have in common; undefined where there is none. */
export function commonHostname(listener: string | undefined, route: string): string | undefined {
  if (listener === undefined || listener === route) return route;
  if (listener.startsWith('*.') && route.endsWith(listener.slice(1))) return route;
  return route.startsWith('*.') && listener.endsWith(route.slice(1)) ? listener : undefined;
}

function placesOf(route: Route): readonly Place[] {
  const places = new Map<string, Place>();
  for (const parent of route.parents) {
    if (parent.name === undefined) continue;
    const gateway = `${parent.namespace ?? ''}/${parent.name}`;
    const label = `gateway ${parent.namespace === undefined ? parent.name : gateway}`;
    const listeners = parent.gateway ? listenersOf(parent) : [{ name: parent.sectionName, port: parent.port, hostname: undefined }];
    for (const { name, port, hostname } of listeners) {
      for (const host of hostsAt(hostname, route.hostnames)) {
        const id = `${gateway}#${name ?? ''}:${port ?? ''}@${host}`;
        places.set(id, { id, gateway: label });
      }
    }
  }
  return [...places.values()];
}

function hostsAt(listener: string | undefined, hostnames: readonly string[]): readonly string[] {
  if (hostnames.length === 0) return [listener ?? '*'];
  return hostnames.flatMap(hostname => commonHostname(listener, hostname) ?? []);
}

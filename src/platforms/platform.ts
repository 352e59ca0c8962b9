import { IConstruct } from 'constructs';
import type { AgentgatewayOptions } from './agentgateway';
import { PlatformRenderer } from './contract';
import { EnvoyAIGatewayOptions, EnvoyAIGatewayPlatform } from './envoy-ai-gateway';
import { formatValue } from '../findings/finding';
import { TargetInfo } from '../intent';
import { Attached } from '../synthesis/attached';

const chosen = new Attached<Platform>('platform');
const consulted = new Attached<true>('platform-consulted');

/**
 * The gateway, and the release of it, that manifests are made for.
 *
 * Constructs ask for it when they are made, so `Platform.use` comes before them.
 */
export class Platform {
  /**
   * Envoy AI Gateway (Agent Router since September 2026; API group and images keep their names).
   *
   * @see https://aigateway.envoyproxy.io/docs/
   */
  public static envoyAIGateway(options: EnvoyAIGatewayOptions = {}): Platform {
    return new Platform(new EnvoyAIGatewayPlatform(optionsOf('Platform.envoyAIGateway()', options)));
  }

  /**
   * agentgateway, by its own Kubernetes API.
   *
   * @see https://agentgateway.dev/docs/kubernetes/
   */
  public static agentgateway(options: AgentgatewayOptions = {}): Platform {
    // Loaded by those who use it, like the other platform below.
    const { AgentgatewayPlatform } = require('./agentgateway') as typeof import('./agentgateway');
    return new Platform(new AgentgatewayPlatform(optionsOf('Platform.agentgateway()', options)));
  }

  /**
   * kgateway 2.1, whose Backends configure agentgateway. It routes by path only; later releases have no kinds for models,
   * and clusters with them use `Platform.agentgateway`.
   *
   * @see https://kgateway.dev/docs/
   */
  public static kgateway(): Platform {
    const { KgatewayPlatform } = require('./kgateway') as typeof import('./kgateway');
    return new Platform(new KgatewayPlatform());
  }

  /**
   * Chooses the platform for an app, a chart or any other part of the tree.
   *
   * Throws when a construct of this library below `scope` was made already, because
   * its manifests are for another platform.
   */
  public static use(scope: IConstruct, platform: Platform): void {
    // By shape, because another copy of this package has a class of its own.
    if (typeof (platform as Platform | undefined)?._renderer?.route !== 'function') throw new Error(`Platform.use() takes a platform, such as Platform.envoyAIGateway(), got ${formatValue(platform)}`);
    if (consulted.get(scope)) {
      throw new Error(`${scope.node.path || 'App'}: Platform.use() comes too late, constructs below were made for ${Platform.of(scope).name}; call it before them`);
    }
    chosen.set(scope, platform);
  }

  /** The platform in force at a construct: the nearest choice, or the newest Envoy AI Gateway. */
  public static of(construct: IConstruct): Platform {
    return chosen.nearest(construct) ?? defaultPlatform();
  }

  /** @internal */
  public static _rendererFor(construct: IConstruct): PlatformRenderer {
    // The construct itself is not marked: there can be thousands, and below it is only what it makes.
    for (let at = construct.node.scope; at && !consulted.get(at); at = at.node.scope) consulted.set(at, true);
    return Platform.of(construct)._renderer;
  }

  /** @internal */
  public static _targetAt(construct: IConstruct): TargetInfo {
    return Platform.of(construct)._renderer.target;
  }

  /**
   * Place of a kind in the apply order, or -1.
   *
   * @internal
   */
  public static _orderOf(construct: IConstruct, kind: string): number {
    return Platform.of(construct)._renderer.applyOrder.findIndex(kinds => kinds.includes(kind));
  }

  /** @internal */
  public static _custom(renderer: PlatformRenderer): Platform {
    return new Platform(renderer);
  }

  /** Name and release, for messages: `Envoy AI Gateway v1.1`. */
  public readonly name: string;

  /** @internal */
  public readonly _renderer: PlatformRenderer;

  private constructor(renderer: PlatformRenderer) {
    this._renderer = renderer;
    this.name = renderer.target.label;
  }
}

/** Options as TypeScript sees to them; in other languages null is how they are left out. */
function optionsOf<T extends object>(where: string, options: T | null): T {
  if (typeof options !== 'object' || Array.isArray(options)) throw new Error(`${where}: 'options' must be an object, got ${formatValue(options)}`);
  return Object.fromEntries(Object.entries(options ?? {}).filter(([, value]) => value !== null)) as T;
}

let newest: Platform | undefined;

function defaultPlatform(): Platform {
  return newest ??= Platform.envoyAIGateway();
}

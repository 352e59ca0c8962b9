import { Construct } from 'constructs';
import { IAIGateway } from './gateway-interface';
import { RouteBase, RouteProps } from './route-base';
import { entryIntent, RouteEntry } from './route-entry';
import { declaredFrom, originOf } from './route-origin';
import { needRouteProps } from './route-shapes';

/** Properties of `ModelRoute`. */
export interface ModelRouteProps extends RouteProps {
  /** Model names and where their requests go, 1 to 15, in the order in which patterns are tried. */
  readonly entries: RouteEntry[];
}

/** Sends requests for models to providers. */
export class ModelRoute extends RouteBase {
  /**
   * A route that entries are added to later.
   *
   * @internal
   */
  public static _growing(scope: Construct, id: string, gateway: IAIGateway): ModelRoute {
    return new ModelRoute(scope, id, declaredFrom('growing', { gateways: [gateway], entries: [] }));
  }

  constructor(scope: Construct, id: string, props: ModelRouteProps) {
    super(scope, id, props, path => {
      needRouteProps(path, props);
      return originOf(props) === 'growing' ? undefined : props.entries.map(entry => ({ intent: entryIntent(entry), target: entry.target }));
    });
  }

  /**
   * @param declaredBy the call that adds it, for messages
   * @internal
   */
  public _add(entry: RouteEntry, declaredBy: string): void {
    this._addEntry({ intent: { ...entryIntent(entry), declaredBy }, target: entry.target });
  }
}

import { App, Chart } from 'cdk8s';
import { gateway, raw, route } from './gateways';
import { patch } from './patches';
import { policyPoint } from './policy-points';
import { provider } from './providers';
import { dataKeysOf, lateText } from './secrets';
import {
  AgentgatewayRelease, ArgoCD, Checks, ClusterSetup, EnvoyAIGatewayRelease, EnvoyGatewayRelease, GatewayApiChannel, IAIGateway, IProvider, Platform,
} from '../../../src';
import { Program, RouteDescription } from '../program';
import { catalogue } from '../../../src/catalogue';

export { VENDORS } from './providers';

const ACKNOWLEDGEABLE = catalogue.filter(({ final }) => !final).map(({ code }) => code);

/** In what order the parts of a program are declared, where it has no meaning. */
export type Order = 'declared' | 'reversed';

export interface Interpreted {
  readonly app: App;
  readonly setup?: ClusterSetup;
}

/**
 * Calls the constructs a program describes.
 *
 * @param folder where encrypted files are written
 */
export function interpret(program: Program, folder: string, order: Order = 'declared'): Interpreted {
  const { late, syncWave } = program;
  const app = new App();
  const platform = platformOf(program);
  const text = late ? lateText : <T>(plain: T) => plain;
  if (program.platform.on === 'app') Platform.use(app, platform);
  const charts = inOrder(program.charts, order, ({ id, namespace, labels, plainNames }) => {
    const chart = new Chart(app, id, { namespace, labels: labels && { ...labels }, disableResourceNameHashes: plainNames });
    if (program.platform.on === 'charts') Platform.use(chart, platform);
    return chart;
  });
  const chartOf = ({ chart }: { readonly chart: number }) => charts[chart % charts.length];
  const providers: IProvider[] = inOrder(program.providers, order, described => {
    const scope = chartOf(described);
    return provider(described, { scope, id: described.id, namespace: scope.namespace, folder, text, dataKeys: dataKeysOf(program.platform) });
  });
  const gateways: IAIGateway[] = inOrder(program.gateways, order, described => gateway(described, chartOf(described), text));
  for (const described of routesInOrder(program.routes, order)) {
    const ours = [...new Set(described.gateways.map(index => gateways[index % gateways.length]))];
    route(described, chartOf(described), ours, providers, text);
  }
  inOrder(program.policyPoints ?? [], order, described => {
    const at = described.gateway % gateways.length;
    policyPoint(described, chartOf(program.gateways[at]), gateways[at], providers);
  });
  const aiVersion = program.platform.release === 'v0.5' ? 'v1alpha1' : 'v1beta1';
  inOrder(program.raws, order, described => raw(described, chartOf(described), gateways[described.gateway % gateways.length], aiVersion));
  for (const described of program.patches ?? []) patch(app, described);
  for (const namespace of program.complete) Checks.declareComplete(app, namespace);
  if (program.acknowledged) for (const code of ACKNOWLEDGEABLE) Checks.acknowledge(app, code, 'a generated program');
  if (program.strict) Checks.strict(app);
  // What is no whole number is refused at once.
  if (syncWave !== undefined) ArgoCD.useSyncWaves(app, { first: Number.isSafeInteger(syncWave) ? syncWave : 0 });
  return { app, setup: program.setup && program.platform.gateway !== 'kgateway' ? new ClusterSetup({ platform, ...program.setup }) : undefined };
}

export function platformOf({ platform: { gateway: product, release, envoyGateway, channel } }: Program): Platform {
  if (product === 'agentgateway') return Platform.agentgateway({ release: release as AgentgatewayRelease });
  if (product === 'kgateway') return Platform.kgateway();
  return Platform.envoyAIGateway({
    release: release as EnvoyAIGatewayRelease,
    envoyGateway: envoyGateway as EnvoyGatewayRelease | undefined,
    gatewayApiChannel: channel as GatewayApiChannel,
  });
}

function inOrder<T, R>(list: readonly T[], order: Order, make: (item: T) => R): R[] {
  if (order === 'declared') return list.map(make);
  const made: R[] = [];
  for (let index = list.length - 1; index >= 0; index--) made[index] = make(list[index]);
  return made;
}

/** Patterns are tried in the order in which they are declared. */
function routesInOrder(routes: readonly RouteDescription[], order: Order): readonly RouteDescription[] {
  if (order === 'declared') return routes;
  const reversed = routes.filter(({ by }) => by !== 'pattern').reverse();
  return [...routes.filter(({ by }) => by === 'pattern'), ...reversed];
}

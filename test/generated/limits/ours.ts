import { EnvoyAIGatewayRelease, GatewayApiChannel, Platform } from '../../../src';
import { Graph } from '../../../src/checks/graph';
import type { Rule } from '../../../src/checks/rule';
import { allRules } from '../../../src/checks/rules';
import { manifestRules } from '../../../src/checks/rules/manifests';
import { Cluster } from '../arbitraries/slots';

/** An error that our checks find in a manifest. */
export interface Found {
  readonly code: string;
  readonly prop: string;
}

/** What the rules that hold for every manifest find in one. */
export function generalErrors(manifest: unknown, cluster: Cluster): Found[] {
  return errors(manifestRules, manifest, cluster);
}

/** Codes of all errors in one manifest that is by itself. */
export function codesOf(manifest: unknown, cluster: Cluster): string[] {
  return [...new Set(errors(allRules(), manifest, cluster).map(({ code }) => code))].sort();
}

function errors(which: readonly Rule[], manifest: unknown, { release, channel }: Cluster): Found[] {
  const platform = Platform.envoyAIGateway({ release: release as EnvoyAIGatewayRelease, gatewayApiChannel: channel as GatewayApiChannel });
  const graph = new Graph([{ manifest: manifest as any, path: 'x', target: platform._renderer.target }]);
  return which.flatMap(rule => [...rule.check(graph)].filter(({ severity = rule.severity }) => severity === 'error')
    .map(({ prop = '' }) => ({ code: rule.code, prop })));
}

import { Chart, Testing } from 'cdk8s';
import { IConstruct } from 'constructs';
import { ApiKey, Checks, EnvoyAIGatewayRelease, Platform } from '../../src';

export const apiKey = ApiKey.fromSecretName('provider-key');

export interface FixtureOptions {
  readonly release?: EnvoyAIGatewayRelease;
  readonly namespace?: string;
}

/** A chart in an app of its own, in namespace `ai` unless another one, or none, is given. */
export function chartOf(options: FixtureOptions = {}): Chart {
  const app = Testing.app();
  if (options.release) Platform.use(app, Platform.envoyAIGateway({ release: options.release }));
  return new Chart(app, 'test', { namespace: 'namespace' in options ? options.namespace : 'ai' });
}

/** What a provider becomes: its manifests by kind. */
export function manifestsBelow(construct: IConstruct): { [kind: string]: any } {
  return Object.fromEntries(Testing.synth(Chart.of(construct))
    .filter((m: any) => m.metadata.name === (construct as { providerName?: string }).providerName)
    .map((m: any) => [m.kind, m]));
}

/** The one endpoint of a provider. */
export function endpointOf(construct: IConstruct): { hostname?: string; port?: number } {
  return manifestsBelow(construct).Backend.spec.endpoints[0].fqdn;
}

/** Findings with the given codes, each as `path: message`. */
export function findings(construct: IConstruct, ...codes: string[]): string[] {
  return Checks.findings(construct).filter(f => codes.includes(f.code)).map(f => `${f.path}: ${f.message}`);
}

import { Chart } from 'cdk8s';
import { Client } from './client';
import { TokenEndpoints } from './internet';

/** A provider that a world pretends. */
export interface Pretended {
  readonly hostname: string;
  readonly port: number;
  /** By whom its certificate was issued, and for which name if not its own; without it the provider speaks no TLS. */
  readonly tls?: { readonly issuer: 'public' | 'private'; readonly name?: string };
  /** What it is instead of a server. */
  readonly instead?: 'closed port' | 'black hole';
}

/** A program, the providers it reaches, and what must be true of the gateway it makes. */
export interface World {
  readonly name: string;
  readonly providers: readonly Pretended[];
  /** Data of the Secrets it refers to, as a user made them. */
  readonly secrets?: () => { readonly [name: string]: { readonly [key: string]: string } };
  /** Data of ConfigMaps, made when the run's authorities are known. */
  readonly configMaps?: (trust: Trust) => { readonly [name: string]: { readonly [key: string]: string } };
  /** What stands where the gateway's controller and its pods get tokens. */
  readonly tokens?: TokenEndpoints;
  /** Files beside the gateway's process, which stand for those mounted into its pods. */
  readonly files?: () => { readonly [name: string]: string };
  /** Environment of the gateway's process, which stands for that of its pods. */
  readonly env?: (folder: string) => { readonly [name: string]: string };
  /** What a user writes. The chart is in namespace `ai`. */
  program?(chart: Chart): void;
  /** What it became, where there is no program. */
  readonly yaml?: string;
  /** Where its objects are; `ai` where nothing is said. */
  readonly namespace?: string;
  /** What is done to the manifests afterwards, as by hand. */
  change?(manifests: readonly any[]): readonly any[];
  readonly scenarios: readonly Scenario[];
}

/** ConfigMap with the authority everybody trusts. */
export const PUBLIC_CA = 'judge-public-ca';

/** Certificates of a run. */
export interface Trust {
  readonly publicCa: string;
  readonly privateCa: string;
}

export interface Scenario {
  readonly name: string;
  /** What is promised, in a sentence. */
  readonly says: string;
  /** Begun first and beside the others, because it waits for long. */
  readonly waits?: boolean;
  run(client: Client): Promise<void>;
}

/** A provider behind TLS, with a certificate everybody trusts. */
export function hosted(hostname: string, port = 443): Pretended {
  return { hostname, port, tls: { issuer: 'public' } };
}

/** A server without TLS. */
export function plain(hostname: string, port = 80): Pretended {
  return { hostname, port };
}

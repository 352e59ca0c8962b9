import { ClientApiName } from './route';

/** What checks need to know of a platform. Plain data. */
export interface TargetInfo {
  /** Stable id, such as `envoy-ai-gateway`. */
  readonly platform: string;
  /** For messages, such as `Envoy AI Gateway v1.1`. */
  readonly label: string;
  /** Full release of each upstream whose CRDs are in play, such as `{ 'envoy-gateway': 'v1.8.1' }`. */
  readonly releases: { readonly [upstream: string]: string };
  /** Client APIs that are translated to what a provider speaks, by the name of its schema in manifests. */
  readonly clientApis?: { readonly [schema: string]: readonly ClientApiName[] };
}

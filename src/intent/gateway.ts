import { WorkloadIdentity } from './credential';
import { ObjectName } from './manifest';
import type { GuardIntent } from './policy-point';

export interface ListenerIntent {
  readonly name: string;
  readonly port: number;
  readonly protocol: 'HTTP' | 'HTTPS';
  readonly hostname?: string;
  /** Names of the TLS Secrets, beside the Gateway. */
  readonly certificates?: readonly string[];
}

export type RouteNamespacesIntent =
  | { readonly kind: 'same' }
  | { readonly kind: 'all' }
  | { readonly kind: 'named'; readonly namespaces: readonly string[] };

export interface EnvVarIntent {
  readonly name: string;
  readonly value?: string;
  readonly secretKeyRef?: { readonly name: string; readonly key: string };
}

export interface ResourcesIntent {
  readonly cpuRequest?: string;
  readonly cpuLimit?: string;
  readonly memoryRequest?: string;
  readonly memoryLimit?: string;
}

/** The AI sidecar of the proxy's pods. */
export interface SidecarIntent {
  readonly resources?: ResourcesIntent;
  readonly env?: readonly EnvVarIntent[];
  readonly image?: string;
  /** Without tag; that of the release is used. */
  readonly imageRepository?: string;
}

/** The proxy's Deployment and Service. */
export interface ProxyIntent {
  readonly replicas?: number;
  readonly resources?: ResourcesIntent;
  readonly serviceType?: string;
  readonly serviceAnnotations?: { readonly [key: string]: string };
  readonly serviceAccountName?: string;
  readonly logLevel?: string;
}

export interface GatewayIntent extends ObjectName {
  /** Name of an existing GatewayClass; unset means one of its own is made. */
  readonly className?: string;
  readonly listeners?: readonly ListenerIntent[];
  readonly routeNamespaces?: RouteNamespacesIntent;
  /** Largest prompt, and largest answer that is not streamed, in bytes. */
  readonly bufferLimitBytes?: number;
  /** HTTP/2 window of a stream, in bytes; unset means the buffer limit. */
  readonly http2WindowBytes?: number;
  readonly proxy?: ProxyIntent;
  readonly sidecar?: SidecarIntent;
  /** False where no request is routed by the model it names. Unset leaves it to the platform. */
  readonly modelRouting?: boolean;
  readonly annotations?: { readonly [key: string]: string };
  /** What its policy point asks of it, where it has one. */
  readonly guard?: GuardIntent;
  /** Identities the providers behind this gateway need. */
  readonly identities: readonly WorkloadIdentity[];
}

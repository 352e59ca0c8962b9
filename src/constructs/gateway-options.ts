import { given, needEach, TEXT_OR_LATER } from './misuse';
import { EnvVarIntent, ListenerIntent, ProxyIntent, ResourcesIntent, RouteNamespacesIntent, SidecarIntent } from '../intent';

/** Properties that all listeners have. */
export interface ListenerOptions {
  /**
   * Name of the listener, unique in the gateway.
   *
   * @default - the protocol in lower case
   */
  readonly name?: string;

  /**
   * Port clients connect to, 1 to 65535.
   *
   * @default - 80 for HTTP, 443 for HTTPS
   */
  readonly port?: number;

  /**
   * Hostname the listener is for; a leading `*.` is allowed.
   *
   * @default - all
   */
  readonly hostname?: string;
}

/** A port clients connect to. */
export class Listener {
  /** Plain HTTP: for clients inside the cluster, or behind something that ends TLS. */
  public static http(options: ListenerOptions = {}): Listener {
    const { name = 'http', port = 80, hostname } = given(options);
    return new Listener({ name, port, protocol: 'HTTP', hostname });
  }

  /**
   * HTTPS.
   *
   * @param certificateSecretName Secret of type `kubernetes.io/tls` beside the gateway
   */
  public static https(certificateSecretName: string, options: ListenerOptions = {}): Listener {
    const { name = 'https', port = 443, hostname } = given(options);
    return new Listener({ name, port, protocol: 'HTTPS', hostname, certificates: [certificateSecretName] });
  }

  /** @internal */
  public readonly _intent: ListenerIntent;

  private constructor(intent: ListenerIntent) {
    this._intent = intent;
  }
}

/** Namespaces whose routes a gateway serves. */
export class RouteNamespaces {
  /** The gateway's own. */
  public static same(): RouteNamespaces {
    return new RouteNamespaces({ kind: 'same' });
  }

  /** Every namespace of the cluster. */
  public static all(): RouteNamespaces {
    return new RouteNamespaces({ kind: 'all' });
  }

  /** These, by name. */
  public static named(...namespaces: string[]): RouteNamespaces {
    needEach('RouteNamespaces.named()', 'namespaces', namespaces, TEXT_OR_LATER);
    return new RouteNamespaces({ kind: 'named', namespaces });
  }

  /** @internal */
  public readonly _intent: RouteNamespacesIntent;

  private constructor(intent: RouteNamespacesIntent) {
    this._intent = intent;
  }
}

/** CPU and memory of a container, as Kubernetes quantities such as `500m` and `512Mi`. */
export interface ContainerResources {
  /**
   * CPU that is reserved.
   *
   * @default - none
   */
  readonly cpuRequest?: string;

  /**
   * CPU that is not exceeded.
   *
   * @default - none
   */
  readonly cpuLimit?: string;

  /**
   * Memory that is reserved.
   *
   * @default - none
   */
  readonly memoryRequest?: string;

  /**
   * Memory above which the container is killed. A body is held as a whole, so it is more than the largest one, best several times as
   * much; otherwise it is an error.
   *
   * @default - none
   */
  readonly memoryLimit?: string;
}

/** How the Service of a proxy is reached. */
export enum ProxyServiceType {
  /** From inside the cluster only. */
  CLUSTER_IP = 'ClusterIP',
  /** By a load balancer of the cloud. */
  LOAD_BALANCER = 'LoadBalancer',
  /** By a port of every node. */
  NODE_PORT = 'NodePort',
}

/** What a proxy writes into its log. */
export enum ProxyLogLevel {
  /** Everything, for developers of the proxy. */
  TRACE = 'trace',
  /** What is done with each request, with its headers, in which callers' credentials can be read. */
  DEBUG = 'debug',
  /** What the proxy itself does, warnings and errors. */
  INFO = 'info',
  /** Warnings and errors. */
  WARN = 'warn',
  /** Errors alone. */
  ERROR = 'error',
}

/** The proxy's pods and Service. */
export interface ProxyOptions {
  /**
   * Number of pods.
   *
   * @default - Envoy Gateway's default, 1
   */
  readonly replicas?: number;

  /**
   * Resources of the Envoy container.
   *
   * @default - Envoy Gateway's default
   */
  readonly resources?: ContainerResources;

  /**
   * Type of the Service.
   *
   * @default - the gateway's default, `LoadBalancer`
   */
  readonly serviceType?: ProxyServiceType;

  /**
   * Annotations of the Service, such as those of a cloud's load balancer.
   *
   * @default - none
   */
  readonly serviceAnnotations?: { [key: string]: string };

  /**
   * Service account of the pods, which Envoy Gateway creates in the namespace of the pods.
   * Each gateway needs one of its own.
   *
   * @default - the gateway's name where a provider needs an identity, else Envoy Gateway's choice
   */
  readonly serviceAccountName?: string;

  /**
   * Log level of the proxy.
   *
   * @default - the gateway's default, `warn` for Envoy Gateway
   */
  readonly logLevel?: ProxyLogLevel;
}

/** A value for an environment variable. */
export class EnvVariable {
  /** A plain value. Never a credential: manifests are readable by everyone who can read the repository. */
  public static value(value: string): EnvVariable {
    return new EnvVariable({ value });
  }

  /** A key of a Secret in the namespace of the proxy's pods. */
  public static fromSecret(secretName: string, key: string): EnvVariable {
    return new EnvVariable({ secretKeyRef: { name: secretName, key } });
  }

  /** @internal */
  public readonly _intent: Omit<EnvVarIntent, 'name'>;

  private constructor(intent: Omit<EnvVarIntent, 'name'>) {
    this._intent = intent;
  }
}

/** The AI sidecar of the proxy's pods. */
export interface SidecarOptions {
  /**
   * Resources of the sidecar.
   *
   * @default - none
   */
  readonly resources?: ContainerResources;

  /**
   * Environment variables, which win over those of the AI gateway's chart.
   *
   * @default - none
   */
  readonly env?: { [name: string]: EnvVariable };

  /**
   * Image of the sidecar, with tag or digest.
   *
   * @default - the image of the installed AI gateway
   */
  readonly image?: string;

  /**
   * Repository with a copy of the sidecar's image, such as `registry.example.com/mirror/ai-gateway-extproc`. The tag is that
   * of the targeted release. Not together with `image`.
   *
   * @default - the repository of the installed AI gateway
   */
  readonly imageRepository?: string;
}

export function proxyIntent(options: ProxyOptions): ProxyIntent {
  const { resources, ...rest } = given(options);
  return { ...rest, resources: resources && resourcesIntent(resources) };
}

export function sidecarIntent(declared: SidecarOptions): SidecarIntent {
  const options = given(declared);
  return {
    image: options.image,
    imageRepository: options.imageRepository,
    resources: options.resources && resourcesIntent(options.resources),
    env: options.env && Object.entries(options.env).map(([name, value]) => ({ name, ...value._intent })),
  };
}

function resourcesIntent(resources: ContainerResources): ResourcesIntent {
  return given(resources);
}

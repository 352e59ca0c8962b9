import { Service } from 'cdk8s-plus-28';
import { need, Shape } from './misuse';
import { NAMESPACE_NEEDED } from './provider-codes';
import { derivedHost, KnownHost, unknownHost } from './provider-endpoint';

/** By shape, because another copy of cdk8s-plus has a class of its own. */
const CDK8S_SERVICE: Shape = {
  wanted: 'a Service of cdk8s-plus, while fromServiceName() takes a name', fits: value => value?.metadata !== undefined && Array.isArray(value.ports),
};

/** Where `InClusterService.fromServiceName` finds the Service. */
export interface InClusterServiceOptions {
  /**
   * Namespace of the Service.
   *
   * @default - the namespace of the provider's chart
   */
  readonly namespace?: string;

  /**
   * Domain of the cluster's names.
   *
   * @default "cluster.local"
   */
  readonly clusterDomain?: string;
}

/** A Service in front of a model server. */
export class InClusterService {
  /** A Service that exists, or that something else makes. */
  public static fromServiceName(name: string, options: InClusterServiceOptions = {}): InClusterService {
    return new InClusterService(name, options, undefined);
  }

  /** A Service of the same program; requests go to its first port. */
  public static fromService(service: Service): InClusterService {
    need('InClusterService.fromService()', 'service', service, CDK8S_SERVICE);
    return new InClusterService(service.name, { namespace: service.metadata.namespace }, service.ports[0]?.port);
  }

  /** @internal */
  public readonly _port: number | undefined;
  private readonly name: string;
  private readonly options: InClusterServiceOptions;

  private constructor(name: string, options: InClusterServiceOptions, port: number | undefined) {
    this.name = name;
    this.options = options;
    this._port = port;
  }

  /**
   * @internal
   * @param chartNamespace where the Service is when nothing else is said
   */
  public _host(chartNamespace: string | undefined): KnownHost {
    const namespace = this.options.namespace ?? chartNamespace;
    if (namespace === undefined) {
      return unknownHost('service', [{
        definition: NAMESPACE_NEEDED,
        prop: 'service',
        message: 'has no namespace, and neither has the chart of its provider',
        value: this.name,
        fix: 'give InClusterService.fromServiceName() the namespace',
      }]);
    }
    const parts = { 'service': this.name, 'service.namespace': namespace, 'service.clusterDomain': this.options.clusterDomain ?? 'cluster.local' };
    return derivedHost(parts, (name, space, domain) => `${name}.${space}.svc.${domain}`);
  }
}

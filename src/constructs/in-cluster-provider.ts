import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { API_KEY, needProps, SERVER, SERVICE } from './provider-shapes';
import { ApiKey } from './api-key';
import { InClusterService } from './in-cluster-service';
import { FLAG } from './misuse';
import { ModelServer } from './model-server';
import { ProviderBase, ProviderProps } from './provider';
import { ProviderTls } from './provider-tls';

/** Properties of `InClusterProvider`. */
export interface InClusterProviderProps extends ProviderProps {
  /** Program that serves the models. */
  readonly server: ModelServer;

  /** Service in front of it. */
  readonly service: InClusterService;

  /**
   * Key the server wants.
   *
   * @default - none
   */
  readonly apiKey?: ApiKey;

  /**
   * Port of the Service, 1 to 65535.
   *
   * @default - the first port of the Service where it is known, otherwise the server's usual port
   */
  readonly port?: number;

  /**
   * Protection of the connection. With TLS the certificate must name `<service>.<namespace>.svc.cluster.local`,
   * or what `serverName` says.
   *
   * @default ProviderTls.plaintext() - the traffic stays inside the cluster
   */
  readonly tls?: ProviderTls;

  /**
   * Path before `/chat/completions`; `/` for none.
   *
   * @default - the server's
   */
  readonly pathPrefix?: string;

  /**
   * Whether requests and answers go through as they are. The gateway then neither reads nor changes them: no other model
   * name, no translation, no count of tokens; every path of the server can be called. Not on Envoy AI Gateway.
   *
   * @default false
   */
  readonly transparent?: boolean;
}

/** Sends requests to a model server in the cluster: vLLM, Ollama, LiteLLM or another that speaks OpenAI's API. */
export class InClusterProvider extends ProviderBase {
  constructor(scope: Construct, id: string, props: InClusterProviderProps) {
    const declared = needProps(scope, id, props, { server: SERVER, service: SERVICE }, { apiKey: API_KEY, transparent: FLAG });
    const { server, service } = declared;
    const { hostname, prop, problems } = service._host(Chart.of(scope).namespace);
    const pathPrefix = declared.pathPrefix ?? server.pathPrefix;
    const prefixProp = declared.pathPrefix === undefined ? 'server' : 'pathPrefix';
    super(scope, id, declared, {
      api: declared.transparent ? 'http' : 'openai',
      pathPrefix,
      endpoint: {
        hostname,
        port: declared.port ?? service._port ?? server.port,
        tls: declared.tls?._intent,
        standard: false,
        hostnameProp: prop,
        portProp: declared.port !== undefined ? 'port' : service._port !== undefined ? 'service' : 'server',
      },
      credential: (declared.apiKey ?? ApiKey.none())._credential('authorization'),
      props: { pathPrefix: prefixProp },
      problems,
    });
  }
}

import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { allow, need, OBJECT, Shape, TEXT_OR_LATER } from './misuse';
import type { IProvider } from './provider';
import { Target, TargetOptions } from './target';
import { ProviderApi as ProviderApiName, ProviderRef } from '../intent';
import { Platform } from '../platforms/platform';
import { NAMESPACE_NAME, OBJECT_NAME } from '../findings/dns-names';
import { named } from '../findings/references';
import { Session } from '../synthesis/session';

/** Stands in manifests, which are not written, for a name that was told to be empty. */
const UNNAMED = 'unnamed';

/** The API a provider speaks. */
export enum ProviderApi {
  /** OpenAI's, which many vendors and servers follow. */
  OPENAI = 'openai',
  /** Anthropic's own. */
  ANTHROPIC = 'anthropic',
  /** Converse, of Amazon Bedrock. */
  BEDROCK = 'bedrock',
  /** Anthropic's, on Amazon Bedrock. */
  BEDROCK_ANTHROPIC = 'bedrock-anthropic',
  /** Deployments, of Azure OpenAI. */
  AZURE_OPENAI = 'azure-openai',
  /** Gemini's, on Vertex AI. */
  VERTEX = 'vertex',
  /** Anthropic's, on Vertex AI. */
  VERTEX_ANTHROPIC = 'vertex-anthropic',
  /** Rerank, of Cohere. */
  COHERE = 'cohere',
  /** None that the gateway reads. */
  HTTP = 'http',
}

const API: Shape = { wanted: 'a ProviderApi, such as ProviderApi.OPENAI', fits: value => (Object.values(ProviderApi) as unknown[]).includes(value) };

/** Properties of `ExistingProvider`. */
export interface ExistingProviderProps {
  /** Name of the provider's main object: on Envoy AI Gateway the AIServiceBackend. */
  readonly name: string;

  /**
   * Namespace of the provider's objects.
   *
   * @default - the namespace of the chart
   */
  readonly namespace?: string;

  /**
   * API the provider speaks, so that routes can be checked.
   *
   * @default - not known, and not checked
   */
  readonly api?: ProviderApi;
}

/**
 * Refers to a provider that exists in the cluster, or that another repository makes.
 *
 * Nothing is made for it. When routes are in another namespace, its owner lets them in,
 * with `allowRoutesFrom()` where the owner uses this library.
 */
export class ExistingProvider extends Construct implements IProvider {
  public readonly providerName: string;
  public readonly namespace?: string;

  /** @internal */
  public readonly _ref: ProviderRef;

  constructor(scope: Construct, id: string, props: ExistingProviderProps) {
    super(scope, id);
    // Nothing to render, yet routes compare their platform with the one in force here.
    Platform._rendererFor(this);
    need(this.node.path, 'props', props, OBJECT);
    need(this.node.path, 'name', props.name, TEXT_OR_LATER);
    allow(this.node.path, 'api', props.api, API);
    this.providerName = props.name;
    this.namespace = props.namespace ?? Chart.of(this).namespace;
    Session.of(this).record(this, known => [
      ...named('name', 'an object', known(this.providerName), OBJECT_NAME), ...named('namespace', 'a namespace', known(props.namespace), NAMESPACE_NAME),
    ]);
    this._ref = {
      name: this.providerName === '' ? UNNAMED : this.providerName,
      namespace: this.namespace,
      path: this.node.path,
      api: (props.api ?? undefined) as ProviderApiName | undefined,
    };
  }

  public model(name?: string, options?: TargetOptions): Target {
    return Target._model(this, name, options);
  }

  /** @internal */
  public _admit(): void {
    // A grant belongs to the namespace it opens, and so to the provider's owner.
  }

  /** @internal */
  public _place(): void {
    // Its owner decides what is beside it.
  }

  /** @internal */
  public _guardedBy(): void {
    // What reaches the provider is for its owner to say.
  }
}

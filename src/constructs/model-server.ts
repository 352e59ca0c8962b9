import { given, need, OBJECT } from './misuse';

/** What `ModelServer.of` needs to know. */
export interface ModelServerOptions {
  /** Port the server listens on, 1 to 65535. */
  readonly port: number;

  /**
   * Path before `/chat/completions`; `/` for none.
   *
   * @default "/v1"
   */
  readonly pathPrefix?: string;
}

/** A program that serves models by OpenAI's API. */
export class ModelServer {
  /** LiteLLM, on port 4000. */
  public static readonly LITELLM = ModelServer.of({ port: 4000 });

  /** Ollama, on port 11434. */
  public static readonly OLLAMA = ModelServer.of({ port: 11434 });

  /** vLLM, on port 8000. */
  public static readonly VLLM = ModelServer.of({ port: 8000 });

  /** Any other server. */
  public static of(options: ModelServerOptions): ModelServer {
    need('ModelServer.of()', 'options', options, OBJECT);
    const { port, pathPrefix } = given(options);
    return new ModelServer(port, pathPrefix);
  }

  private constructor(
    /** Port the server listens on. */
    public readonly port: number,
    /** Path before `/chat/completions`; `/v1` where it is undefined. */
    public readonly pathPrefix?: string,
  ) {}
}

import { given, need, OBJECT } from './misuse';

/** What `Vendor.of` needs to know. */
export interface VendorOptions {
  /** DNS name of the API, in lower case, without scheme, port or path. */
  readonly hostname: string;

  /**
   * Path before `/chat/completions`; `/` for none.
   *
   * @default "/v1"
   */
  readonly pathPrefix?: string;
}

/** A vendor whose API follows OpenAI's. */
export class Vendor {
  /**
   * Claude for clients of OpenAI's API, by Anthropic's compatible endpoint. `AnthropicProvider` serves clients of Anthropic's own.
   *
   * @see https://docs.anthropic.com/en/api/openai-sdk
   */
  public static readonly ANTHROPIC = Vendor.of({ hostname: 'api.anthropic.com' });

  /**
   * Chat and embeddings of Cohere. `CohereProvider` serves rerank.
   *
   * @see https://docs.cohere.com/docs/compatibility-api
   */
  public static readonly COHERE = Vendor.of({ hostname: 'api.cohere.com', pathPrefix: '/compatibility/v1' });

  /** DeepInfra. */
  public static readonly DEEPINFRA = Vendor.of({ hostname: 'api.deepinfra.com', pathPrefix: '/v1/openai' });

  /** DeepSeek. */
  public static readonly DEEPSEEK = Vendor.of({ hostname: 'api.deepseek.com' });

  /** Groq. */
  public static readonly GROQ = Vendor.of({ hostname: 'api.groq.com', pathPrefix: '/openai/v1' });

  /** Tencent Hunyuan. */
  public static readonly HUNYUAN = Vendor.of({ hostname: 'api.hunyuan.cloud.tencent.com' });

  /** Mistral AI. */
  public static readonly MISTRAL = Vendor.of({ hostname: 'api.mistral.ai' });

  /** SambaNova. */
  public static readonly SAMBANOVA = Vendor.of({ hostname: 'api.sambanova.ai' });

  /** Tetrate Agent Router Service. */
  public static readonly TARS = Vendor.of({ hostname: 'api.router.tetrate.ai' });

  /** Tencent's LLM knowledge engine. */
  public static readonly TENCENT_LKEAP = Vendor.of({ hostname: 'api.lkeap.cloud.tencent.com' });

  /** Together AI. */
  public static readonly TOGETHER = Vendor.of({ hostname: 'api.together.xyz' });

  /** Grok of xAI. */
  public static readonly XAI = Vendor.of({ hostname: 'api.x.ai' });

  /** Any other vendor. */
  public static of(options: VendorOptions): Vendor {
    need('Vendor.of()', 'options', options, OBJECT);
    const { hostname, pathPrefix } = given(options);
    return new Vendor(hostname, pathPrefix);
  }

  private constructor(
    /** DNS name of the API. */
    public readonly hostname: string,
    /** Path before `/chat/completions`; `/v1` where it is undefined. */
    public readonly pathPrefix?: string,
  ) {}
}

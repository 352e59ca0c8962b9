import { Duration } from 'cdk8s';
import { given } from './misuse';
import { HeaderMatch, ModelMatch } from './model-match';
import { Target } from './target';
import { ClientApiName, EntryIntent, FailoverIntent } from '../intent';

/** An API that clients call on the gateway. */
export enum ClientApi {
  /** `/v1/chat/completions` */
  CHAT_COMPLETIONS = 'chat-completions',
  /** `/v1/completions` */
  COMPLETIONS = 'completions',
  /** `/v1/embeddings` */
  EMBEDDINGS = 'embeddings',
  /** `/v1/responses` */
  RESPONSES = 'responses',
  /** `/v1/images/generations` */
  IMAGES = 'images',
  /** `/v1/audio/speech`, `/v1/audio/transcriptions`, `/v1/audio/translations` */
  AUDIO = 'audio',
  /** `/anthropic/v1/messages` */
  MESSAGES = 'messages',
  /** `/anthropic/v1/messages/count_tokens` */
  COUNT_TOKENS = 'count-tokens',
  /** `/cohere/v2/rerank` */
  RERANK = 'rerank',
  /** `/tokenize` */
  TOKENIZE = 'tokenize',
}

/** When a fallback moves on, and for how long it remembers. */
export interface FailoverOptions {
  /**
   * Status codes of a provider that count as its failure, 100 to 599.
   *
   * @default - 429, 500, 502, 503, 504, and 529 when a target is Anthropic's own API
   */
  readonly statusCodes?: number[];

  /**
   * Time one attempt has until the headers of its answer. Providers send them when an answer
   * that is not streamed is finished, so an answer slower than this is given up and paid twice.
   *
   * @default - 120 s, or the request's timeout divided by the number of attempts when that is less
   */
  readonly perTryTimeout?: Duration;

  /**
   * Time to open a connection.
   *
   * @default Duration.seconds(3)
   */
  readonly connectTimeout?: Duration;

  /**
   * Attempts on one level before the next, at least 1.
   *
   * @default 1
   */
  readonly attemptsPerLevel?: number;

  /**
   * Consecutive 5xx answers after which later requests skip a provider for a while, at least 1.
   *
   * @default 3
   */
  readonly consecutiveErrors?: number;

  /**
   * How long a failing provider is skipped the first time.
   *
   * @default Duration.seconds(30)
   */
  readonly ejectionTime?: Duration;

  /**
   * Whether requests answer 503 at once while all levels are skipped, instead of trying them all the same.
   *
   * @default false
   */
  readonly failFast?: boolean;
}

/** How requests of one entry are handled. */
export interface RouteEntryOptions {
  /**
   * Conditions on headers that a request must meet as well. At most 15.
   *
   * @default - none
   */
  readonly headerMatches?: HeaderMatch[];

  /**
   * Time for the whole answer, streams and all attempts included. `Duration.seconds(0)` means no limit.
   *
   * @default - 300 s, or more where a fallback's attempts need it
   */
  readonly timeout?: Duration;

  /**
   * Longest silence of a provider: before the answer, and between two events of a stream.
   * Answers that are not streamed are silent until they are finished, so less than 30 s is a warning.
   *
   * @default - none
   */
  readonly streamIdleTimeout?: Duration;

  /**
   * How often a request is repeated on the same provider, where there is no fallback.
   *
   * @default 0
   */
  readonly retries?: number;

  /**
   * How a fallback decides.
   *
   * @default - the defaults of each option
   */
  readonly failover?: FailoverOptions;

  /**
   * Owner that `/v1/models` shows.
   *
   * @default - the gateway's own name
   */
  readonly ownedBy?: string;

  /**
   * Date that `/v1/models` shows.
   *
   * @default - when the route was created in the cluster
   */
  readonly createdAt?: Date;

  /**
   * Client APIs that every target must be able to serve.
   *
   * @default - any API that all targets share; where the first target serves chat completions, all others have to
   */
  readonly apis?: ClientApi[];
}

/** Model names and where their requests go. */
export interface RouteEntry extends RouteEntryOptions {
  /** Which names of clients. */
  readonly match: ModelMatch;

  /** Where their requests go. */
  readonly target: Target;
}

export function entryIntent(entry: RouteEntry): EntryIntent {
  return { match: entry.match._intent, ...commonEntryIntent(entry) };
}

/** What entries say whatever they match. */
export function commonEntryIntent(declared: RouteEntryOptions & { readonly target: Target }): Omit<EntryIntent, 'match'> {
  const entry = given(declared);
  return {
    headerMatches: (entry.headerMatches ?? []).map(({ name, value, isPattern }) => ({ name, value, regex: isPattern })),
    target: entry.target._intent,
    timeoutMs: millis(entry.timeout),
    streamIdleTimeoutMs: millis(entry.streamIdleTimeout),
    retries: entry.retries,
    failover: entry.failover && failoverIntent(entry.failover),
    ownedBy: entry.ownedBy,
    // Whole seconds: what the gateway shows is a Unix time.
    createdAt: entry.createdAt && dateText(entry.createdAt),
    apis: entry.apis as ClientApiName[] | undefined,
  };
}

/** What is no whole number of milliseconds stays one, for the platform to find. */
function millis(time: Duration | undefined): number | undefined {
  return time?.toMilliseconds({ integral: false });
}

/** What is no date stays visible as such, for the checks to find. */
function dateText(date: Date): string {
  return Number.isNaN(date.getTime()) ? String(date) : date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}

function failoverIntent(declared: FailoverOptions): FailoverIntent {
  const options = given(declared);
  return {
    statusCodes: options.statusCodes,
    perTryTimeoutMs: millis(options.perTryTimeout),
    connectTimeoutMs: millis(options.connectTimeout),
    attemptsPerLevel: options.attemptsPerLevel,
    consecutiveErrors: options.consecutiveErrors,
    ejectionTimeMs: millis(options.ejectionTime),
    failFastWhenAllEjected: options.failFast,
  };
}

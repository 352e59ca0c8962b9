import * as pulumi from '@pulumi/pulumi';
import type { KnownAt } from 'cdk8s-ai-gateway/lib/src/bridge';
import { IConstruct } from 'constructs';
import { placedTokens, textOfValue } from './substitute';
import { hasToken, outputOf, replaceTokens, Token, tokensIn } from './tokens';

type Output = pulumi.Output<unknown>;

/** What an Output has come to. */
export type Outcome =
  | { readonly kind: 'known'; readonly value: unknown; readonly secret: boolean }
  /** It has a value only once the update has made something. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'failed'; readonly error: unknown };

/** What SDKs keep of an Output for themselves. */
interface Inside {
  readonly isKnown: Promise<boolean>;
  readonly isSecret: Promise<boolean>;
  promise(withUnknowns: boolean): Promise<unknown>;
  resources(): Iterable<pulumi.Resource>;
}

const inside = (output: Output) => output as unknown as Inside;
const TEXTUAL = new Set(['string', 'number', 'boolean']);
const UNKNOWN: Outcome = { kind: 'unknown' };
const credentials = new WeakSet<Output>();

/** The values of an Output are for a Secret alone: no check sees them. */
export function markCredential(output: Output): void {
  credentials.add(output);
}

/** The Outputs in what is declared, and what they have come to by now. */
export class Values {
  private readonly outcomes = new Map<Output, Outcome | undefined>();
  /** How many values are known by now. */
  public revision = 0;
  private secrets = false;

  /**
   * @param isOurs whether a resource is one of this package: it waits for checks, which so cannot wait for it
   * @param changed is called when an Output comes to something
   */
  constructor(private readonly isOurs: (resource: pulumi.Resource) => boolean, private readonly changed: () => void) {}

  /** Whether a check would see values that are secret. */
  public get hasSecrets(): boolean {
    return this.secrets;
  }

  /** What an Output has come to; undefined as long as it is waited for. */
  public of(output: Output): Outcome | undefined {
    if (!this.outcomes.has(output)) this.watch(output);
    return this.outcomes.get(output);
  }

  /** What is known by now. */
  public look(secrets: boolean): ValuesInPlace {
    return new ValuesInPlace(({ output, wanted }, inKey) => {
      const outcome = credentials.has(output) ? undefined : this.of(output);
      if (outcome?.kind !== 'known' || !fits(outcome.value, wanted)) return undefined;
      return outcome.secret && (!secrets || inKey) ? undefined : outcome;
    });
  }

  private watch(output: Output): void {
    const settle = (outcome: Outcome) => {
      this.outcomes.set(output, outcome);
      if (outcome.kind === 'known') {
        this.revision++;
        this.secrets ||= outcome.secret && !credentials.has(output);
      }
      this.changed();
    };
    // Nothing waits for what is made here: the order of two components that name each other's parts is Pulumi's.
    if ([...inside(output).resources()].some(this.isOurs)) {
      this.outcomes.set(output, UNKNOWN);
      return;
    }
    this.outcomes.set(output, undefined);
    const { isKnown, isSecret } = inside(output);
    Promise.all([isKnown, isSecret, inside(output).promise(true)]).then(
      ([known, secret, value]) => settle(known ? { kind: 'known', value, secret } : UNKNOWN),
      (error: unknown) => settle({ kind: 'failed', error }),
    );
  }
}

export interface Found {
  readonly token: Token;
  /** Whether it is in what the construct declares, not in what it refers to: a route has its providers in it. */
  readonly own: boolean;
}

export type TokensByConstruct = Map<IConstruct, readonly Found[]>;

type ValueOf = (token: Token, inKey: boolean) => { readonly value: unknown } | undefined;

/** A copy of plain data, and the tokens that the data has. */
interface Copy {
  readonly copy: object;
  readonly found: readonly Found[];
}

/** Puts values where tokens stand in plain data, and remembers which construct has which tokens. */
class ValuesInPlace {
  public readonly tokens: TokensByConstruct = new Map<IConstruct, Found[]>();
  private readonly copies = new WeakMap<object, Copy>();
  private found: Found[] = [];

  /** @param valueOf the value of a token; undefined where the token stays */
  constructor(private readonly valueOf: ValueOf) {}

  public readonly at: KnownAt = construct => value => {
    const copy = this.put(value);
    if (this.found.length > 0) {
      this.tokens.set(construct, [...this.tokens.get(construct) ?? [], ...this.found]);
      this.found = [];
    }
    return copy as typeof value;
  };

  private put(value: unknown): unknown {
    if (typeof value === 'string' || typeof value === 'number') return hasToken(value) ? this.whole(value) : value;
    if (typeof value !== 'object' || value === null || !isPlain(value)) return value;
    const known = this.copies.get(value);
    if (known) {
      this.found.push(...known.found.map(found => ({ ...found, own: false })));
      return known.copy;
    }
    const before = this.found;
    this.found = [];
    const copy = Array.isArray(value) ? sameOr(value, value.map(item => this.put(item))) : this.fields(value as { readonly [key: string]: unknown });
    this.copies.set(value, { copy, found: this.found });
    this.found = this.found.length === 0 ? before : [...before, ...this.found];
    return copy;
  }

  private see(tokens: readonly Token[]): void {
    this.found.push(...tokens.map(token => ({ token, own: true })));
  }

  private whole(value: string | number): unknown {
    const tokens = tokensIn(value);
    this.see(tokens);
    if (!outputOf(value)) return typeof value === 'string' ? this.inText(value, false) : value;
    const now = this.valueOf(tokens[0], false);
    return now ? now.value : value;
  }

  private inText(text: string, inKey: boolean): string {
    return replaceTokens(text, token => {
      const now = this.valueOf(token, inKey);
      return now && TEXTUAL.has(typeof now.value) ? textOfValue(text, now.value) : undefined;
    });
  }

  private fields(map: { readonly [key: string]: unknown }): object {
    const entries = Object.entries(map).map(([key, item]) => {
      if (isSecretData(map, key)) this.see(placedTokens({ kind: 'Secret', [key]: item }));
      return [hasToken(key) ? this.inKey(key) : key, isSecretData(map, key) ? item : this.put(item)] as const;
    });
    if (entries.every(([key, item]) => key in map && item === map[key])) return map;
    // What is undefined in a manifest is not there.
    return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
  }

  private inKey(key: string): string {
    this.see(tokensIn(key));
    return this.inText(key, true);
  }
}

/** Whether a value is what a token was made for. */
export function fits(value: unknown, wanted: Token['wanted']): boolean {
  return wanted === 'anything' || (wanted === 'text' ? typeof value === 'string' : typeof value === 'number' && Number.isFinite(value));
}

/** Values of Secrets are credentials, whatever they came in with. */
function isSecretData(manifest: { readonly [key: string]: unknown }, key: string): boolean {
  return manifest.kind === 'Secret' && (key === 'data' || key === 'stringData');
}

function isPlain(value: object): boolean {
  if (Array.isArray(value)) return true;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function sameOr(list: readonly unknown[], changed: readonly unknown[]): object {
  return changed.every((item, index) => item === list[index]) ? list : changed;
}

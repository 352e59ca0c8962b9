import { has, PRODUCTS, productName } from './arbitraries/products';
import { choiceName, credentialName, CREDENTIALS, hasCredential, takers } from './arbitraries/slots';
import { Program, PROVIDER_KINDS } from './program';

interface Count {
  seen: number;
  /** How often it came as the product has it: a provider with a credential that the product knows for it. */
  able: number;
  made: number;
}

/** How often each provider and each credential came with each product, and how often synthesis made manifests of it. */
export class Coverage {
  private readonly counts = new Map<string, Count>();

  constructor() {
    for (const product of PRODUCTS.map(productName)) {
      for (const name of [...PROVIDER_KINDS, ...CREDENTIALS.map(choiceName)]) {
        this.counts.set(`${name} on ${product}`, { seen: 0, able: 0, made: 0 });
      }
    }
  }

  public add({ platform, providers }: Program, made: boolean): void {
    const names = (some: Program['providers']) => new Set(some.flatMap(({ kind, credential }) => [kind, credentialName(credential)]));
    const able = names(providers.filter(({ kind, credential }) => has(platform, kind, credential.kind)));
    for (const name of names(providers)) {
      const count = this.counts.get(`${name} on ${productName(platform)}`);
      if (!count) throw new Error(`nobody counts ${name}`);
      count.seen++;
      if (able.has(name)) count.able++;
      if (made) count.made++;
    }
  }

  public with(other: Coverage): Coverage {
    for (const [pair, { seen, able, made }] of other.counts) {
      const count = this.counts.get(pair)!;
      count.seen += seen;
      count.able += able;
      count.made += made;
    }
    return this;
  }

  /** Pairs that came too seldom, or of which no manifests were ever made although they came often enough. */
  public lacking(least: number, never: ReadonlySet<string>): string[] {
    return [...this.counts].flatMap(([pair, { seen, able, made }]) => [
      ...(seen < least ? [`${pair} appeared ${seen} times, ${least} are asked for`] : []),
      // Of a few programs each can have a mistake of its own: two in five are refused.
      ...(made === 0 && able >= 2 * least && !never.has(pair) ? [`${pair} was never synthesized, in ${able} programs that could have been`] : []),
      ...(made > 0 && never.has(pair) ? [`${pair} was synthesized, and the product is said to lack it`] : []),
    ]);
  }

  /** How many pairs there are, and the one that was seen least. */
  public summary(): string {
    const [rarest, count] = [...this.counts].reduce((least, entry) => (entry[1].seen < least[1].seen ? entry : least));
    return `${this.counts.size} pairs of a provider or credential with a product, the rarest ${count.seen} times (${rarest})`;
  }
}

/** What a product lacks, so that only its refusal can be seen. */
export const NEVER_MADE: ReadonlySet<string> = new Set(PRODUCTS.flatMap(product => [
  ...PROVIDER_KINDS.filter(kind => !CREDENTIALS.some(credential => takers(credential.kind).includes(kind) && has(product, kind, credential.kind))),
  ...CREDENTIALS.filter(({ kind }) => !hasCredential(product, kind)).map(choiceName),
].map(name => `${name} on ${productName(product)}`)));

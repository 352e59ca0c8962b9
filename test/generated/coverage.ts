import { PRODUCTS, productName } from './arbitraries/products';
import { choiceName, credentialName, CREDENTIALS, hasCredential, lacksProvider } from './arbitraries/slots';
import { Program, PROVIDER_KINDS } from './program';

/** How often each provider and each credential came with each product, and how often synthesis made manifests of it. */
export class Coverage {
  private readonly counts = new Map<string, { seen: number; made: number }>();

  constructor() {
    for (const product of PRODUCTS.map(productName)) {
      for (const name of [...PROVIDER_KINDS, ...CREDENTIALS.map(choiceName)]) {
        this.counts.set(`${name} on ${product}`, { seen: 0, made: 0 });
      }
    }
  }

  public add({ platform, providers }: Program, made: boolean): void {
    for (const name of new Set(providers.flatMap(({ kind, credential }) => [kind, credentialName(credential)]))) {
      const count = this.counts.get(`${name} on ${productName(platform)}`);
      if (!count) throw new Error(`nobody counts ${name}`);
      count.seen++;
      if (made) count.made++;
    }
  }

  public with(other: Coverage): Coverage {
    for (const [pair, { seen, made }] of other.counts) {
      const count = this.counts.get(pair)!;
      count.seen += seen;
      count.made += made;
    }
    return this;
  }

  /** Pairs that came too seldom, or of which manifests were made too seldom; and those that the product is said to lack. */
  public lacking(least: number, never: ReadonlySet<string>): string[] {
    return [...this.counts].flatMap(([pair, { seen, made }]) => [
      ...(seen < least ? [`${pair} appeared ${seen} times, ${least} are asked for`] : []),
      ...(made < least && !never.has(pair) ? [`${pair} was synthesized ${made} times of ${seen}, ${least} are asked for`] : []),
      ...(made > 0 && never.has(pair) ? [`${pair} was synthesized, and the product is said to lack it`] : []),
    ]);
  }

  /** How many pairs there are, and those that came and were made least. */
  public summary(never: ReadonlySet<string>): string {
    const able = [...this.counts].filter(([pair]) => !never.has(pair));
    const [rarest, { seen }] = [...this.counts].reduce((least, entry) => (entry[1].seen < least[1].seen ? entry : least));
    const [hardest, { made }] = able.reduce((least, entry) => (entry[1].made < least[1].made ? entry : least));
    return `${this.counts.size} pairs of a provider or credential with a product, the rarest ${seen} times (${rarest}); `
      + `of the ${able.length} that the product has, the rarest was synthesized ${made} times (${hardest})`;
  }
}

/** What a product lacks, so that only its refusal can be seen. */
export const NEVER_MADE: ReadonlySet<string> = new Set(PRODUCTS.flatMap(product => [
  ...PROVIDER_KINDS.filter(kind => lacksProvider(product, kind)),
  ...CREDENTIALS.filter(({ kind }) => !hasCredential(product, kind)).map(choiceName),
].map(name => `${name} on ${productName(product)}`)));

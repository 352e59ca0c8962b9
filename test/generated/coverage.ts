import { credentialName, CREDENTIALS, RELEASES } from './arbitraries/slots';
import { Program, PROVIDER_KINDS } from './program';

/** How often each provider and each credential came with each release, and how often synthesis made manifests of it. */
export class Coverage {
  private readonly counts = new Map<string, { seen: number; made: number }>();

  constructor() {
    for (const release of RELEASES) {
      for (const name of [...PROVIDER_KINDS, ...CREDENTIALS.map(({ kind, form }) => (form === undefined ? kind : `${kind}/${form}`))]) {
        this.counts.set(`${name} ${release}`, { seen: 0, made: 0 });
      }
    }
  }

  public add({ platform: { release }, providers }: Program, made: boolean): void {
    for (const name of new Set(providers.flatMap(({ kind, credential }) => [kind, credentialName(credential)]))) {
      const count = this.counts.get(`${name} ${release}`);
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

  /** Pairs that came too seldom, or of which no manifests were ever made. */
  public lacking(least: number, never: ReadonlySet<string>): string[] {
    return [...this.counts].flatMap(([pair, { seen, made }]) => [
      ...(seen < least ? [`${pair} appeared ${seen} times, ${least} are asked for`] : []),
      ...(made === 0 && !never.has(pair) ? [`${pair} was never synthesized, in ${seen} programs`] : []),
    ]);
  }

  /** How many pairs there are, and the one that was seen least. */
  public summary(): string {
    const [rarest, count] = [...this.counts].reduce((least, entry) => (entry[1].seen < least[1].seen ? entry : least));
    return `${this.counts.size} pairs of a provider or credential with a release, the rarest ${count.seen} times (${rarest})`;
  }
}

/** What a release lacks, so that only its refusal can be seen. */
export const NEVER_MADE: ReadonlySet<string> = new Set(['gcpAdc v0.5']);

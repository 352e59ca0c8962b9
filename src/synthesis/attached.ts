import { IConstruct } from 'constructs';

/**
 * State kept on constructs under a symbol: it lives as long as the construct and
 * is shared by several copies of this package in one process.
 */
export class Attached<T> {
  private readonly symbol: symbol;

  constructor(name: string) {
    this.symbol = Symbol.for(`cdk8s-ai-gateway.${name}`);
  }

  get(construct: IConstruct): T | undefined {
    return (construct as unknown as { [key: symbol]: T | undefined })[this.symbol];
  }

  set(construct: IConstruct, value: T): T {
    Object.defineProperty(construct, this.symbol, { value, configurable: true, enumerable: false });
    return value;
  }

  /** The value on the nearest construct on the way to the root. */
  nearest(construct: IConstruct): T | undefined {
    for (let at: IConstruct | undefined = construct; at; at = at.node.scope) {
      const value = this.get(at);
      if (value !== undefined) return value;
    }
    return undefined;
  }
}

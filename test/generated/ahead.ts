/** Something that is started and has to be stopped. */
interface Stoppable {
  stop(): Promise<void>;
}

/** Starts the next one while the one before is used: what starts waits for others most of the time. */
export class Ahead<T extends Stoppable | undefined> {
  private started: Promise<T> | undefined;

  constructor(private readonly starts: (() => Promise<T>)[]) {
    this.startNext();
  }

  /** The next one, of which there is one for each way to start. */
  async next(): Promise<T> {
    const next = await this.started!;
    this.startNext();
    return next;
  }

  /** Stops the one that nobody will use. */
  async drop(): Promise<void> {
    await (await this.started?.catch(() => undefined))?.stop();
  }

  private startNext(): void {
    this.started = this.starts.shift()?.();
    // Who waits for it is told; until then nobody does.
    this.started?.catch(() => {});
  }
}

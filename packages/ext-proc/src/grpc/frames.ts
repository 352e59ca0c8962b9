/** Five bytes before each message: whether it is compressed, and its length. */
const PREFIX = 5;

export class FrameError extends Error {
  constructor(public readonly status: number, message: string) {
    super(message);
  }
}

/** Puts messages together from the pieces a stream arrives in, each byte copied at most once. */
export class FrameReader {
  private pieces: Buffer[] = [];
  private held = 0;
  /** Length of the message that is being read; -1 while its prefix is. */
  private wanted = -1;

  constructor(private readonly longest: number) {}

  /** Bytes that wait for the rest of their message. */
  public get buffered(): number {
    return this.held;
  }

  /** @throws FrameError before a message that is too long is kept */
  public push(piece: Buffer): Buffer[] {
    this.pieces.push(piece);
    this.held += piece.length;
    const messages: Buffer[] = [];
    for (;;) {
      if (this.wanted < 0) {
        if (this.held < PREFIX) return messages;
        const prefix = this.take(PREFIX);
        if (prefix[0] !== 0) throw new FrameError(12, 'compressed messages are not supported');
        this.wanted = prefix.readUInt32BE(1);
        if (this.wanted > this.longest) throw new FrameError(8, 'message is too long');
      }
      if (this.held < this.wanted) return messages;
      messages.push(this.take(this.wanted));
      this.wanted = -1;
    }
  }

  private take(length: number): Buffer {
    this.held -= length;
    const first = this.pieces[0];
    if (first !== undefined && first.length >= length) {
      if (first.length === length) this.pieces.shift();
      else this.pieces[0] = first.subarray(length);
      return first.subarray(0, length);
    }
    const all = this.pieces.length === 0 ? Buffer.alloc(0) : Buffer.concat(this.pieces);
    this.pieces = all.length > length ? [all.subarray(length)] : [];
    return all.subarray(0, length);
  }
}

export function frame(message: Uint8Array): Buffer {
  const framed = Buffer.allocUnsafe(PREFIX + message.length);
  framed[0] = 0;
  framed.writeUInt32BE(message.length, 1);
  framed.set(message, PREFIX);
  return framed;
}

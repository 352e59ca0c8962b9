import { createServer, Http2Server, ServerHttp2Session, ServerHttp2Stream } from 'node:http2';
import { AddressInfo } from 'node:net';
import { frame, FrameError, FrameReader } from './frames';

/** Codes of gRPC that are used here. */
export enum Status {
  OK = 0,
  CANCELLED = 1,
  NOT_FOUND = 5,
  RESOURCE_EXHAUSTED = 8,
  UNIMPLEMENTED = 12,
  INTERNAL = 13,
  UNAVAILABLE = 14,
}

/** One call, as its handler sees it. */
export interface Call {
  send(message: Uint8Array): void;
  /** Ends the call. OK means to Envoy that it may go on alone, so a handler says it only when nothing is owed. */
  end(status: Status): void;
}

/** What a method does with one call. What it throws ends the call with INTERNAL. */
export interface CallHandler {
  message(message: Buffer, call: Call): void;
  /** A message longer than the limit was announced, or too many wait for their rest; nothing more will be read. */
  refused(call: Call, why: 'too-long' | 'overloaded'): void;
  /** The client has no more to say. */
  clientEnded(call: Call): void;
  /** The call is over, however it came to that. */
  closed(): void;
}

export interface GrpcServerOptions {
  readonly methods: { readonly [path: string]: (call: Call) => CallHandler };
  longestMessage(): number;
  /** Bytes of unfinished messages, of all calls together. */
  readonly mostBuffered: number;
  readonly mostCalls: number;
  onReset?(): void;
  /** The error of a handler; it is not sent. */
  onFailure?(error: unknown): void;
}

/**
 * A gRPC server on Node's HTTP/2. Envoy resets every stream at its end, and Node
 * drops a connection with more resets than its budget, which no gRPC library for
 * Node lets one set.
 */
export class GrpcServer {
  private readonly server: Http2Server;
  private readonly sessions = new Set<ServerHttp2Session>();
  private readonly shared: Shared;
  private refusing = false;

  constructor(private readonly options: GrpcServerOptions) {
    this.shared = new Shared(options.mostBuffered);
    this.server = createServer({
      settings: { initialWindowSize: 1024 * 1024, maxConcurrentStreams: options.mostCalls, maxHeaderListSize: 16 * 1024 },
      // Far above what a gateway does, and still no freedom to flood.
      ...{ streamResetBurst: 200_000, streamResetRate: 100_000 },
      maxSessionMemory: 1024,
    });
    this.server.on('session', (session) => {
      this.sessions.add(session);
      session.setLocalWindowSize(16 * 1024 * 1024);
      session.on('close', () => this.sessions.delete(session));
      session.on('error', () => session.destroy());
    });
    this.server.on('sessionError', () => undefined);
    this.server.on('stream', (stream, headers) => this.accept(stream, headers));
  }

  /** Calls that are open. */
  public get calls(): number {
    return this.shared.calls.length;
  }

  public async listen(port: number, host: string): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, resolve);
    });
    return (this.server.address() as AddressInfo).port;
  }

  /** Lets open calls come to their end, up to a deadline, and takes no new ones. */
  public async close(deadlineMs: number): Promise<void> {
    const closed = new Promise<void>(resolve => this.server.close(() => resolve()));
    for (const session of this.sessions) session.close();
    const timer = setTimeout(() => {
      this.refusing = true;
      for (const call of this.shared.calls) call.end(Status.UNAVAILABLE);
      setTimeout(() => this.sessions.forEach(session => session.destroy()), 500).unref();
    }, deadlineMs);
    await closed;
    clearTimeout(timer);
  }

  private accept(stream: ServerHttp2Stream, headers: { readonly [name: string]: unknown }): void {
    stream.on('error', () => undefined);
    const handler = this.options.methods[String(headers[':path'])];
    if (headers[':method'] !== 'POST' || !String(headers['content-type']).startsWith('application/grpc')) {
      stream.respond({ ':status': 415 }, { endStream: true });
      return;
    }
    if (!handler) return refuse(stream, Status.UNIMPLEMENTED);
    if (this.refusing || this.calls >= this.options.mostCalls) return refuse(stream, Status.UNAVAILABLE);
    new OpenCall(stream, handler, this.options, this.shared);
  }
}

/** What all calls of a server have together. */
class Shared {
  /** Not a Set: what one has held stays alive, as garbage that old garbage refers to, until the heap is swept as a whole. */
  public readonly calls: OpenCall[] = [];
  private buffered = 0;

  constructor(private readonly mostBuffered: number) {}

  public opened(call: OpenCall): void {
    call.place = this.calls.push(call) - 1;
  }

  public closed({ place }: OpenCall): void {
    const last = this.calls.pop()!;
    if (place === this.calls.length) return;
    this.calls[place] = last;
    last.place = place;
  }

  /** @returns false where that is too much */
  public add(bytes: number): boolean {
    this.buffered += bytes;
    return this.buffered <= this.mostBuffered;
  }
}

const ANSWER = { ':status': 200, 'content-type': 'application/grpc' };
const WITH_TRAILERS = { waitForTrailers: true };

class OpenCall implements Call {
  /** Among the calls of the server. */
  public place = -1;
  private readonly reader: FrameReader;
  private readonly handler: CallHandler;
  private held = 0;
  private ended = false;
  /** Nothing that still arrives is read. */
  private deaf = false;

  constructor(
    private readonly stream: ServerHttp2Stream,
    handle: (call: Call) => CallHandler,
    private readonly options: GrpcServerOptions,
    private readonly shared: Shared,
  ) {
    this.reader = new FrameReader(options.longestMessage());
    shared.opened(this);
    stream.respond(ANSWER, WITH_TRAILERS);
    this.handler = handle(this);
    stream.on('data', (piece: Buffer) => this.read(piece));
    stream.on('end', () => this.clientEnded());
    stream.on('close', () => this.closed());
  }

  public send(message: Uint8Array): void {
    if (!this.ended && !this.stream.destroyed) this.stream.write(frame(message));
  }

  public end(status: Status): void {
    if (this.ended) return;
    this.ended = true;
    const { stream } = this;
    if (stream.destroyed) return;
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': String(status) }));
    stream.end();
  }

  private read(piece: Buffer): void {
    if (this.ended || this.deaf) return;
    try {
      const messages = this.reader.push(piece);
      const before = this.held;
      this.held = this.reader.buffered;
      if (!this.shared.add(this.held - before)) throw new FrameError(Status.UNAVAILABLE, 'too much is waiting');
      for (const message of messages) if (!this.ended) this.handler.message(message, this);
    } catch (error) {
      this.failed(error);
    }
  }

  private clientEnded(): void {
    try {
      this.handler.clientEnded(this);
    } catch (error) {
      this.failed(error);
    }
  }

  private closed(): void {
    if (this.stream.aborted) this.options.onReset?.();
    this.shared.closed(this);
    this.shared.add(-this.held);
    this.held = 0;
    this.ended = true;
    this.handler.closed();
  }

  private failed(error: unknown): void {
    try {
      if (!(error instanceof FrameError)) throw error;
      this.deaf = true;
      if (error.status === Status.RESOURCE_EXHAUSTED) this.handler.refused(this, 'too-long');
      else if (error.status === Status.UNAVAILABLE) this.handler.refused(this, 'overloaded');
      else this.end(error.status);
    } catch (cause) {
      this.options.onFailure?.(cause);
      this.end(Status.INTERNAL);
    }
  }
}

function refuse(stream: ServerHttp2Stream, status: Status): void {
  stream.respond({ ':status': 200, 'content-type': 'application/grpc', 'grpc-status': String(status) }, { endStream: true });
}

import { createSocket, Socket } from 'node:dgram';
import { AddressInfo } from 'node:net';
import { Answer, decode, encode, Packet } from 'dns-packet';

/** Names below this one do not exist. */
export const NO_SUCH_DOMAIN = '.invalid';

/** Answers every name with the address of this machine, so that manifests keep the hostnames of real providers. */
export class NameServer {
  public static async start(): Promise<NameServer> {
    const socket = createSocket('udp4');
    socket.on('message', (message, from) => socket.send(answerTo(message), from.port, from.address));
    await new Promise<void>(resolve => { socket.bind(0, '127.0.0.1', resolve); });
    return new NameServer(socket);
  }

  private constructor(private readonly socket: Socket) {}

  public get port(): number {
    return (this.socket.address() as AddressInfo).port;
  }

  public async stop(): Promise<void> {
    await new Promise<void>(resolve => { this.socket.close(() => resolve()); });
  }
}

const NXDOMAIN = 3;

function answerTo(message: Buffer): Buffer {
  const { id, questions = [] } = decode(message);
  const missing = questions.some(({ name }) => name.endsWith(NO_SUCH_DOMAIN));
  const answers: Answer[] = questions
    .filter(({ type }) => type === 'A' && !missing)
    .map(({ name }) => ({ type: 'A', name, ttl: 60, data: '127.0.0.1' }));
  const packet: Packet = { type: 'response', id, questions, answers, flags: missing ? NXDOMAIN : 0 };
  return encode(packet);
}

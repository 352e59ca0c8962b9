import { Server, ServerCredentials, ServerDuplexStream } from '@grpc/grpc-js';
import { Exchange } from '../src/ext-proc/exchange';
import { Guard } from '../src/guard';
import { Log } from '../src/log';
import { Metrics } from '../src/metrics';
import { loadPolicy } from '../src/policy-file';

const bytes = (value: Buffer) => value;

/** The same decisions behind the usual gRPC library, to show what a transport of our own is worth. */
function serve(policy: string): void {
  const guard = new Guard(new Log(() => undefined, 'denied'), new Metrics(() => 0));
  guard.use(loadPolicy(policy, ['ext_proc']));
  const server = new Server({ 'grpc.max_receive_message_length': 100 * 1024 * 1024 });
  server.addService({
    Process: {
      path: '/envoy.service.ext_proc.v3.ExternalProcessor/Process', requestStream: true, responseStream: true,
      requestSerialize: bytes, requestDeserialize: bytes, responseSerialize: bytes, responseDeserialize: bytes,
    },
  }, {
    Process: (stream: ServerDuplexStream<Buffer, Buffer>) => {
      const exchange = new Exchange(guard);
      const call = {
        send: (message: Uint8Array) => stream.write(Buffer.from(message)),
        end: (code: number) => (code === 0 ? stream.end() : stream.emit('error', { code, details: '' })),
      };
      stream.on('data', (message: Buffer) => exchange.message(message, call));
      stream.on('end', () => exchange.clientEnded(call));
      stream.on('error', () => undefined);
    },
  });
  server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (_error, port) => process.send!(port));
}

serve(process.argv[2]);

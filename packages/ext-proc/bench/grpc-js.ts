import { fork } from 'node:child_process';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** The server on grpc-js, in a process of its own and bundled like ours. */
export async function grpcJsProcessor(policy: object): Promise<{ port: number; stop(): unknown }> {
  const outfile = join(__dirname, '..', 'dist', 'bench-grpc-js.cjs');
  buildSync({
    entryPoints: [join(__dirname, 'grpc-js-server.ts')], outfile, bundle: true, platform: 'node', format: 'cjs', loader: { '.proto': 'text' }, logLevel: 'error',
  });
  const child = fork(outfile, [JSON.stringify(policy)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const port = await new Promise<number>(resolve => child.once('message', message => resolve(message as number)));
  return { port, stop: () => child.kill('SIGKILL') };
}

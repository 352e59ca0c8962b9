import { needFinding } from './flaw';
import { answeredBy, failedWith } from '../../expect';
import { hosted, World } from '../../world';
import { Case, PRIMARY, worldOf } from '../kit';

/** A gateway without its ClientTrafficPolicy, or with half of it. */
function bare(name: string, says: string, code: string, spoil: (manifests: any[]) => any[], run: Case['run']): World {
  let changed: any[] = [];
  return {
    ...worldOf(`by-hand-${name}`, [{
      name: `by-hand-${name}`,
      says: `${says} (${code})`,
      declare: ({ gateway, at }) => {
        gateway.addModel('fine', at(PRIMARY).model());
        gateway.addModel('large', at(PRIMARY).model('do-large-1'));
      },
      run: async client => {
        needFinding(changed.map(overTls), code);
        await run(client);
      },
    }], { providers: [hosted(PRIMARY)] }),
    change: manifests => (changed = spoil([...manifests])),
  };
}

/** As most gateways listen; the one of a run cannot, and clients choose HTTP/2 by themselves there. */
function overTls(manifest: any): any {
  if (manifest.kind !== 'Gateway') return manifest;
  const listener = { name: 'https', port: 443, protocol: 'HTTPS', tls: { certificateRefs: [{ name: 'certificate' }] } };
  return { ...manifest, spec: { ...manifest.spec, listeners: [listener] } };
}

const forty = { messages: [{ role: 'user', content: 'x'.repeat(40 * 1024) }] };

export const noBuffer = bare(
  'no-buffer', 'without a buffer limit 40 KiB of prompt are too much, and a MiB of answer is a 500', 'NO_BUFFER_LIMIT',
  manifests => manifests.filter(({ kind }) => kind !== 'ClientTrafficPolicy'),
  async client => {
    failedWith(await client.chat('fine', forty), 413);
    failedWith(await client.chat('large'), 500, PRIMARY);
  },
);

export const noWindow = bare(
  'no-window', 'without a window of that size clients of HTTP/2 are held to 64 KiB', 'HTTP2_WINDOW_UNSET',
  manifests => manifests.map(manifest => {
    if (manifest.kind === 'ClientTrafficPolicy') delete manifest.spec.http2;
    return manifest;
  }),
  async client => {
    const body = { model: 'fine', messages: [{ role: 'user', content: 'x'.repeat(1024 * 1024) }] };
    answeredBy(await client.chat('fine', body), PRIMARY);
    failedWith(await client.sendByHttp2({ path: '/v1/chat/completions', body }), 413);
  },
);

import { as, Flaw, program, Stage } from './stage';
import { chat, send, Sent } from '../envoy/client';

/** Clients may send what only the gateway should, as where nobody thought of it. */
const openEdge = (manifest: any) => {
  if (manifest.kind === 'ClientTrafficPolicy') delete manifest.spec.headers;
};

/** What rules on processors say of the gateway, on manifests that lack what the construct would have written. */
const flaws: readonly (readonly [code: string, front: 'ext_proc' | 'ext_authz', flaw: Flaw, sent: Sent, saw: (seen: { headers: any; body: string }) => boolean])[] = [
  ['IDENTITY_AFTER_EXT_AUTH', 'ext_authz', (manifest) => {
    openEdge(manifest);
    if (manifest.kind === 'EnvoyProxy') delete manifest.spec.filterOrder;
    return manifest;
  }, { headers: { ...as('ext_authz', 'keyless'), 'x-tenant-id': 'acme' } }, ({ headers }) => headers.authorization === 'Bearer sk-acme'],
  ['PROCESSOR_ON_ROUTE', 'ext_authz', (manifest) => {
    openEdge(manifest);
    if (manifest.kind === 'SecurityPolicy') manifest.spec.targetRefs = [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'ai-gateway-gpt-4o' }];
    return manifest;
  }, { headers: { 'x-ai-eg-model': 'o1', 'x-aigw-openai': 'forged' }, body: chat('nightfall') }, ({ body }) => body.includes('"gpt-4o"') && body.includes('nightfall')],
];

(program ? describe : describe.skip)('what rules say of the real AI gateway (AIGW_BIN)', () => {
  test.each(flaws)('%s', async (_code, front, flaw, sent, saw) => {
    const stage = await Stage.start(front, flaw, sent);
    try {
      expect((await send(stage.port, sent)).status).toBe(200);
      expect(stage.upstream.seen.map(saw)).toEqual([true]);
    } finally {
      await stage.stop();
    }
  }, 240_000);
});

import { goodManifests } from './good-manifests';
import { AI_GATEWAY_RELEASES, AiGatewayRelease, CrdJudge, CrdTarget, describeWithCrds } from './judge';

const targets: CrdTarget[] = AI_GATEWAY_RELEASES.flatMap(aiGateway => [
  { aiGateway, channel: 'standard' as const },
  { aiGateway, channel: 'experimental' as const },
]);

function isReached(since: AiGatewayRelease | undefined, release: AiGatewayRelease): boolean {
  return AI_GATEWAY_RELEASES.findIndex(r => r === since) <= AI_GATEWAY_RELEASES.indexOf(release);
}

describeWithCrds('good manifests', () => {
  describe.each(targets)('$aiGateway, $channel', (target) => {
    for (const { title, manifest, since } of goodManifests(target.aiGateway)) {
      if (isReached(since, target.aiGateway)) {
        test(`accepts ${title}`, () => expect(CrdJudge.load(target).judge(manifest)).toEqual([]));
      } else {
        test(`refuses ${title}, which is newer`, () => expect(CrdJudge.load(target).judge(manifest)).not.toEqual([]));
      }
    }
  });

  test('all of them at once, and the manifests stay as they are', () => {
    const manifests = goodManifests('v1.1.0').map(({ manifest }) => manifest);
    const before = JSON.stringify(manifests);
    expect(CrdJudge.load({ aiGateway: 'v1.1.0' }).judgeAll(manifests)).toEqual([]);
    expect(JSON.stringify(manifests)).toBe(before);
  });
});

describeWithCrds('targets', () => {
  test('one judge for one set of CRDs', () => {
    expect(CrdJudge.load({ aiGateway: 'v1.1.0', channel: 'standard' })).toBe(CrdJudge.load({ aiGateway: 'v1.1.0' }));
    expect(CrdJudge.load({ aiGateway: 'v1.1.0', channel: 'experimental' })).not.toBe(CrdJudge.load({ aiGateway: 'v1.1.0' }));
  });

  test('a newer Envoy Gateway and an older agentgateway can be asked for', () => {
    const kinds = CrdJudge.load({ aiGateway: 'v1.1.0', envoyGateway: 'v1.9.0', agentgateway: 'v1.0.0' }).kinds().map(({ kind }) => kind);
    expect(kinds).toContain('BackendTrafficPolicy');
    expect(kinds).not.toContain('AgentgatewayModel');
  });
});

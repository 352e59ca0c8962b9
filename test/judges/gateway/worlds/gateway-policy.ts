import { ApiObject } from 'cdk8s';
import { Case, PRIMARY, STANDBY, worldOf } from './kit';
import { answeredBy, failedWith } from '../expect';

const cases: readonly Case[] = [{
  name: 'gateway-policy-stays',
  says: 'what a platform team\'s policy on the Gateway does holds for models with a fallback too, and the fallback works beside it',
  declare: kit => {
    kit.guarded('limited', 'do-status-503');
    new ApiObject(kit.chart, 'limit', {
      apiVersion: 'gateway.envoyproxy.io/v1alpha1',
      kind: 'BackendTrafficPolicy',
      metadata: { name: 'limit' },
      spec: {
        targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: kit.gateway.gatewayName }],
        requestBuffer: { limit: '4Ki' },
      },
    });
  },
  run: async client => {
    answeredBy(await client.chat('limited'), PRIMARY, STANDBY);
    failedWith(await client.chat('limited', { messages: [{ role: 'user', content: 'x'.repeat(8 * 1024) }] }), 413);
  },
}];

export const gatewayPolicy = worldOf('gateway-policy', cases, { hosts: [PRIMARY, STANDBY] });

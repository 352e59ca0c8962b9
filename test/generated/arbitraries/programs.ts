import * as fc from 'fast-check';
import { credentialParts, dnsSubdomain, entryParts, gatewayParts, modelName, providerParts, rawTarget, seldom } from './parts';
import { policyPoint } from './policy-points';
import { RawProgram, RawRoute, settle } from './settle';
import { Slot } from './slots';
import { Spoil, spoil, spoiled } from './spoil';
import { PatchDescription, Program } from '../program';

const NAMESPACES = ['ai', 'models', 'team-a', `n${'0'.repeat(61)}n`];

const entry = fc.tuple(entryParts, fc.record({
  kind: fc.constantFrom<'exact' | 'pattern' | 'any'>('exact', 'exact', 'pattern', 'any'),
  models: fc.oneof(
    { weight: 8, arbitrary: fc.array(modelName, { minLength: 1, maxLength: 3 }) },
    { weight: 1, arbitrary: fc.array(modelName, { minLength: 64, maxLength: 64 }) },
  ),
  path: fc.record({ whole: fc.nat(3).map(n => n === 0), rewrite: seldom(fc.constantFrom({ kind: 'full' as const, text: '/v1/chat/completions' }, { kind: 'prefix' as const, text: '/' }, { kind: 'prefix' as const, text: '/v1/a' }), 3) }),
  target: rawTarget,
})).map(([options, rest]) => ({ ...options, ...rest }));

const route: fc.Arbitrary<RawRoute> = fc.record({
  by: fc.constantFrom<RawRoute['by']>('model', 'model', 'model', 'pattern', 'route', 'path', 'pathRoute'),
  chart: fc.nat(2),
  gateways: fc.oneof(
    { weight: 6, arbitrary: fc.array(fc.nat(5), { minLength: 1, maxLength: 2 }) },
    { weight: 1, arbitrary: fc.constant([0, 1, 2, 3, 4, 5]) },
  ),
  hostnames: seldom(fc.uniqueArray(fc.constantFrom('ai.example.com', '*.example.com', 'a.internal', 'b.internal'), { minLength: 1, maxLength: 4 })),
  name: seldom(dnsSubdomain(222)),
  entries: fc.oneof(
    { weight: 8, arbitrary: fc.array(entry, { minLength: 1, maxLength: 3 }) },
    { weight: 1, arbitrary: fc.array(entry, { minLength: 15, maxLength: 15 }).map(all => all.map(e => ({ ...e, models: e.models.slice(0, 8) }))) },
  ),
});

const patch = fc.record({
  object: fc.nat(1000), place: fc.nat(1000), change: fc.constantFrom<PatchDescription['change']>('label', 'label', 'remove', 'replace'), with: fc.nat(1000),
});

const provider = fc.tuple(providerParts, fc.record({ credential: credentialParts, idStyle: fc.nat(20) }))
  .map(([parts, rest]) => ({ ...parts, ...rest }));

const raw: fc.Arbitrary<RawProgram> = fc.record({
  charts: fc.uniqueArray(fc.record({
    namespace: fc.constantFrom(...NAMESPACES),
    labels: seldom(fc.constant({ 'app.kubernetes.io/part-of': 'ai', 'empty': '' })),
    plainNames: fc.boolean(),
  }), { minLength: 1, maxLength: 3, selector: ({ namespace }) => namespace }),
  withoutNamespace: fc.nat(7).map(n => n === 0),
  platform: fc.record({
    on: fc.constantFrom('app', 'charts'),
  }),
  // Three, and fewer only where a program is made as small as it can be.
  providers: fc.oneof(
    { withCrossShrink: true },
    { weight: 1, arbitrary: fc.array(provider, { minLength: 1, maxLength: 2 }) },
    { weight: 1_000_000, arbitrary: fc.array(provider, { minLength: 3, maxLength: 3 }) },
  ),
  gateways: fc.array(gatewayParts, { minLength: 1, maxLength: 3 }),
  routes: fc.array(route, { maxLength: 5 }),
  raws: fc.array(fc.record({
    chart: fc.nat(2),
    form: fc.constantFrom('configMap', 'healthRoute', 'gatewayRateLimit', 'provider', 'modelRoute', 'certificate'),
    name: dnsSubdomain(222),
    gateway: fc.nat(2),
    included: seldom(fc.constant(true)),
  }), { maxLength: 2 }),
  policyPoint: seldom(policyPoint),
  rest: fc.record({
    late: fc.nat(4).map(n => n === 0),
    strict: fc.nat(11).map(n => n === 0),
    acknowledged: seldom(fc.constant(true), 12),
    syncWave: seldom(fc.constantFrom(0, -5, 100)),
    complete: fc.nat(15).map(n => (n === 0 ? NAMESPACES.slice(0, 2) : [])),
    patches: fc.oneof({ weight: 11, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.array(patch, { minLength: 1, maxLength: 2 }) }),
    setup: seldom(fc.record({ redisUrl: seldom(fc.constant('redis.redis.svc:6379')), certManager: seldom(fc.boolean()) }, { requiredKeys: [] })),
  }),
});

const spoils: fc.Arbitrary<readonly Spoil[]> = fc.array(spoil, { minLength: 1, maxLength: 2 });

/** Programs with the providers of the slot. */
export function programs(slot: Slot): fc.Arbitrary<Program> {
  return fc.tuple(raw, slot.spoilt ? spoils : fc.constant([])).map(([parts, changes]) => changes.reduce(spoiled, settle(parts, slot)));
}

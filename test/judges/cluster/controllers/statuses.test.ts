import { complaintsInStatus } from './statuses';

const metadata = { name: 'x', generation: 2 };
const accepted = { type: 'Accepted', status: 'True', reason: 'Accepted', observedGeneration: 2 };
const conflicted = { type: 'Accepted', status: 'False', reason: 'Conflicted', message: 'older wins', observedGeneration: 2 };

function object(kind: string, spec: object, status?: object) {
  return { apiVersion: 'v1', kind, metadata, spec, status };
}

test.each([
  ['a Gateway without an address', object('Gateway', { listeners: [{}] }, {
    conditions: [accepted, { type: 'Programmed', status: 'False', reason: 'AddressNotAssigned' }],
    listeners: [{ name: 'http', conditions: [accepted, { type: 'Conflicted', status: 'False' }] }],
  })],
  ['a route with a parent', object('HTTPRoute', { parentRefs: [{}] }, {
    parents: [{ parentRef: { name: 'g' }, conditions: [accepted, { type: 'ResolvedRefs', status: 'True' }] }],
  })],
  ['a policy that merges', object('BackendTrafficPolicy', {}, {
    ancestors: [{ ancestorRef: { kind: 'Gateway', name: 'g' }, conditions: [accepted, { type: 'Merged', status: 'True' }] }],
  })],
  ['a policy that was merged into that of the Gateway', object('BackendTrafficPolicy', {}, {
    ancestors: [{ ancestorRef: { kind: 'Gateway', name: 'g' }, conditions: [{ type: 'Merged', status: 'True', reason: 'Merged', observedGeneration: 2 }] }],
  })],
  ['a Backend that no route leads to', object('Backend', {})],
  ['an accepted route of the AI gateway', object('AIGatewayRoute', {}, { conditions: [{ type: 'Accepted', status: 'True' }] })],
])('nothing is wrong with %s', (_, given) => {
  expect(complaintsInStatus(given)).toEqual([]);
});

test.each([
  ['no status', object('ClientTrafficPolicy', {}), ['no status for 1 of 1 ancestor(s)']],
  ['a policy that was not merged', object('BackendTrafficPolicy', {}, {
    ancestors: [{ ancestorRef: { kind: 'Gateway', name: 'g' }, conditions: [{ type: 'Merged', status: 'False', reason: 'Invalid', message: 'no' }] }],
  }), ['for Gateway g: no condition Accepted']],
  ['a status of an older spec', object('GatewayClass', {}, { conditions: [{ ...accepted, observedGeneration: 1 }] }), ['no condition Accepted']],
  ['a policy beside an older one', object('ClientTrafficPolicy', {}, { ancestors: [{ ancestorRef: { kind: 'Gateway', name: 'g' }, conditions: [conflicted] }] }),
    ['for Gateway g: Accepted=False Conflicted: older wins']],
  ['a dropped rule', object('HTTPRoute', { parentRefs: [{}] }, {
    parents: [{ parentRef: { name: 'g' }, conditions: [accepted, { type: 'PartiallyInvalid', status: 'True', reason: 'UnsupportedValue', message: 'Dropped Rule(s) [0]' }] }],
  }), ['for Gateway g: PartiallyInvalid=True UnsupportedValue: Dropped Rule(s) [0]']],
  ['one of two parents', object('HTTPRoute', { parentRefs: [{}, {}] }, { parents: [{ parentRef: { name: 'g' }, conditions: [accepted] }] }),
    ['no status for 1 of 2 parent(s)']],
  ['a listener without its certificate', object('Gateway', { listeners: [{}] }, {
    conditions: [accepted],
    listeners: [{ name: 'https', conditions: [accepted, { type: 'ResolvedRefs', status: 'False', reason: 'InvalidCertificateRef', message: 'no Secret' }] }],
  }), ['listener https: ResolvedRefs=False InvalidCertificateRef: no Secret']],
  ['a refused route of the AI gateway', object('AIGatewayRoute', {}, { conditions: [{ type: 'NotAccepted', status: 'False', reason: 'ReconciliationFailed', message: 'not found' }] }),
    ['no condition Accepted', 'NotAccepted=False ReconciliationFailed: not found']],
])('told: %s', (_, given, complaints) => {
  expect(complaintsInStatus(given)).toEqual(complaints);
});

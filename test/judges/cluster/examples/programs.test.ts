import { codesIn, gatewayOf } from './programs';

test.each([
  ['findings alone', 'Validation failed with the following errors:\n  [ai/claude] \'a\' is bad [SECOND_CODE]\n  [ai/claude] \'b\' is bad [FIRST_CODE]', ['FIRST_CODE', 'SECOND_CODE']],
  ['one code twice', '  [ai] a [CODE]\n  [ai] b [CODE]', ['CODE']],
  ['an error beside a finding', '  [ai] a [CODE]\n  [ai] something broke', []],
  ['an error of Node', 'Cannot read properties of undefined (reading \'x\')', []],
  ['nothing', '', []],
])('%s', (_, message, codes) => {
  expect(codesIn(message)).toEqual(codes);
});

test.each([
  ['aigateway.envoyproxy.io/v1beta1', 'envoy'],
  ['agentgateway.dev/v1alpha1', 'agentgateway'],
  ['gateway.kgateway.dev/v1alpha1', 'kgateway'],
])('%s is run by %s', (apiVersion, gateway) => {
  const of = (version: string) => ({ text: '', manifest: { apiVersion: version, kind: 'Any', metadata: { name: 'x' } } });
  expect(gatewayOf({ name: 'x', manifests: [of('v1'), of(apiVersion)] })).toBe(gateway);
});

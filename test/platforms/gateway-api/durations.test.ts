import { gatewayDuration } from '../../../src/platforms/gateway-api/durations';

/** Syntax of Gateway API: one to four groups of one to five digits. */
const SYNTAX = /^([0-9]{1,5}(h|m|s|ms)){1,4}$/;

test.each([
  [0, '0s'],
  [1, '1ms'],
  [999, '999ms'],
  [1_000, '1s'],
  [1_500, '1s500ms'],
  [300_000, '300s'],
  [99_999_000, '99999s'],
  [100_000_000, '27h46m40s'],
  [100_000_001, '27h46m40s1ms'],
  [86_400_000, '86400s'],
])('%d ms is written %s', (ms, text) => {
  expect(gatewayDuration(ms)).toBe(text);
  expect(text).toMatch(SYNTAX);
});

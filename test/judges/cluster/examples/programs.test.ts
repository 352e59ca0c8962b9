import { codesIn } from './programs';

test.each([
  ['findings alone', 'Validation failed with the following errors:\n  [ai/claude] \'a\' is bad [SECOND_CODE]\n  [ai/claude] \'b\' is bad [FIRST_CODE]', ['FIRST_CODE', 'SECOND_CODE']],
  ['one code twice', '  [ai] a [CODE]\n  [ai] b [CODE]', ['CODE']],
  ['an error beside a finding', '  [ai] a [CODE]\n  [ai] something broke', []],
  ['an error of Node', 'Cannot read properties of undefined (reading \'x\')', []],
  ['nothing', '', []],
])('%s', (_, message, codes) => {
  expect(codesIn(message)).toEqual(codes);
});

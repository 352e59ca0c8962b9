import { findingsOf, Program } from './program';
import { Checks, Traffic } from '../../src';

const twice = ({ gateway, openai }: Program) => gateway.addModel('m', Traffic.split([{ to: openai.model('a'), weight: 1 }, { to: openai.model('a'), weight: 1 }]));
const unused = (path: string) => `${path}: has an acknowledgement of what nothing below does, got "SAME_TARGET_TWICE"; remove Checks.acknowledge(), or give it another scope [UNUSED_ACKNOWLEDGEMENT]`;

test('one that accepts something is silent, strict or not, on every scope above', () => {
  expect(findingsOf((program) => {
    twice(program);
    Checks.strict(program.app);
    Checks.acknowledge(program.gateway, 'SAME_TARGET_TWICE', 'a test');
    Checks.acknowledge(program.app, 'SAME_TARGET_TWICE', 'a test');
  })).toEqual([]);
});

test('one that accepts nothing would accept the next mistake', () => {
  expect(findingsOf(({ chart }) => Checks.acknowledge(chart, 'SAME_TARGET_TWICE', 'a test'))).toEqual([unused('c')]);
});

test('one beside the mistake accepts nothing', () => {
  expect(findingsOf((program) => {
    twice(program);
    Checks.acknowledge(program.openai, 'SAME_TARGET_TWICE', 'a test');
  })).toEqual([expect.stringMatching(/^c\/gw\/m: .*\[SAME_TARGET_TWICE\]$/), unused('c/openai')]);
});

test('it can be acknowledged itself, and a warning stays one', () => {
  expect(findingsOf(({ app, chart }) => {
    Checks.acknowledge(chart, 'SAME_TARGET_TWICE', 'a test');
    Checks.acknowledge(app, 'UNUSED_ACKNOWLEDGEMENT', 'shared by programs of which some need it');
  })).toEqual([]);
});

test.each(['0o17', '0X1F', '0B1'])('the text %s, which Kubernetes reads as a number, is told', text => {
  expect(findingsOf(({ gateway, openai }) => {
    gateway.addModel('m', openai.model(text));
  })).toEqual([`c/gw/m: 'target' is written without quotes and read as a number by Kubernetes, got "${text}"; use another text [INVALID_VALUE]`]);
});

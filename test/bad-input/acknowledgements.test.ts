import { findingsOf, Program } from './program';
import { Checks, Traffic } from '../../src';
import { findingsInYaml } from '../checks/harness';

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

describe('annotations of raw manifests', () => {
  const found = (annotations: object, port = 443) => findingsInYaml(JSON.stringify({
    apiVersion: 'gateway.envoyproxy.io/v1alpha1',
    kind: 'Backend',
    metadata: { name: 'openai', namespace: 'ai', annotations },
    spec: { endpoints: [{ fqdn: { hostname: 'a-b.Example.com', port } }] },
  })).map(({ severity, message }) => `${severity} ${message}`);
  const acknowledging = (code: string, reason: unknown) => found({ [`cdk8s-ai-gateway/acknowledge-${code}`]: reason })
    .filter(text => text.includes('acknowledge'));

  test.each([
    ['an unknown code', 'NOPE', 'a test', 'acknowledges a code that does not exist, got "NOPE"; copy the code from the message [BAD_ACKNOWLEDGEMENT]'],
    ['a code that the gateway refuses', 'INVALID_VALUE', 'a test', 'acknowledges what the gateway refuses all the same, got "INVALID_VALUE"; remove the annotation and do what the message of the code says [BAD_ACKNOWLEDGEMENT]'],
    ['no reason', 'BAD_HOSTNAME', ' ', 'gives no reason, got " "; write as its value why the finding is right here [BAD_ACKNOWLEDGEMENT]'],
  ])('%s is told', (_, code, reason, message) => {
    expect(acknowledging(code, reason)).toEqual([`error 'metadata.annotations.cdk8s-ai-gateway/acknowledge-${code}' ${message}`]);
  });

  test('what accepts something is silent, what accepts nothing is a warning', () => {
    expect(acknowledging('BAD_HOSTNAME', 'a test')).toEqual([]);
    expect(acknowledging('NO_TRAFFIC', 'a test')).toEqual([
      "warning 'metadata.annotations.cdk8s-ai-gateway/acknowledge-NO_TRAFFIC' acknowledges what the manifest does not have, got \"NO_TRAFFIC\"; remove the annotation [UNUSED_ACKNOWLEDGEMENT]",
    ]);
  });
});

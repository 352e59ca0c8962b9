import { OBJECT_RULES, OF_ONE_OBJECT } from './between-objects';
import { tryObjectRule } from './between-objects/rule';
import { AGENTGATEWAY, BEFORE_V1_1, ENVOY_AI_GATEWAY, World } from './between-objects/world';
import { allRules } from '../../src/checks/rules';
import { describeWithCrds } from '../judges/crd/judge';

describeWithCrds('what must hold between objects', () => {
  test.each([['Envoy AI Gateway', ENVOY_AI_GATEWAY], ['Envoy AI Gateway v1.0', BEFORE_V1_1], ['agentgateway', AGENTGATEWAY]])('holds in the program for %s', (_, cluster) => {
    const world = new World(cluster);
    expect(world.findings(true)).toEqual([]);
    expect(world.findings(false)).toEqual([]);
    expect(world.refusals()).toEqual([]);
  });

  test.each(OBJECT_RULES.map(rule => [rule.kind, rule.rule, rule] as const))('%s: %s', (_, __, rule) => {
    const { told, refusals } = tryObjectRule(rule);
    expect(told).toBeDefined();
    // What the server enforces is a limit of a CRD, and in their table.
    expect(refusals).toEqual([]);
  });
});

test('every rule of the checks is one between objects, or on one object by itself', () => {
  const between = new Set(OBJECT_RULES.map(({ code }) => code));
  expect(allRules().map(({ code }) => code).filter(code => between.has(code) === OF_ONE_OBJECT.has(code))).toEqual([]);
});

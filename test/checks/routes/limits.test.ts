import { ApiObject } from 'cdk8s';
import { exact, gateway, inProgram, inYaml, Json, PROVIDERS, route, rule, says } from './fixtures';
import { EnvoyAIGatewayRelease, ModelMatch, ModelRoute, Platform, Traffic } from '../../../src';

const many = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, index) => make(index));
const models = (count: number, prefix = 'm') => many(count, index => exact(`${prefix}-${index}`));

describe('TOO_MANY_RULES', () => {
  const OLD = Platform.envoyAIGateway({ release: EnvoyAIGatewayRelease.V0_6 });

  test('on releases that take more than they can serve', () => {
    const program = (count: number) => inProgram(({ gateway: g, chart, a }) => {
      new ModelRoute(chart, 'route', { gateways: [g], entries: many(count, n => ({ match: ModelMatch.exact(`m-${n}`), target: a.model() })) });
    }, { platform: OLD });
    expect(program(16)).toMatchObject([{ code: 'TOO_MANY_RULES', severity: 'error', path: 'test/route', ...says("'entries' has 16 rules, 15 are allowed") }]);
    expect(program(15)).toEqual([]);
  });

  test('later releases say so in their schema', () => {
    const rules = many(16, n => rule({ matches: [exact(`m-${n}`)] }));
    expect(inYaml([route(rules)], { platform: OLD })).toMatchObject([{ code: 'TOO_MANY_RULES', ...says("'spec.rules'") }]);
    expect(inYaml([route(rules)])).toEqual([]);
  });
});

describe('TOO_MANY_TARGETS', () => {
  test('17 in one rule', () => {
    const program = (count: number) => inProgram(({ gateway: g, a }) => {
      g.addModel('m', Traffic.split(many(count, n => ({ to: a.model(`${n}`), weight: 1 }))));
    });
    expect(program(17)).toMatchObject([{ code: 'TOO_MANY_TARGETS', severity: 'error', path: 'test/gateway/m', ...says("'target' has 17 targets, 16 are allowed") }]);
    expect(program(16)).toEqual([]);
    expect(inYaml([route([rule({ backendRefs: many(17, n => ({ name: `b-${n}` })) })])])).toMatchObject([{ code: 'TOO_MANY_TARGETS', ...says("'spec.rules[0].backendRefs'") }]);
  });
});

describe('TOO_MANY_MATCHES', () => {
  test('65 in one rule', () => {
    const program = (count: number) => inProgram(({ gateway: g, chart, a }) => {
      new ModelRoute(chart, 'route', { gateways: [g], entries: [{ match: ModelMatch.exact(...many(count, n => `m-${n}`)), target: a.model() }] });
    });
    expect(program(65)).toMatchObject([{ code: 'TOO_MANY_MATCHES', severity: 'error', path: 'test/route', ...says("'entries[0].match' has 65 matches, 64 are allowed") }]);
    expect(program(64)).toEqual([]);
  });

  test('128 in all rules, where a rule without matches counts as one', () => {
    const rules = (...last: Json[]) => inYaml([route([rule({ matches: models(64, 'a') }), rule({ matches: models(63, 'b') }), ...last])]);
    const { matches: _, ...everything } = rule();
    expect(rules(everything)).toMatchObject([{ code: 'TOO_MANY_MATCHES', ...says("'spec.rules' has 128 matches in all rules together, 127 are allowed") }]);
    expect(rules()).toEqual([]);
  });
});

describe('ROUTE_NAME_TOO_LONG', () => {
  test('223 characters', () => {
    const program = (length: number) => inProgram(({ gateway: g, a }) => { g.addModel('m', a.model(), { name: 'x'.repeat(length) }); });
    expect(program(223)).toMatchObject([{ code: 'ROUTE_NAME_TOO_LONG', severity: 'error', path: 'test/gateway/m', ...says("'name' has 223 characters, 222 are allowed") }]);
    expect(program(222)).toEqual([]);
    expect(inYaml([route([rule()], { name: 'x'.repeat(223) })])).toMatchObject([{ code: 'ROUTE_NAME_TOO_LONG', ...says("'metadata.name'") }]);
  });
});

describe('BAD_RULE_NAME', () => {
  const named = (...names: (string | undefined)[]) => inYaml([...PROVIDERS, gateway(), route(names.map((name, index) => ({ ...rule({ matches: [exact(`m-${index}`)] }), ...(name && { name }) })))]);

  test('twice the same, or the one of the gateway', () => {
    expect(named('first', 'second', 'first')).toMatchObject([{ code: 'BAD_RULE_NAME', severity: 'error', ...says("'spec.rules[2].name' is the name of spec.rules[0] as well, got \"first\"") }]);
    expect(named('route-not-found')).toMatchObject([{ code: 'BAD_RULE_NAME', ...says('is reserved') }]);
    expect(named('first', undefined, 'second', undefined)).toEqual([]);
  });

  test('rules of our own routes have names of their own', () => {
    expect(inProgram(({ gateway: g, chart, a }) => {
      new ModelRoute(chart, 'route', { gateways: [g], entries: many(15, n => ({ match: ModelMatch.exact(`m-${n}`), target: a.model() })) });
    })).toEqual([]);
  });
});

describe('RESERVED_NAME', () => {
  test('names the gateway gives to what it generates', () => {
    const program = (name: string) => inProgram(({ gateway: g, a }) => { g.addModel('m', a.model(), { name }); });
    expect(program('ai-eg-chat')).toMatchObject([{ code: 'RESERVED_NAME', severity: 'error', path: 'test/gateway/m', ...says('\'name\' begins with ai-eg-, as what the gateway generates, got "ai-eg-chat"') }]);
    expect(program('ai-chat')).toEqual([]);
    expect(inYaml([{ apiVersion: 'gateway.envoyproxy.io/v1alpha1', kind: 'HTTPRouteFilter', metadata: { name: 'ai-eg-host-rewrite-chat', namespace: 'ai' }, spec: {} }]))
      .toMatchObject([{ code: 'RESERVED_NAME', ...says("'metadata.name'") }]);
    expect(inYaml([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'ai-eg-notes', namespace: 'ai' } }])).toEqual([]);
  });
});

describe('HTTPROUTE_OVERWRITTEN', () => {
  const httpRoute = (name: string) => ({ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name, namespace: 'ai' }, spec: {} });

  test('an HTTPRoute with the name of a route', () => {
    expect(inProgram(({ gateway: g, a, chart }) => {
      g.addModel('m', a.model(), { name: 'chat' });
      new ApiObject(chart, 'hand-made', httpRoute('chat'));
    })).toMatchObject([{ code: 'HTTPROUTE_OVERWRITTEN', severity: 'error', path: 'test/hand-made', ...says("'metadata.name' is the name of the HTTPRoute that is generated from test/gateway/m") }]);
    expect(inYaml([route([rule()]), httpRoute('route')])).toMatchObject([{ code: 'HTTPROUTE_OVERWRITTEN' }]);
    expect(inYaml([route([rule()]), httpRoute('other')])).toEqual([]);
  });
});

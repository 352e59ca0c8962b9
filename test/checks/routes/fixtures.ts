import { Chart } from 'cdk8s';
import { stringify } from 'yaml';
import { AIGateway, AIGatewayProps, ApiKey, Finding, OpenAIProvider, Platform } from '../../../src';
import { routeRules } from '../../../src/checks/rules/routes';
import { findingsIn, findingsInYaml } from '../harness';

const CODES = new Set(routeRules.map(({ code }) => code));

/** Only what this family says. */
function ofRoutes(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ code }) => CODES.has(code));
}

/** What a program reads like: two providers and a gateway. */
export interface Setting {
  readonly chart: Chart;
  readonly gateway: AIGateway;
  readonly a: OpenAIProvider;
  readonly b: OpenAIProvider;
}

type Program = (setting: Setting) => void;

interface Options {
  readonly platform?: Platform;
  readonly complete?: readonly string[];
}

/** What the family says of a program. */
export function inProgram(program: Program, options: Options & { readonly gateway?: AIGatewayProps } = {}): Finding[] {
  return ofRoutes(findingsIn((chart) => {
    const [a, b] = ['a', 'b'].map(name => new OpenAIProvider(chart, name, { name, apiKey: ApiKey.fromSecretName(name) }));
    program({ chart, a, b, gateway: new AIGateway(chart, 'gateway', { name: 'gateway', ...options.gateway }) });
  }, options));
}

/** What the family says of raw manifests, which are read from YAML. */
export function inYaml(manifests: readonly object[], options: Options = {}): Finding[] {
  return ofRoutes(findingsInYaml(manifests.map(manifest => stringify(manifest)).join('---\n'), options));
}

/** Part of a finding's message. */
export function says(message: string | RegExp): { message: unknown } {
  return { message: typeof message === 'string' ? expect.stringContaining(message) : expect.stringMatching(message) };
}

export type Json = { readonly [field: string]: unknown };

/** Backend, AIServiceBackend and, where it has a key, BackendSecurityPolicy. */
export function provider(name: string, { namespace = 'ai', backend = {}, key = true }: { namespace?: string; backend?: Json; key?: boolean } = {}): object[] {
  const metadata = { name, namespace };
  return [
    {
      apiVersion: 'gateway.envoyproxy.io/v1alpha1',
      kind: 'Backend',
      metadata,
      spec: { endpoints: [{ fqdn: { hostname: `${name}.example.com`, port: 443 } }], ...backend },
    },
    {
      apiVersion: 'aigateway.envoyproxy.io/v1beta1',
      kind: 'AIServiceBackend',
      metadata,
      spec: { schema: { name: 'OpenAI' }, backendRef: { group: 'gateway.envoyproxy.io', kind: 'Backend', name } },
    },
    ...(key ? [{
      apiVersion: 'aigateway.envoyproxy.io/v1beta1',
      kind: 'BackendSecurityPolicy',
      metadata,
      spec: {
        targetRefs: [{ group: 'aigateway.envoyproxy.io', kind: 'AIServiceBackend', name }],
        type: 'APIKey',
        apiKey: { secretRef: { name } },
      },
    }] : []),
  ];
}

export const PROVIDERS = [...provider('a'), ...provider('b'), ...provider('c')];

export function gateway(listeners: readonly Json[] = [{ name: 'http', port: 80, protocol: 'HTTP' }], namespace = 'ai'): object {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name: 'gateway', namespace },
    spec: { gatewayClassName: 'eg', listeners },
  };
}

/** A match of a model, exactly. */
export function exact(model: unknown): Json {
  return { headers: [{ type: 'Exact', name: 'x-ai-eg-model', value: model }] };
}

/** A match of a pattern. */
export function pattern(value: string): Json {
  return { headers: [{ type: 'RegularExpression', name: 'x-ai-eg-model', value }] };
}

/** A rule for one model and one provider, where nothing else is said. */
export function rule(fields: Json = {}): Json {
  return { matches: [exact('m')], backendRefs: [{ name: 'a' }], timeouts: { request: '300s' }, ...fields };
}

export function route(rules: readonly Json[], { name = 'route', namespace = 'ai', apiVersion = 'aigateway.envoyproxy.io/v1beta1', ...spec }: Json = {}): object {
  return {
    apiVersion,
    kind: 'AIGatewayRoute',
    metadata: { name, namespace },
    spec: { parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'gateway', namespace: 'ai' }], rules, ...spec },
  };
}

/** Two providers, the second the fallback of the first. */
export const LEVELS = [{ name: 'a', priority: 0 }, { name: 'b', priority: 1 }];

/** What makes a fallback take over. */
export const RETRY = {
  numRetries: 1,
  numAttemptsPerPriority: 1,
  perRetry: { timeout: '30s' },
  retryOn: { httpStatusCodes: [429, 500, 502, 503, 504], triggers: ['connect-failure', 'reset', 'retriable-status-codes'] },
};

/** Without it a provider that cannot be reached is waited for 10 s. */
export const CONNECT = { tcp: { connectTimeout: '3s' } };

/** A BackendTrafficPolicy on the HTTPRoute of `route`, or on what `target` says. */
export function policy(spec: Json, target: Json = {}, name = 'policy'): object {
  return {
    apiVersion: 'gateway.envoyproxy.io/v1alpha1',
    kind: 'BackendTrafficPolicy',
    metadata: { name, namespace: 'ai' },
    spec: { targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'route', ...target }], timeout: CONNECT, ...spec },
  };
}

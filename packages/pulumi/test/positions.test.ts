import * as pulumi from '@pulumi/pulumi';
import * as components from '../src';
import { SHAPES } from '../src/generated/shapes';
import { runProgram, unknown } from './engine/mocks';

const { ApiKey, AwsCredentials, AzureCredentials, GcpCredentials, Vendor } = components;

const namespace = 'ai';
const apiKey = ApiKey.fromSecretName('key');
const google = { namespace, project: 'acme-prod-1234', location: 'us-central1', credentials: GcpCredentials.adc() };
const aws = { namespace, region: 'us-east-1', credentials: AwsCredentials.podIdentity() };

/** What each component needs at least. */
const LEAST: { readonly [component: string]: object } = {
  AIGateway: { namespace },
  AnthropicProvider: { namespace, apiKey },
  AzureOpenAIProvider: { namespace, resource: 'acme', credentials: AzureCredentials.fromApiKey(apiKey) },
  BedrockAnthropicProvider: aws,
  BedrockProvider: aws,
  CohereProvider: { namespace, apiKey },
  GeminiProvider: { namespace, apiKey },
  OpenAICompatibleProvider: { namespace, apiKey, vendor: Vendor.GROQ },
  OpenAIProvider: { namespace, apiKey },
  VertexAIProvider: google,
  VertexAnthropicProvider: google,
};
/** Arguments whose Output needs another argument: without a hostname, the location is a part of one. */
const BESIDE: { readonly [path: string]: object } = { location: { hostname: 'us-central1-aiplatform.googleapis.com' } };
/** Arguments of the components that have those of another. */
const STRUCTS: { readonly [component: string]: string | undefined } = { BedrockAnthropicProvider: 'BedrockProviderProps', VertexAnthropicProvider: 'VertexAIProviderProps' };

/** Every place in a struct where an Output may stand, as an object that has one there. */
function* places(struct: string, at = '', input: unknown = unknown()): Iterable<readonly [string, object]> {
  for (const [field, shape] of Object.entries(SHAPES[struct])) {
    const path = at === '' ? field : `${at}.${field}`;
    const [, wrapping, inner] = /^((?:\[\]|\{\})*)(.*)$/.exec(shape!)!;
    const wrap = (value: unknown) => (wrapping === '[]' ? [value] : wrapping === '{}' ? { 'x-key': value } : value);
    if (inner === 's' || inner === 'n') yield [path, { [field]: wrap(input) }];
    else if (inner.startsWith('#')) for (const [below, value] of places(inner.slice(1), path, input)) yield [below, { [field]: wrap(value) }];
  }
}

/** Values of the places above, by the last part of their path. */
const VALUES: { readonly [field: string]: string | number } = {
  gatewayClassName: 'eg', hostname: 'models.acme.com', pathPrefix: '/v2', port: 8443, organization: 'org', project: 'acme-prod-1234', region: 'eu-west-1',
  location: 'us-central1', resource: 'acme-openai', replicas: 2, cpuLimit: '1', cpuRequest: '500m', memoryLimit: '1Gi', memoryRequest: '512Mi',
  serviceAccountName: 'gateway', serviceAnnotations: 'x', image: 'registry.acme.com/extproc:v1', imageRepository: 'registry.acme.com/extproc',
  set: 'x', remove: 'x-debug', removePaths: 'metadata.team',
};

test.each(Object.keys(LEAST).flatMap(component => [...places(STRUCTS[component] ?? `${component}Props`)].map(([path]) => [component, path] as const)))(
  '%s makes of a known Output of %s what it makes of the value', async (component, path) => {
    const value = VALUES[path.split('.').at(-1)!];
    expect([path, value]).toEqual([path, expect.anything()]);
    const made = async (input: unknown) => {
      const args = [...places(STRUCTS[component] ?? `${component}Props`, '', input)].find(([at]) => at === path)![1];
      const { objects, error } = await runProgram(() => {
        const one = new (components as any)[component]('made', { ...LEAST[component], ...BESIDE[path], ...args });
        if (component !== 'AIGateway') new components.AIGateway('gateway', { namespace }).addModel('a', one.model('b'));
      });
      expect(error).toBeUndefined();
      return objects.map(({ urn, inputs }) => [urn, inputs]).sort();
    };
    expect(await made(pulumi.output(value))).toEqual(await made(value));
  });

test.each(Object.keys(LEAST).flatMap(component => [...places(STRUCTS[component] ?? `${component}Props`)].map(place => [component, ...place] as const)))(
  '%s takes an unknown %s, which is in what is registered', async (component, path, args) => {
    const { objects, error } = await runProgram(() => {
      const made = new (components as any)[component]('made', { ...LEAST[component], ...BESIDE[path], ...args });
      if (component !== 'AIGateway') new components.AIGateway('gateway', { namespace }).addModel('a', made.model('b'));
    }, { preview: true });
    expect(error).toBeUndefined();
    expect(JSON.stringify(objects.map(({ inputs }) => inputs))).toContain('<unknown>');
  });

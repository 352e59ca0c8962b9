import { parseAllDocuments, stringify } from 'yaml';
import { ApiObject } from 'cdk8s';
import { findingsIn, findingsInYaml } from '../checks/harness';
import { all, APP, but, PROVIDER } from '../checks/manifests-of-an-app';

const SECOND = but(PROVIDER, ['name: openai', 'name: second']);

const REST = `
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: BackendTrafficPolicy
metadata: { name: chat, namespace: ai }
spec:
  targetRefs: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, name: chat }]
  retry:
    numRetries: 1
    numAttemptsPerPriority: 1
    perRetry: { timeout: 100s }
    retryOn: { triggers: [connect-failure, reset, retriable-status-codes], httpStatusCodes: [429, 500, 502, 503, 504] }
  timeout: { tcp: { connectTimeout: 5s } }
  rateLimit:
    type: Global
    global:
      rules:
        - clientSelectors: [{ headers: [{ name: x-user, type: Distinct }] }]
          limit: { requests: 1000, unit: Hour }
          cost: { request: { from: Number, number: 0 }, response: { from: Metadata, metadata: { namespace: io.envoy.ai_gateway, key: total } } }
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: openai, namespace: ai }
spec:
  refreshInterval: 1h0m0s
  secretStoreRef: { kind: ClusterSecretStore, name: vault }
  target: { name: openai, template: { data: { apiKey: '{{ .key }}' } } }
  data: [{ secretKey: key, remoteRef: { key: openai, property: key } }]
---
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: second, namespace: ai }
spec: { encryptedData: { apiKey: AgBy } }
`;
const RIGHT = all(but(APP,
  ['[{ name: openai }]', '[{ name: openai, priority: 0 }, { name: second, priority: 1 }]'],
  ['  rules:\n', '  llmRequestCosts: [{ metadataKey: total, type: TotalToken }]\n  rules:\n']), SECOND, REST);

type Step = string | number;
const documents: readonly any[] = parseAllDocuments(RIGHT).map(document => document.toJS());

function* fieldsIn(value: unknown, path: readonly Step[]): Iterable<readonly Step[]> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    const at = [...path, Array.isArray(value) ? Number(name) : name];
    if (!Array.isArray(value)) yield at;
    yield* fieldsIn(inner, at);
  }
}

/** Fields of schemas: not names of an object, nor keys of maps. */
const places = documents.flatMap(({ spec, kind }, index) => [...fieldsIn(spec, [])].map(path => ({ index, path, name: `${kind} ${path.join('.')}` })))
  .filter(({ path }) => !['data', 'encryptedData'].includes(String(path.at(-2))));

function misspell({ index, path }: typeof places[number], spelling: (name: string) => string): string {
  const copies = structuredClone(documents) as any[];
  let holder = copies[index].spec;
  for (const step of path.slice(0, -1)) holder = holder[step];
  for (const [name, value] of Object.entries(holder)) {
    delete holder[name];
    holder[name === path.at(-1) ? spelling(name) : name] = value;
  }
  return copies.map(document => stringify(document)).join('---\n');
}

const spellings: readonly (readonly [string, (name: string) => string])[] = [
  ['with a letter more', name => `${name.slice(0, 2)}q${name.slice(2)}`],
  ['in capitals', name => name.toUpperCase()],
  ['with two letters swapped', name => `${name[0]}${name[2]}${name[1]}${name.slice(3)}`],
];

test('the manifests are right', () => {
  expect(findingsInYaml(RIGHT, { complete: ['ai'] })).toEqual([]);
  expect(places.length).toBeGreaterThan(100);
});

// A short name is near many others, and what it could mean is not guessed.
test.each(spellings)('a field %s is told once, with its name, whatever its absence would lead to', (_, spelling) => {
  for (const place of places) {
    const right = String(place.path.at(-1));
    if (right.length < 4 || spelling(right) === right) continue;
    const messages = findingsInYaml(misspell(place, spelling), { complete: ['ai'] }).map(({ message }) => message);
    expect({ [place.name]: messages }).toEqual({ [place.name]: [expect.stringMatching(new RegExp(`${spelling(right)}' is not a field; write "${right}" \\[UNKNOWN_FIELD\\]$`))] });
  }
});

const messagesOf = (yaml: string) => findingsInYaml(yaml).map(({ message }) => message);

test('misspelt fields inside of each other are each told', () => {
  const found = messagesOf(but(APP, ['validation: { hostname: api.openai.com, wellKnownCACertificates: System }', 'validatoin: { hostnam: api.openai.com, wellknownCaCertificates: System }']));
  expect(found).toEqual([
    expect.stringContaining("'spec.validation.hostnam' is not a field; write \"hostname\""),
    expect.stringContaining("'spec.validation.wellknownCaCertificates' is not a field; write \"wellKnownCACertificates\""),
    expect.stringContaining("'spec.validatoin' is not a field; write \"validation\""),
  ]);
});

test('what is wrong with the value of a misspelt field is told too', () => {
  expect(messagesOf(but(APP, ['{ hostname: api.openai.com, port: 443 }', '{ hostnam: https://api.openai.com, port: 443 }']))).toEqual([
    expect.stringMatching(/^'spec\.endpoints\[0\]\.fqdn\.hostname' is a URL.*\[BAD_HOSTNAME\]$/),
    expect.stringContaining('write "hostname" [UNKNOWN_FIELD]'),
  ]);
});

test('one target under the name of a list of them is a target', () => {
  const single = but(APP, ['targetRefs: [{ group: gateway.envoyproxy.io, kind: Backend, name: openai }]', 'targetRef: { group: gateway.envoyproxy.io, kind: Backend, name: openai }']);
  expect(messagesOf(single)).toEqual([expect.stringMatching(/^'spec\.targetRef' is not a field; write "targetRefs", with a list \[UNKNOWN_FIELD\]$/)]);
});

test('a field that is there under its own name too is one too many', () => {
  const twice = but(APP, ['hostname: api.openai.com, port: 443', 'hostname: api.openai.com, hostName: api.openai.com, port: 443']);
  expect(messagesOf(twice)).toEqual([expect.stringContaining("'spec.endpoints[0].fqdn.hostName' is not a field; there are only hostname, port")]);
});

test('the manifest itself goes out as it is written, with its acknowledgements', () => {
  let object: ApiObject | undefined;
  const manifest = {
    apiVersion: 'gateway.envoyproxy.io/v1alpha1', kind: 'Backend',
    metadata: { name: 'a', namespace: 'ai', annotations: { 'cdk8s-ai-gateway/acknowledge-BAD_HOSTNAME': 'a test' } },
    spec: { endpoint: [{ fqdn: { hostname: 'localhost', port: 80 } }] },
  };
  const found = findingsIn((chart) => {
    object = new ApiObject(chart, 'backend', manifest);
  });
  expect(found.map(({ message }) => message)).toEqual([expect.stringContaining("'spec.endpoint' is not a field; write \"endpoints\"")]);
  expect(object!.toJson()).toEqual(manifest);
});

import { Duration } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import { AIGateway, ApiKey, OpenAIProvider, SecretStore } from '../../../src';
import { all, APP, but, inProgram, inYaml, PROVIDER } from '../manifests-of-an-app';
import { CIPHERTEXT, sopsBlock } from './encrypted';
import { findingsIn } from '../harness';

const secret = (data: string, namespace = 'ai', name = 'openai') => `
apiVersion: v1
kind: Secret
metadata: { name: ${name}, namespace: ${namespace} }
stringData: ${data}
${sopsBlock()}
`;
const externalSecret = (spec: string, name = 'openai', namespace = 'ai') => `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  secretStoreRef: { kind: ClusterSecretStore, name: vault }
  ${spec}
`;
const fetches = (key: string) => `data: [{ secretKey: ${key}, remoteRef: { key: openai } }]`;
const sealed = (keys: string, name = 'openai') => `
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: ${name}, namespace: ai }
spec: { encryptedData: { ${keys} } }
`;
const sopsSecret = (template: string) => `
apiVersion: isindir.github.com/v1alpha3
kind: SopsSecret
metadata: { name: keys, namespace: ai }
spec: { secretTemplates: [${template}] }
${sopsBlock()}
`;

describe('SECRET_KEY_MISSING', () => {
  test.each([
    ['an encrypted Secret', (key: string) => secret(`{ ${key}: ${CIPHERTEXT} }`)],
    ['an ExternalSecret', (key: string) => externalSecret(fetches(key))],
    ['an ExternalSecret with a template', (key: string) => externalSecret(`${fetches('value')}\n  target: { template: { data: { ${key}: "{{ .value }}" } } }`)],
    ['an ExternalSecret for another name', (key: string) => externalSecret(`${fetches(key)}\n  target: { name: openai }`, 'other')],
    ['a SealedSecret', (key: string) => sealed(`${key}: AgBy`)],
    ['a SopsSecret', (key: string) => sopsSecret(`{ name: openai, stringData: { ${key}: ${CIPHERTEXT} } }`)],
  ])('is %s with a near miss of the key', (_, source) => {
    expect(inYaml(all(PROVIDER, source('api-key')))).toEqual([
      expect.stringMatching(/^error SECRET_KEY_MISSING: 'spec\.apiKey\.secretRef' needs the data key "apiKey", which \w+ "ai\/\w+" does not have, got \["api-key"\]; rename "api-key" to "apiKey"/),
    ]);
    expect(inYaml(all(PROVIDER, source('apiKey')))).toEqual([]);
  });

  test.each([
    ['AWSBedrock', 'AWSCredentials\n  awsCredentials: { region: us-east-1, credentialsFile: { secretRef: { name: openai } } }', 'aws_access_key_id', 'store an AWS credentials file'],
    [
      'AzureOpenAI, version: v1', 'AzureCredentials\n  azureCredentials: { clientID: a, tenantID: b, clientSecretRef: { name: openai } }',
      'clientSecret', 'rename "clientSecret" to "client-secret"',
    ],
    [
      'GCPVertexAI', 'GCPCredentials\n  gcpCredentials: { projectName: p, region: global, credentialsFile: { secretRef: { name: openai } } }',
      'credentials.json', 'rename "credentials.json" to "service_account.json"',
    ],
  ])('depends on the type of the credential: %s', (schema, policy, key, fix) => {
    const provider = but(PROVIDER, ['{ name: OpenAI }', `{ name: ${schema} }`], ['APIKey\n  apiKey: { secretRef: { name: openai } }', policy]);
    expect(inYaml(all(provider, secret(`{ ${key}: ${CIPHERTEXT} }`)))).toEqual([expect.stringContaining(fix)]);
  });

  test('says nothing where the Secret has keys that no manifest shows', () => {
    expect(inYaml(all(PROVIDER, externalSecret('dataFrom: [{ extract: { key: openai } }]')))).toEqual([]);
    expect(inYaml(all(PROVIDER, externalSecret(`${fetches('other')}\n  target: { creationPolicy: Merge }`)))).toEqual([]);
    expect(inYaml(all(PROVIDER, externalSecret('dataFrom: [{ extract: { key: openai } }]\n  target: { template: { data: { token: "{{ .a }}" } } }')))).toEqual([
      expect.stringContaining('got ["token"]; rename "token" to "apiKey"'),
    ]);
  });

  test('is told once, in the words of the construct', () => {
    expect(inProgram(chart => {
      new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromExternalSecret({ store: SecretStore.cluster('vault'), key: 'openai' }) });
    })).toEqual([]);
    expect(inProgram(chart => {
      const stored = new Secret(chart, 'key', { metadata: { annotations: { 'cdk8s-ai-gateway/acknowledge-PLAINTEXT_SECRET': 'a test' } }, stringData: { token: 'x' } });
      new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSecret(stored) });
    }).filter(text => text.includes('SECRET_KEY_MISSING'))).toEqual([expect.stringContaining('"apiKey"')]);
  });
});

describe('SECRET_IN_OTHER_NAMESPACE', () => {
  test('is a Secret that is made only elsewhere', () => {
    const elsewhere = all(PROVIDER, externalSecret(fetches('apiKey'), 'openai', 'keys'));
    // One of the same name may be brought beside the policy by another repository.
    expect(inYaml(elsewhere)).toEqual([expect.stringMatching(/^warning SECRET_IN_OTHER_NAMESPACE: /)]);
    expect(inYaml(elsewhere, { complete: ['ai'] }).filter(text => text.includes('SECRET_'))).toEqual([
      expect.stringMatching(/^error SECRET_IN_OTHER_NAMESPACE: 'spec\.apiKey\.secretRef' reads the Secret "ai\/openai", while ExternalSecret "keys\/openai" makes it in "keys", got "openai"; make it in "ai"/),
    ]);
    expect(inYaml(all(PROVIDER, externalSecret(fetches('apiKey'), 'openai', 'keys'), externalSecret(fetches('apiKey'))))).toEqual([]);
  });

  test('is not where a ClusterExternalSecret may bring it', () => {
    const everywhere = `
apiVersion: external-secrets.io/v1
kind: ClusterExternalSecret
metadata: { name: openai }
spec: { namespaceSelectors: [{}], externalSecretSpec: { secretStoreRef: { name: vault } } }
`;
    expect(inYaml(all(PROVIDER, externalSecret(fetches('apiKey'), 'openai', 'keys'), everywhere))).toEqual([expect.stringContaining('EXTERNAL_SECRET_EVERYWHERE')]);
  });
});

describe('SECRET_MISSING', () => {
  const only = (found: string[]) => found.filter(text => text.includes('SECRET_'));

  test('is a Secret that nothing makes in a complete namespace', () => {
    expect(only(inYaml(APP, { complete: ['ai'] }))).toEqual([
      expect.stringMatching(/^error SECRET_MISSING: 'spec\.apiKey\.secretRef' names the Secret "ai\/openai", which nothing makes, got "openai"/),
    ]);
    expect(only(inYaml(APP))).toEqual([]);
    expect(only(inYaml(all(APP, sealed('apiKey: AgBy')), { complete: ['ai'] }))).toEqual([]);
  });

  test('names the property of the construct', () => {
    expect(only(inProgram(chart => {
      const openai = new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSecretName('opnai') });
      new AIGateway(chart, 'gateway').addModel('gpt-4o', openai.model());
    }, { complete: ['ai'] }))).toEqual([expect.stringMatching(/SECRET_MISSING: '[a-zA-Z.]*' names the Secret "ai\/opnai"/)]);
  });

  test('says nothing where a name is encrypted, or not known yet', () => {
    const obscure = sopsSecret(`{ name: ${CIPHERTEXT}, stringData: { apiKey: ${CIPHERTEXT} } }`);
    expect(only(inYaml(all(APP, obscure), { complete: ['ai'] }))).toEqual([]);
    expect(only(inYaml(but(APP, ['secretRef: { name: openai }', 'secretRef: { name: "${Token[TOKEN.6]}" }']), { complete: ['ai'] }))).toEqual([]);
  });
});

describe('SECRET_NAME_RESERVED', () => {
  test('is a name the controller writes to', () => {
    expect(inYaml(but(PROVIDER, ['secretRef: { name: openai }', 'secretRef: { name: ai-eg-bsp-openai }']))).toEqual([
      expect.stringMatching(/^error SECRET_NAME_RESERVED: 'spec\.apiKey\.secretRef\.name' begins with ai-eg-, as the Secrets that the controller writes, got "ai-eg-bsp-openai"/),
    ]);
    expect(inYaml(externalSecret(`${fetches('apiKey')}\n  target: { name: ai-eg-other }`))).toEqual([expect.stringContaining('\'spec.target.name\' begins with ai-eg-,')]);
    expect(inYaml(sealed('apiKey: AgBy', 'ai-eg-bsp-openai'))).toEqual([expect.stringContaining('\'metadata.name\' begins with')]);
  });
});

describe('SECRET_TWO_SOURCES', () => {
  test('is an ExternalSecret beside a SealedSecret', () => {
    expect(inYaml(all(PROVIDER, sealed('apiKey: AgBy'), externalSecret(fetches('apiKey'))))).toEqual([
      expect.stringMatching(/^error SECRET_TWO_SOURCES: '(metadata\.name|spec\.target\.name)' is the Secret that (ExternalSecret|SealedSecret) "ai\/openai" makes as well, got "openai"/),
    ]);
    expect(inYaml(all(PROVIDER, sealed('apiKey: AgBy', 'other'), externalSecret(fetches('apiKey'))))).toEqual([]);
  });

  test('is two ExternalSecrets with one target, unless one only adds a key', () => {
    const second = (policy: string) => externalSecret(`${fetches('other')}\n  target: { name: openai, creationPolicy: ${policy} }`, 'second');
    expect(inYaml(all(externalSecret(fetches('apiKey')), second('Owner')))).toEqual([expect.stringContaining('SECRET_TWO_SOURCES: \'spec.target.name\'')]);
    expect(inYaml(all(externalSecret(fetches('apiKey')), second('Merge')))).toEqual([]);
  });
});

describe('PLAINTEXT_SECRET', () => {
  const plain = (field: string) => `
apiVersion: v1
kind: Secret
metadata: { name: openai, namespace: ai }
${field}
`;

  test.each([
    ['stringData: { apiKey: hush-hush }', 'stringData.apiKey'],
    ['data: { apiKey: aHVzaC1odXNo }', 'data.apiKey'],
    ['stringData: { apiKey: REPLACE_ME }', 'stringData.apiKey'],
    ['stringData: { apiKey: "" }', 'stringData.apiKey'],
  ])('is %s, whose value is not shown', (field, prop) => {
    const found = inYaml(all(PROVIDER, plain(field)));
    expect(found).toEqual([expect.stringContaining(`error PLAINTEXT_SECRET: '${prop}' is a credential, or a placeholder for one, that is not encrypted`)]);
    expect(found.join()).not.toMatch(/hush|aHVz|REPLACE/);
  });

  test.each(['<path:llm/openai#apiKey>', '${OPENAI_KEY}', '${Token[TOKEN.7]}', 'ref+vault://llm/openai#apiKey'])('is not the reference %s', value => {
    expect(inYaml(all(PROVIDER, plain(`stringData: { apiKey: "${value}" }`)))).toEqual([]);
  });

  test('leaves Secrets alone that no provider reads', () => {
    expect(inYaml(plain('stringData: { password: hush-hush }'))).toEqual([]);
  });

  test('is a Secret that a construct makes and a provider reads', () => {
    expect(inProgram(chart => {
      const stored = new Secret(chart, 'key', { stringData: { apiKey: 'hush-hush' } });
      new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSecret(stored) });
    })).toEqual([expect.stringContaining('PLAINTEXT_SECRET')]);
  });
});

describe('EXTERNAL_SECRET_NO_DATA', () => {
  test('is an ExternalSecret without entries', () => {
    expect(inYaml(externalSecret('data: []'))).toEqual([expect.stringMatching(/^error EXTERNAL_SECRET_NO_DATA: 'spec\.data' is empty, as is `dataFrom`/)]);
    expect(inYaml(externalSecret(fetches('apiKey')))).toEqual([]);
  });
});

describe('EXTERNAL_SECRET_ENTRY', () => {
  test.each([
    ['dataFrom: [{}]', '\'spec.dataFrom[0]\' has nothing to fetch'],
    ['dataFrom: [{ extract: { key: a }, find: { name: { regexp: a } } }]', '\'spec.dataFrom[0]\' has several'],
    ['dataFrom: [{ extract: { key: a }, sourceRef: {} }]', '\'spec.dataFrom[0].sourceRef\' names neither'],
    ['data: [{ secretKey: a, remoteRef: { key: a } }, { secretKey: a, remoteRef: { key: b } }]', '\'spec.data[1].secretKey\' is written by another entry as well'],
  ])('is %s', (spec, message) => {
    expect(inYaml(externalSecret(spec))).toEqual([expect.stringContaining(`error EXTERNAL_SECRET_ENTRY: ${message}`)]);
  });

  test.each([
    'dataFrom: [{ extract: { key: a } }]',
    'dataFrom: [{ sourceRef: { generatorRef: { kind: Password, name: a } } }]',
    'dataFrom: [{ extract: { key: a }, sourceRef: { storeRef: { name: other } } }]',
    'target: { deletionPolicy: Delete }\n  data: [{ secretKey: a, remoteRef: { key: a } }, { secretKey: a, remoteRef: { key: b } }]',
  ])('is not %s', spec => {
    expect(inYaml(externalSecret(spec))).toEqual([]);
  });
});

describe('EXTERNAL_SECRET_CREATES_NOTHING', () => {
  test.each([
    ['creationPolicy: None', '\'spec.target.creationPolicy\' creates no Secret'],
    ['manifest: { apiVersion: v1, kind: ConfigMap }', '\'spec.target.manifest\' makes another kind'],
  ])('is a target with %s that the gateway reads', (target, message) => {
    const external = externalSecret(`${fetches('apiKey')}\n  target: { ${target} }`);
    expect(inYaml(all(PROVIDER, external))).toEqual([expect.stringContaining(`error EXTERNAL_SECRET_CREATES_NOTHING: ${message}`)]);
    expect(inYaml(external)).toEqual([]);
  });
});

describe('EXTERNAL_SECRET_POLICIES_CONFLICT', () => {
  const policies = (creation: string, deletion: string) => inYaml(externalSecret(`${fetches('apiKey')}\n  target: { creationPolicy: ${creation}, deletionPolicy: ${deletion} }`));

  test.each([['Merge', 'Delete'], ['CreateOrMerge', 'Delete'], ['None', 'Delete'], ['None', 'Merge']])('is %s with %s', (creation, deletion) => {
    expect(policies(creation, deletion)).toEqual([
      expect.stringContaining(`error EXTERNAL_SECRET_POLICIES_CONFLICT: 'spec.target.deletionPolicy' cannot go with creation policy "${creation}", got "${deletion}"`),
    ]);
  });

  test.each([['Owner', 'Delete'], ['Merge', 'Merge'], ['Merge', 'Retain']])('is not %s with %s', (creation, deletion) => {
    expect(policies(creation, deletion)).toEqual([]);
  });
});

describe('EXTERNAL_SECRET_NO_ROTATION', () => {
  test.each([
    ['refreshPolicy: CreatedOnce', 'refreshPolicy'], ['refreshPolicy: OnChange', 'refreshPolicy'], ['refreshInterval: 0s', 'refreshInterval'], ['refreshInterval: 0h0m0s', 'refreshInterval'],
  ])('is %s', (field, prop) => {
    expect(inYaml(all(PROVIDER, externalSecret(`${fetches('apiKey')}\n  ${field}`)))).toEqual([expect.stringContaining(`warning EXTERNAL_SECRET_NO_ROTATION: 'spec.${prop}' fetches the credential without later refreshes`)]);
  });

  test.each(['refreshInterval: 1h0m0s', 'refreshInterval: 10m0s', 'refreshPolicy: Periodic'])('is not %s', field => {
    expect(inYaml(all(PROVIDER, externalSecret(`${fetches('apiKey')}\n  ${field}`)))).toEqual([]);
  });
});

describe('EXTERNAL_SECRET_TEMPLATE_FIELD', () => {
  const template = (target: string, more = '') => inYaml(all(PROVIDER, externalSecret(`${fetches('value')}${more}\n  target: { template: ${target} }`)));

  test.each([
    ['{ data: { apiKey: "{{ .vlaue }}" } }', "'spec.target.template.data.apiKey' reads .vlaue, which no entry of `data` fetches, so every synchronisation fails; read \"value\", or add an entry with `secretKey` \"vlaue\""],
    ['{ data: { apiKey: "{{ index . \\"vlaue\\" }}" } }', "'spec.target.template.data.apiKey' reads index . \"vlaue\", which no entry of `data` fetches, so the value is empty"],
    ['{ data: { apiKey: "{{ .data.value }}" } }', "'spec.target.template.data.apiKey' reads .data.value, a part of what is one text: the data of the engine has no levels; write {{ .value }}"],
    ['{ data: { apiKey: "{{ .api-key }}" } }', "'spec.target.template.data.apiKey' reads .api-key, and the engine takes no name with a dash; write {{ index . \"api-key\" }}"],
    ['{ data: { apiKey: "{{ .value }}" }, metadata: { annotations: { team: "{{ .team }}" } } }', "'spec.target.template.metadata.annotations.team' reads .team"],
    ['{ templateFrom: [{ target: Data, literal: "apiKey: {{ .other }}" }] }', "'spec.target.template.templateFrom[0].literal' reads .other"],
  ])('is %s', (target, message) => {
    expect(template(target)).toEqual([expect.stringContaining(`error EXTERNAL_SECRET_TEMPLATE_FIELD: ${message}`)]);
  });

  test.each([
    '{ data: { apiKey: "{{ .value | trim }}" } }',
    '{ data: { apiKey: "{{ .value }}" }, templateFrom: [{ literal: "{{ with index . \\"token\\" }}token: {{ . }}{{ end }}" }] }',
    '{ engineVersion: v1, data: { apiKey: "{{ .other }}" } }',
    '{ data: { apiKey: "${Token[T.1]} {{ .other }}" } }',
  ])('is not %s', (target) => {
    expect(template(target)).toEqual([]);
  });

  test('is known of `data` alone', () => {
    expect(template('{ data: { apiKey: "{{ .anything }}" } }', '\n  dataFrom: [{ extract: { key: openai } }]')).toEqual([]);
    expect(template('{ data: { apiKey: "{{ .any-thing }}" } }', '\n  dataFrom: [{ extract: { key: openai } }]')).toEqual([expect.stringContaining('EXTERNAL_SECRET_TEMPLATE_FIELD')]);
  });
});

describe('EXTERNAL_SECRET_REFRESH_SHORT', () => {
  const every = (interval: string) => externalSecret(`${fetches('apiKey')}\n  refreshInterval: ${interval}`);

  test('is a credential that is fetched more than once a minute', () => {
    expect(inYaml(all(PROVIDER, every('10s')))).toEqual([
      expect.stringMatching(/^warning EXTERNAL_SECRET_REFRESH_SHORT: 'spec\.refreshInterval' asks the store 360 times an hour, which stores bill or refuse, got "10s"; use an interval such as "10m0s"/),
    ]);
    expect(inYaml(all(PROVIDER, every('1m0s')))).toEqual([]);
    expect(inYaml(every('10s'))).toEqual([]);
  });

  test('names the option of the construct, once', () => {
    const of = (refreshInterval: Duration) => findingsIn((chart) => {
      new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromExternalSecret({ store: SecretStore.cluster('vault'), key: 'openai', refreshInterval }) });
    }).map(({ message }) => message);
    expect(of(Duration.minutes(1))).toEqual([]);
    expect(of(Duration.seconds(30))).toEqual(["'apiKey.refreshInterval' asks the store 120 times an hour, which stores bill or refuse, got \"30s\"; use an interval such as ten minutes [EXTERNAL_SECRET_REFRESH_SHORT]"]);
  });
});

describe('EXTERNAL_SECRET_REFRESH_INVALID', () => {
  test('is a number of any length, in time', () => {
    expect(inYaml(all(PROVIDER, externalSecret(`${fetches('apiKey')}\n  refreshInterval: "${'1'.repeat(200_000)}"`)))).toEqual([expect.stringContaining('EXTERNAL_SECRET_REFRESH_INVALID')]);
  });

  test.each(['1d', '1 hour', '-1h', '60', '""', '1h-5m', '2562048h'])('is an interval of %s', (interval) => {
    expect(inYaml(all(PROVIDER, externalSecret(`${fetches('apiKey')}\n  refreshInterval: ${interval}`)))).toEqual([
      expect.stringMatching(/^error EXTERNAL_SECRET_REFRESH_INVALID: 'spec\.refreshInterval' is not a duration as Go writes it, got .*; use hours, minutes and seconds, as in "1h0m0s"/),
    ]);
  });

  test.each(['1h', '1h0m0s', '90m', '1.5h', '100000ms', '"+1h"'])('is not an interval of %s', (interval) => {
    expect(inYaml(all(PROVIDER, externalSecret(`${fetches('apiKey')}\n  refreshInterval: ${interval}`)))).toEqual([]);
  });
});

describe('EXTERNAL_SECRET_REFERENCE_EMPTY', () => {
  test.each([
    ['{ name: "" }', fetches('apiKey'), "'spec.secretStoreRef.name' names no store to ask, got \"\""],
    ['{ kind: SecretStore }', fetches('apiKey'), "'spec.secretStoreRef.name' names no store to ask;"],
    ['{ name: vault }', 'data: [{ secretKey: apiKey, remoteRef: { key: "" } }]', "'spec.data[0].remoteRef.key' names nothing in the store, got \"\""],
    ['{ name: vault }', 'data: [{ secretKey: apiKey, remoteRef: { key: openai, property: "" } }]', "'spec.data[0].remoteRef.property' is empty"],
    ['{ name: vault }', 'dataFrom: [{ extract: { key: " " } }]', "'spec.dataFrom[0].extract.key' names nothing in the store"],
  ])('is %s with %s', (store, spec, message) => {
    expect(inYaml(externalSecret(spec).replace('{ kind: ClusterSecretStore, name: vault }', store))).toEqual([expect.stringContaining(`error EXTERNAL_SECRET_REFERENCE_EMPTY: ${message}`)]);
  });

  test('is not an entry with a store of its own', () => {
    expect(inYaml(externalSecret('dataFrom: [{ sourceRef: { storeRef: { name: other } }, extract: { key: openai } }]').replace(/ {2}secretStoreRef: .*\n/, ''))).toEqual([]);
  });
});

describe('SECRET_REF_KIND', () => {
  test.each([
    ['kind: ConfigMap', "'spec.apiKey.secretRef.kind' is nothing that this is read from, got \"ConfigMap\"; refer to a Secret"],
    ['kind: ExternalSecret, group: external-secrets.io', "'spec.apiKey.secretRef.kind' is nothing that this is read from, got \"ExternalSecret\"; write `kind: Secret` and the name of the Secret that the ExternalSecret makes"],
    ['group: core', "'spec.apiKey.secretRef.group' is not the group of a Secret, got \"core\"; leave it empty"],
  ])('is a credential with %s', (more, message) => {
    expect(inYaml(but(PROVIDER, ['secretRef: { name: openai }', `secretRef: { name: openai, ${more} }`]))).toEqual([expect.stringContaining(`error SECRET_REF_KIND: ${message}`)]);
  });

  test('is not what a Secret is', () => {
    expect(inYaml(but(PROVIDER, ['secretRef: { name: openai }', 'secretRef: { name: openai, kind: Secret, group: "" }']))).toEqual([]);
  });

  test.each([
    ['{ group: "", kind: Service, name: ca }', "'spec.validation.caCertificateRefs[0].kind' is nothing that certificate authorities are read from, got \"Service\"; refer to a ConfigMap or Secret or ClusterTrustBundle"],
    ['{ group: "", kind: ClusterTrustBundle, name: ca }', "'spec.validation.caCertificateRefs[0].group' is not the group of a ClusterTrustBundle, got \"\"; write \"certificates.k8s.io\""],
    ['{ group: cert-manager.io, kind: Certificate, name: ca }', 'got "Certificate"; write `kind: Secret` and the name of the Secret that the Certificate makes'],
  ])('is an authority %s', (ref, message) => {
    const own = (value: string) => inYaml(but(PROVIDER, ['wellKnownCACertificates: System', `caCertificateRefs: [${value}]`]));
    expect(own(ref)).toEqual([expect.stringContaining(message)]);
    for (const right of ['{ group: "", kind: ConfigMap, name: ca }', '{ group: "", kind: Secret, name: ca }', '{ group: certificates.k8s.io, kind: ClusterTrustBundle, name: ca }']) expect(own(right)).toEqual([]);
  });

  test.each([
    ['Gateway', 'gateway.networking.k8s.io/v1', '{ gatewayClassName: eg, listeners: [{ name: s, port: 443, protocol: HTTPS, tls: { certificateRefs: [REF] } }] }', 'spec.listeners[0].tls.certificateRefs[0]'],
    ['SecurityPolicy', 'gateway.envoyproxy.io/v1alpha1', '{ targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: public }], apiKeyAuth: { credentialRefs: [REF], extractFrom: [{ headers: [x-api-key] }] } }', 'spec.apiKeyAuth.credentialRefs[0]'],
    ['EnvoyProxy', 'gateway.envoyproxy.io/v1alpha1', '{ backendTLS: { clientCertificateRef: REF } }', 'spec.backendTLS.clientCertificateRef'],
  ])('is in a %s', (kind, apiVersion, spec, path) => {
    const made = (ref: string) => inYaml(`\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: public, namespace: ai }\nspec: ${spec.replace('REF', ref)}\n`);
    expect(made('{ kind: Certificate, group: cert-manager.io, name: a }')).toEqual([expect.stringContaining(`error SECRET_REF_KIND: '${path}.kind' is nothing that this is read from`)]);
    expect(made('{ name: a }')).toEqual([]);
  });
});

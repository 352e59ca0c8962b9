import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, JsonPatch } from 'cdk8s';
import { ApiKey, OpenAIProvider, SecretStore } from '../../../src';
import { codes, findingsIn } from '../harness';
import { all, APP, inProgram, inYaml } from '../manifests-of-an-app';
import { CIPHERTEXT, sopsBlock } from './encrypted';

const externalSecret = (spec: string, name = 'openai') => `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: ${name}, namespace: ai }
spec: { secretStoreRef: { kind: ClusterSecretStore, name: vault }, data: [{ secretKey: apiKey, remoteRef: { key: openai } }], ${spec} }
`;
const encrypted = (data: string) => `
apiVersion: v1
kind: Secret
metadata: { name: openai, namespace: ai }
stringData: ${data}
${sopsBlock()}
`;
const COMPLETE = { complete: ['ai'] };
const found = (...manifests: string[]) => inYaml(all(APP, ...manifests), COMPLETE);

/** A provider whose ExternalSecret is patched. */
function patched(...patches: JsonPatch[]) {
  return inProgram((chart) => {
    const openai = new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromExternalSecret({ store: SecretStore.cluster('vault'), key: 'openai' }) });
    ApiObject.of(openai.node.findChild('ExternalSecret')).addJsonPatch(...patches);
  });
}

test('an ExternalSecret as it should be has no finding', () => {
  expect(found(externalSecret('target: { name: openai }'))).toEqual([]);
  expect(patched()).toEqual([]);
});

describe('SECRET_KEY_EXTRA', () => {
  const both = 'data: [{ secretKey: apiKey, remoteRef: { key: openai } }, { secretKey: other, remoteRef: { key: other } }]';

  test('is a key beside the one that is read', () => {
    expect(found(externalSecret('').replace(/data: \[.*?\]/, both))).toEqual([
      expect.stringMatching(/^warning SECRET_KEY_EXTRA: 'spec\.apiKey\.secretRef' shares ExternalSecret "ai\/openai" with data keys that the gateway does not read, got \["other"\]; keep only "apiKey"/),
    ]);
    expect(patched(JsonPatch.add('/spec/data/-', { secretKey: 'other', remoteRef: { key: 'other' } }))).toEqual([expect.stringContaining('SECRET_KEY_EXTRA')]);
  });

  test('is nothing where keys are fetched that no manifest shows', () => {
    const more = externalSecret('dataFrom: [{ extract: { key: llm } }]').replace(/data: \[.*?\]/, both);
    expect(found(more).filter(text => text.includes('SECRET_KEY'))).toEqual([]);
  });

  test('is what a template leaves in the Secret that it merges with', () => {
    const template = (mergePolicy: string) => found(externalSecret(`target: { template: { mergePolicy: ${mergePolicy}, data: { apiKey: "{{ .value }}" } } }`)
      .replace('secretKey: apiKey', 'secretKey: value'));
    expect(template('Merge')).toEqual([expect.stringContaining('got ["value"]')]);
    expect(template('Replace')).toEqual([]);
  });

  test('is no key that another policy reads', () => {
    const aws = `
apiVersion: aigateway.envoyproxy.io/v1beta1
kind: BackendSecurityPolicy
metadata: { name: aws, namespace: ai }
spec:
  targetRefs: [{ group: aigateway.envoyproxy.io, kind: AIServiceBackend, name: aws }]
  type: AWSCredentials
  awsCredentials: { region: us-east-1, credentialsFile: { secretRef: { name: openai } } }
`;
    const two = externalSecret('').replace(/data: \[.*?\]/, both.replace('secretKey: other', 'secretKey: credentials'));
    expect(inYaml(all(APP, two))).toEqual([expect.stringContaining('SECRET_KEY_EXTRA')]);
    expect(inYaml(all(APP, two, aws)).filter(text => text.includes('SECRET_KEY'))).toEqual([]);
  });
});

describe('what makes no Secret is told once', () => {
  test('an ExternalSecret that creates nothing, and one that fetches nothing', () => {
    expect(found(externalSecret('target: { creationPolicy: None }'))).toEqual([expect.stringContaining('EXTERNAL_SECRET_CREATES_NOTHING')]);
    expect(found(externalSecret('target: { manifest: { apiVersion: v1, kind: ConfigMap } }'))).toEqual([expect.stringContaining('EXTERNAL_SECRET_CREATES_NOTHING')]);
    expect(found(externalSecret('').replace(/data: \[.*?\]/, 'data: []'))).toEqual([expect.stringContaining('EXTERNAL_SECRET_NO_DATA')]);
  });

  test('a name that is reserved', () => {
    expect(inYaml(all(APP).replace('secretRef: { name: openai }', 'secretRef: { name: ai-eg-bsp-openai }'), COMPLETE)).toEqual([expect.stringContaining('SECRET_NAME_RESERVED')]);
  });

  test('SECRET_MISSING: an ExternalSecret that only adds to a Secret', () => {
    expect(found(externalSecret('target: { creationPolicy: Merge }'))).toEqual([
      expect.stringMatching(/^error SECRET_MISSING: .* names the Secret "ai\/openai", to which ExternalSecret "ai\/openai" adds, and which nothing makes/),
    ]);
    expect(found(externalSecret('target: { creationPolicy: CreateOrMerge }'))).toEqual([]);
    expect(found(externalSecret('target: { creationPolicy: Merge }'), encrypted(`{ apiKey: ${CIPHERTEXT} }`))).toEqual([]);
  });
});

test('EXTERNAL_SECRET_ORPHAN is an ExternalSecret that leaves its Secret behind', () => {
  expect(found(externalSecret('target: { creationPolicy: Orphan }'))).toEqual([
    expect.stringMatching(/^warning EXTERNAL_SECRET_ORPHAN: 'spec\.target\.creationPolicy' leaves the credential behind/),
  ]);
  expect(patched(JsonPatch.replace('/spec/target/creationPolicy', 'Orphan'))).toEqual([expect.stringContaining('EXTERNAL_SECRET_ORPHAN')]);
  expect(inYaml(externalSecret('target: { creationPolicy: Orphan }'))).toEqual([]);
});

test('EXTERNAL_SECRET_NO_ROTATION is a Secret that nobody can change', () => {
  expect(found(externalSecret('target: { immutable: true }'))).toEqual([
    expect.stringMatching(/^warning EXTERNAL_SECRET_NO_ROTATION: 'spec\.target\.immutable' lets nobody change the Secret, so a rotated credential does not arrive/),
  ]);
  expect(found(externalSecret('target: { immutable: false }'))).toEqual([]);
});

test('EXTERNAL_SECRET_EVERYWHERE is a credential in many namespaces', () => {
  const everywhere = (name: string) => `
apiVersion: external-secrets.io/v1
kind: ClusterExternalSecret
metadata: { name: ${name} }
spec: { namespaceSelectors: [{}], externalSecretSpec: { secretStoreRef: { name: vault, kind: ClusterSecretStore }, data: [{ secretKey: apiKey, remoteRef: { key: x } }] } }
`;
  expect(found(everywhere('openai'))).toEqual([expect.stringMatching(/^warning EXTERNAL_SECRET_EVERYWHERE: brings a credential to all namespaces/)]);
  expect(found(everywhere('others'), externalSecret(''))).toEqual([]);
});

describe('PLAINTEXT_SECRET', () => {
  test('is a template of a SopsSecret that nobody encrypted', () => {
    const sopsSecret = (value: string, sops: string) => `
apiVersion: isindir.github.com/v1alpha3
kind: SopsSecret
metadata: { name: keys, namespace: ai }
spec: { secretTemplates: [{ name: openai, stringData: { apiKey: ${value} } }] }
${sops}
`;
    expect(found(sopsSecret('in-the-clear', ''))).toEqual([expect.stringContaining("PLAINTEXT_SECRET: 'spec.secretTemplates[0].stringData.apiKey' is a credential")]);
    expect(found(sopsSecret(CIPHERTEXT, sopsBlock()))).toEqual([]);
  });

  test('is a store whose values stand in its manifest', () => {
    const store = (provider: string) => `
apiVersion: external-secrets.io/v1
kind: ClusterSecretStore
metadata: { name: vault }
spec: { provider: ${provider} }
`;
    expect(found(externalSecret(''), store('{ fake: { data: [{ key: openai, value: in-the-clear }] } }'))).toEqual([
      expect.stringMatching(/^error PLAINTEXT_SECRET: 'spec\.provider\.fake' keeps values readable in the manifest/),
    ]);
    expect(found(externalSecret(''), store('{ vault: { server: "https://vault.example.com" } }'))).toEqual([]);
  });

  test('of a file that a construct reads is told by its own words alone', () => {
    const encryptedFile = readFileSync(join(__dirname, '../../../examples/sops-with-flux/secrets/openai.sops.yaml'), 'utf8');
    const file = join(mkdtempSync(join(tmpdir(), 'secret-manifests-')), 'openai.yaml');
    writeFileSync(file, encryptedFile.replace(/apiKey: ENC\[.*/, 'apiKey: in-the-clear'));
    const findings = findingsIn(chart => void new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSopsFile(file) }));
    expect(codes(findings).filter(code => code.includes('PLAINTEXT'))).toEqual(['SOPS_PLAINTEXT']);
  });
});

test('SEALED_SECRET_CLUSTER_WIDE is a value that every namespace can decrypt', () => {
  const sealed = (annotations: string) => `
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: openai, namespace: ai, annotations: { ${annotations} } }
spec: { encryptedData: { apiKey: AgBy } }
`;
  expect(found(sealed('sealedsecrets.bitnami.com/cluster-wide: "true"'))).toEqual([
    expect.stringMatching(/^warning SEALED_SECRET_CLUSTER_WIDE: 'metadata\.annotations\.sealedsecrets\.bitnami\.com\/cluster-wide' lets every namespace decrypt/),
  ]);
  expect(found(sealed('sealedsecrets.bitnami.com/namespace-wide: "true"'))).toEqual([]);
});

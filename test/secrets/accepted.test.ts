import { stringify } from 'yaml';
import { sealDocument } from './sealing';
import { ExternalSecretSource, SecretContract } from '../../src/intent';
import { readSealedSecret, readSops, renderExternalSecret } from '../../src/secrets';
import { CrdJudge, describeWithCrds } from '../judges/crd/judge';

describeWithCrds('what this room makes or lets through is accepted by the API server', () => {
  const judge = () => CrdJudge.load({ aiGateway: 'v1.1.0' });

  const apiKey: SecretContract = { what: 'an API key', keys: [{ key: 'apiKey', content: { kind: 'field', field: 'apiKey' } }] };
  const aws: SecretContract = { what: 'an AWS credentials file', keys: [{ key: 'credentials', content: { kind: 'awsCredentialsFile' } }] };
  const awsKeys: SecretContract = {
    what: 'an AWS key pair',
    keys: [
      { key: 'accessKey', content: { kind: 'field', field: 'awsAccessKeyId', trim: true } },
      { key: 'secretKey', content: { kind: 'field', field: 'awsSecretAccessKey' } },
      { key: 'sessionToken', optional: true, content: { kind: 'field', field: 'awsSessionToken' } },
    ],
  };
  const data = { apiKey: { key: 'openai', property: 'token', version: '1' } };
  const pair = { awsAccessKeyId: { key: 'id' }, awsSecretAccessKey: { key: 'secret' } };
  const properties = { awsAccessKeyId: 'id', awsSecretAccessKey: 'secret', awsSessionToken: 'token' };
  const extract: ExternalSecretSource['extract'] = { remote: { key: 'aws' }, properties, optional: ['awsSessionToken'] };

  test.each<[Omit<ExternalSecretSource, 'kind' | 'store'>, SecretContract]>([
    [{ data }, apiKey],
    [{ data, refreshPolicy: 'OnChange', creationPolicy: 'Orphan', deletionPolicy: 'Delete', targetName: 'shared', refreshIntervalMs: 0 }, apiKey],
    [{ data, refreshPolicy: 'CreatedOnce', creationPolicy: 'CreateOrMerge', refreshIntervalMs: 1 }, apiKey],
    [{ data: pair }, aws],
    [{ data: pair }, awsKeys],
    [{ extract }, aws],
    [{ extract }, awsKeys],
    [{ extract, data: pair }, awsKeys],
  ])('ExternalSecret %#', (source, contract) => {
    for (const kind of ['SecretStore', 'ClusterSecretStore'] as const) {
      const { manifest } = renderExternalSecret({ kind: 'external', store: { name: 'vault', kind }, ...source }, contract, { name: 'openai', namespace: 'ai' });
      expect(judge().judge(manifest)).toEqual([]);
    }
  });

  test('a Secret and a SopsSecret, passed through', () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'openai' }, data: { apiKey: 'YWJj' }, stringData: { b: 'c' }, immutable: true };
    const sopsSecret = {
      apiVersion: 'isindir.github.com/v1alpha3',
      kind: 'SopsSecret',
      metadata: { name: 'openai' },
      spec: { secretTemplates: [{ name: 'openai', labels: { app: 'gateway' }, stringData: { apiKey: 'abc' } }] },
    };
    for (const [plain, encrypted] of [[secret, true], [sopsSecret, false]] as const) {
      const { document, problems } = readSops(sealDocument(plain, { macOnlyEncrypted: true }), 'a.yaml', { embed: true });
      expect(problems).toEqual([]);
      expect(judge().judge(document, { encrypted })).toEqual([]);
    }
  });

  test('a field of the sops block that the reader refuses in a SopsSecret is refused there as well', () => {
    const plain = { apiVersion: 'isindir.github.com/v1alpha3', kind: 'SopsSecret', metadata: { name: 'a' }, spec: { secretTemplates: [{ name: 'a', stringData: { b: 'c' } }] } };
    const { document, problems } = readSops(sealDocument(plain, { sops: { shamir_threshold: 1 } }), 'a.yaml', { embed: true });
    expect(problems.map(p => p.definition.code)).toEqual(['SOPS_OPERATOR_FIELD_UNSUPPORTED']);
    expect(judge().judge(document).join()).toContain('shamir_threshold');
  });

  test('a SealedSecret, passed through', () => {
    const template = { metadata: { name: 'a', creationTimestamp: null }, type: 'Opaque', data: { b: '{{ .apiKey }}' } };
    const plain = { apiVersion: 'bitnami.com/v1alpha1', kind: 'SealedSecret', metadata: { name: 'a' }, spec: { encryptedData: { apiKey: 'c2VhbGVk' }, template } };
    const { document, problems } = readSealedSecret(stringify(plain), 'a.yaml', { embed: true });
    expect(problems).toEqual([]);
    expect(judge().judge(document)).toEqual([]);
  });
});

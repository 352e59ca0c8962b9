import { formatProblem } from '../../src/findings/finding';
import { ExternalSecretSource, SecretContract } from '../../src/intent';
import { renderExternalSecret } from '../../src/secrets';

const apiKey: SecretContract = { what: 'an API key', keys: [{ key: 'apiKey', content: { kind: 'field', field: 'apiKey' } }] };
const clientSecret: SecretContract = {
  what: 'a client secret', keys: [{ key: 'client-secret', content: { kind: 'field', field: 'clientSecret', trim: true } }],
};
const google: SecretContract = {
  what: 'a service account key', keys: [{ key: 'service_account.json', content: { kind: 'field', field: 'serviceAccountJson' } }],
};
const aws: SecretContract = { what: 'an AWS credentials file', keys: [{ key: 'credentials', content: { kind: 'awsCredentialsFile' } }] };
const awsKeys: SecretContract = {
  what: 'an AWS key pair',
  keys: [
    { key: 'accessKey', content: { kind: 'field', field: 'awsAccessKeyId' } },
    { key: 'secretKey', content: { kind: 'field', field: 'awsSecretAccessKey' } },
    { key: 'sessionToken', optional: true, content: { kind: 'field', field: 'awsSessionToken' } },
  ],
};

const DEFAULTS = { conversionStrategy: 'Default', decodingStrategy: 'None', metadataPolicy: 'None' };

type Given = Omit<ExternalSecretSource, 'kind' | 'store'> & Partial<Pick<ExternalSecretSource, 'store'>>;

function render(given: Given, contract: SecretContract = apiKey) {
  const source: ExternalSecretSource = { kind: 'external', store: { name: 'vault', kind: 'ClusterSecretStore' }, ...given };
  return renderExternalSecret(source, contract, { name: 'openai', namespace: 'ai' });
}

const spec = (given: Given, contract?: SecretContract) => render(given, contract).manifest.spec as any;
const messages = (given: Given, contract?: SecretContract) => render(given, contract).problems.map(formatProblem);
const key = { apiKey: { key: 'llm/openai' } };

describe('one remote value for one key', () => {
  test('needs no template, and every default is written out', () => {
    expect(render({ data: { apiKey: { key: 'llm/openai', property: 'token', version: '3' } } })).toEqual({
      manifest: {
        apiVersion: 'external-secrets.io/v1',
        kind: 'ExternalSecret',
        metadata: { name: 'openai', namespace: 'ai' },
        spec: {
          refreshPolicy: 'Periodic',
          refreshInterval: '1h0m0s',
          secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' },
          target: { name: 'openai', creationPolicy: 'Owner', deletionPolicy: 'Retain' },
          data: [{ secretKey: 'apiKey', remoteRef: { key: 'llm/openai', property: 'token', version: '3', ...DEFAULTS } }],
        },
      },
      problems: [],
      secretName: 'openai',
    });
  });

  test('what is given goes before the defaults', () => {
    const given: Given = {
      data: key,
      store: { name: 'team', kind: 'SecretStore' },
      targetName: 'shared',
      refreshIntervalMs: 90_000,
      creationPolicy: 'Merge',
      deletionPolicy: 'Merge',
    };
    expect(render(given)).toMatchObject({ secretName: 'shared', problems: [] });
    expect(spec(given)).toMatchObject({
      refreshInterval: '1m30s',
      secretStoreRef: { kind: 'SecretStore', name: 'team' },
      target: { name: 'shared', creationPolicy: 'Merge', deletionPolicy: 'Merge' },
    });
  });

  test.each([
    [0, '0s'], [1, '1ms'], [1500, '1.5s'], [60_000, '1m0s'], [3_600_000, '1h0m0s'], [90_061_001, '25h1m1.001s'],
  ])('a refresh interval of %d ms reads %s, as the API server gives it back', (ms, text) => {
    expect(spec({ data: key, refreshIntervalMs: ms }).refreshInterval).toBe(text);
  });

  test('the data key of the gateway is used as it is', () => {
    expect(spec({ data: { serviceAccountJson: { key: 'gcp' } } }, google)).toMatchObject({ data: [{ secretKey: 'service_account.json' }] });
    expect(spec({ data: { awsCredentialsFile: { key: 'aws' } } }, aws)).toMatchObject({ data: [{ secretKey: 'credentials' }] });
    expect(spec({ data: { awsCredentialsFile: { key: 'aws' } } }, aws).target).not.toHaveProperty('template');
  });

  test('several keys stand in the order of the contract', () => {
    const { data, target } = spec({ data: { awsSecretAccessKey: { key: 's' }, awsAccessKeyId: { key: 'i' } } }, awsKeys);
    expect(data.map((entry: any) => [entry.secretKey, entry.remoteRef.key])).toEqual([['accessKey', 'i'], ['secretKey', 's']]);
    expect(target).not.toHaveProperty('template');
  });
});

describe('a template', () => {
  test('trims what the gateway does not trim, and fails on an empty value', () => {
    const { data, target } = spec({ data: { clientSecret: { key: 'azure', property: 'secret' } } }, clientSecret);
    expect(data).toEqual([{ secretKey: 'clientSecret', remoteRef: { key: 'azure', property: 'secret', ...DEFAULTS } }]);
    expect(target.template).toEqual({
      engineVersion: 'v2',
      mergePolicy: 'Replace',
      data: {
        'client-secret': '{{ with index . "clientSecret" | trim }}{{ . }}{{ else }}'
          + '{{ fail "property \\"secret\\" of the remote value \\"azure\\" is missing or empty" }}{{ end }}',
      },
    });
  });

  test('takes a scheme off a key where the contract asks for it, even where nothing is behind it', () => {
    const contract: SecretContract = { what: 'an API key', keys: [{ key: 'apiKey', content: { kind: 'field', field: 'apiKey', stripBearer: true } }] };
    expect(spec({ data: key }, contract).target.template.data.apiKey)
      .toContain('with index . "apiKey" | trim | printf "%s " | trimPrefix "Bearer " | trim }}');
  });

  test('puts an AWS file together from its parts, under the default profile', () => {
    const given: Given = { data: { awsAccessKeyId: { key: 'id' }, awsSecretAccessKey: { key: 'secret' } } };
    const { data, target } = spec(given, aws);
    expect(data.map((entry: any) => entry.secretKey)).toEqual(['awsAccessKeyId', 'awsSecretAccessKey']);
    expect(target.template.data).toEqual({
      credentials: [
        '[default]',
        'aws_access_key_id = {{ with index . "awsAccessKeyId" | trim }}'
        + '{{ if regexMatch "\\\\s" . }}{{ fail "the remote value \\"id\\" has a line break or a space inside" }}{{ end }}{{ . }}'
        + '{{ else }}{{ fail "the remote value \\"id\\" is missing or empty" }}{{ end }}',
        'aws_secret_access_key = {{ with index . "awsSecretAccessKey" | trim }}'
        + '{{ if regexMatch "\\\\s" . }}{{ fail "the remote value \\"secret\\" has a line break or a space inside" }}{{ end }}{{ . }}'
        + '{{ else }}{{ fail "the remote value \\"secret\\" is missing or empty" }}{{ end }}',
        '',
      ].join('\n'),
    });
  });

  test('has a line for the session token, which may be absent only where it is declared optional', () => {
    const extract = { remote: { key: 'aws' }, properties: { awsAccessKeyId: 'id', awsSecretAccessKey: 'secret', awsSessionToken: 'token' } };
    const optional = spec({ extract: { ...extract, optional: ['awsSessionToken'] } }, aws).target.template.data.credentials;
    expect(optional).toMatch(/\{\{ end \}\}\n\{\{- with index \. "token" \| trim \}\}\naws_session_token = \{\{ if regexMatch "\\\\s" \. \}\}\{\{ fail ".*" \}\}\{\{ end \}\}\{\{ \. \}\}\n\{\{- end \}\}\n$/);
    const needed = spec({ extract }, aws).target.template.data.credentials;
    expect(needed).toMatch(/\naws_session_token = \{\{ with index \. "token" \| trim \}\}.*fail "property \\"token\\" of the remote object \\"aws\\" is missing/);
  });

  test('picks properties of a remote object by name', () => {
    const { data, dataFrom, target } = spec({ extract: { remote: { key: 'llm', version: '2' }, properties: { apiKey: 'openai.api-key' } } });
    expect(data).toBeUndefined();
    expect(dataFrom).toEqual([{ extract: { key: 'llm', version: '2', ...DEFAULTS } }]);
    expect(target.template.data.apiKey).toMatch(/^\{\{ with index \. "openai\.api-key" \}\}\{\{ \. \}\}\{\{ else \}\}\{\{ fail /);
  });

  test('uses the name a property has after the operator has converted it, and quotes it safely', () => {
    const { target } = spec({ extract: { remote: { key: 'a"\\`\n}}' }, properties: { apiKey: 'api "key"\n`\\{{' } } });
    expect(target.template.data.apiKey).toBe(
      '{{ with index . "api__key______" }}{{ . }}{{ else }}'
      + '{{ fail "property \\"api \\\\\\"key\\\\\\"\\\\n`\\\\\\\\{{\\" of the remote object \\"a\\\\\\"\\\\\\\\`\\\\n}}\\" is missing or empty" }}{{ end }}',
    );
  });

  test('leaves a key out where both sides can do without it', () => {
    const given: Given = {
      extract: {
        remote: { key: 'aws' },
        properties: { awsAccessKeyId: 'id', awsSecretAccessKey: 'secret', awsSessionToken: 'token' },
        optional: ['awsSessionToken'],
      },
    };
    const { template } = spec(given, awsKeys).target;
    expect(Object.keys(template.data)).toEqual(['accessKey', 'secretKey']);
    expect(template.templateFrom).toEqual([{ target: 'Data', literal: '{{ with index . "token" }}"sessionToken": {{ . | quote }}{{ end }}' }]);
  });

  test('covers every key as soon as one needs it, because only templated keys are written', () => {
    const given: Given = {
      data: { awsAccessKeyId: { key: 'id' } },
      extract: { remote: { key: 'aws' }, properties: { awsSecretAccessKey: 'awsAccessKeyId' } },
    };
    const { data, dataFrom, target } = spec(given, awsKeys);
    expect(dataFrom).toHaveLength(1);
    // The property of the same name would be overwritten by the entry.
    expect(data).toEqual([{ secretKey: 'awsAccessKeyId_', remoteRef: { key: 'id', ...DEFAULTS } }]);
    expect(target.template.data.accessKey).toContain('index . "awsAccessKeyId_" }}');
    expect(target.template.data.secretKey).toContain('index . "awsAccessKeyId" }}');
  });
});

const extract = (properties: object, optional?: readonly any[]): Given => ({ extract: { remote: { key: 'aws' }, properties, optional } });
const pair = { awsAccessKeyId: { key: 'i' }, awsSecretAccessKey: { key: 's' } };

const mistakes: readonly (readonly [code: string, what: string, given: Given, contract: SecretContract, parts: readonly string[]])[] = [
  ['EXTERNAL_SECRET_NO_DATA', 'nothing to fetch', {}, apiKey, ['names no remote value for an API key; name the remote value']],
  ['EXTERNAL_SECRET_NO_DATA', 'empty data', { data: { apiKey: undefined } }, apiKey, ['names no remote value']],
  ['EXTERNAL_SECRET_FIELD_MISSING', 'half of a pair', { data: { awsAccessKeyId: { key: 'i' } } }, aws, ["'awsSecretAccessKey' has no remote value"]],
  ['EXTERNAL_SECRET_FIELD_MISSING', 'a session token alone', { data: { awsSessionToken: { key: 't' } } }, awsKeys,
    ["'awsAccessKeyId' has no remote value", "'awsSecretAccessKey' has no remote value"]],
  ['EXTERNAL_SECRET_FIELD_MISSING', 'an optional key', extract({ apiKey: 'key' }, ['apiKey']), apiKey, ["'apiKey' is declared optional"]],
  ['EXTERNAL_SECRET_FIELD_MISSING', 'an optional half', extract({ awsAccessKeyId: 'i', awsSecretAccessKey: 's' }, ['awsAccessKeyId']), aws,
    ["'awsAccessKeyId' is declared optional"]],
  ['EXTERNAL_SECRET_FIELD_UNUSED', 'a part nothing reads', { data: { ...key, clientSecret: { key: 's' } } }, apiKey, ["'clientSecret' has no part in an API key"]],
  ['EXTERNAL_SECRET_FIELD_UNUSED', 'a file beside its parts', { data: { ...pair, awsCredentialsFile: { key: 'f' } } }, aws,
    ["'awsAccessKeyId' has no part", "'awsSecretAccessKey' has no part"]],
  ['EXTERNAL_SECRET_FIELD_UNUSED', 'one part twice', { data: key, ...extract({ apiKey: 'key' }) }, apiKey, ["'apiKey' has two remote values"]],
  ['EXTERNAL_SECRET_REFERENCE_EMPTY', 'a store without name', { data: key, store: { name: '', kind: 'SecretStore' } }, apiKey, ["'store' is empty"]],
  ['EXTERNAL_SECRET_REFERENCE_EMPTY', 'an empty target', { data: key, targetName: '' }, apiKey, ["'targetName' is empty"]],
  ['EXTERNAL_SECRET_REFERENCE_EMPTY', 'an empty remote key', { data: { apiKey: { key: ' ', property: '' } } }, apiKey,
    ["'apiKey.key' is empty", "'apiKey.property' is empty"]],
  ['EXTERNAL_SECRET_REFERENCE_EMPTY', 'an empty property', extract({ apiKey: '' }), apiKey, ["'extract.properties.apiKey' is empty"]],
  ['EXTERNAL_SECRET_CREATES_NOTHING', 'creation policy None', { data: key, creationPolicy: 'None' }, apiKey, ['\'creationPolicy\' creates no Secret, got "None"']],
  ['EXTERNAL_SECRET_POLICIES_CONFLICT', 'Delete and Merge', { data: key, creationPolicy: 'Merge', deletionPolicy: 'Delete' }, apiKey,
    ['\'deletionPolicy\' cannot go with creation policy "Merge", got "Delete"']],
  ['EXTERNAL_SECRET_POLICIES_CONFLICT', 'Delete and CreateOrMerge', { data: key, creationPolicy: 'CreateOrMerge', deletionPolicy: 'Delete' }, apiKey,
    ['cannot go with creation policy "CreateOrMerge"']],
  ['EXTERNAL_SECRET_ORPHAN', 'creation policy Orphan', { data: key, creationPolicy: 'Orphan' }, apiKey, ["'creationPolicy' leaves the Secret behind"]],
  ['EXTERNAL_SECRET_NO_ROTATION', 'refresh policy OnChange', { data: key, refreshPolicy: 'OnChange' }, apiKey, ["'refreshPolicy' fetches the credential without later refreshes"]],
  ['EXTERNAL_SECRET_NO_ROTATION', 'refresh policy CreatedOnce', { data: key, refreshPolicy: 'CreatedOnce' }, apiKey, ['got "CreatedOnce"']],
  ['EXTERNAL_SECRET_NO_ROTATION', 'an interval of zero', { data: key, refreshIntervalMs: 0 }, apiKey, ["'refreshInterval' fetches", 'got 0']],
  ['EXTERNAL_SECRET_REFRESH_INVALID', 'a negative interval', { data: key, refreshIntervalMs: -1 }, apiKey, ["'refreshInterval' is not a duration", 'got -1']],
  ['EXTERNAL_SECRET_REFRESH_INVALID', 'no number', { data: key, refreshIntervalMs: NaN }, apiKey, ['got "NaN"']],
  ['EXTERNAL_SECRET_REFRESH_INVALID', 'a part of a millisecond', { data: key, refreshIntervalMs: 0.5 }, apiKey, ['got 0.5']],
  ['EXTERNAL_SECRET_REFRESH_INVALID', 'an age', { data: key, refreshIntervalMs: 1e13 }, apiKey, ['is not a duration']],
];

describe('mistakes', () => {
  test.each(mistakes)('%s: %s', (code, _what, given, contract, parts) => {
    const found = messages(given, contract);
    expect(new Set(found.map(message => /\[(\w+)\]$/.exec(message)![1]))).toEqual(new Set([code]));
    for (const part of parts) expect(found.join('\n')).toContain(part);
  });

  test('creation policy None excludes both deletion policies that act on a Secret', () => {
    for (const deletionPolicy of ['Delete', 'Merge'] as const) {
      expect(render({ data: key, creationPolicy: 'None', deletionPolicy }).problems.map(p => p.definition.code))
        .toEqual(['EXTERNAL_SECRET_CREATES_NOTHING', 'EXTERNAL_SECRET_POLICIES_CONFLICT']);
    }
  });

  test('an invalid interval leaves a manifest with the default', () => {
    expect(spec({ data: key, refreshIntervalMs: -1 }).refreshInterval).toBe('1h0m0s');
  });
});

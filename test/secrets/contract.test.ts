import { formatProblem } from '../../src/findings/finding';
import { SecretContract } from '../../src/intent';
import { compareKeys } from '../../src/secrets';

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

const messages = (contract: SecretContract, keys: readonly string[]) => compareKeys(contract, keys, 'Secret ai/openai').map(formatProblem);

test.each([
  [apiKey, ['apiKey']],
  [awsKeys, ['secretKey', 'accessKey']],
  [awsKeys, ['accessKey', 'secretKey', 'sessionToken']],
  [{ what: 'nothing', keys: [] }, []],
])('a Secret with the keys that are read has no problem', (contract, keys) => {
  expect(compareKeys(contract, keys, 'Secret ai/openai')).toEqual([]);
});

test('a missing key is named with the keys there are', () => {
  expect(messages(apiKey, [])).toEqual([
    'needs the data key "apiKey", which Secret ai/openai does not have, got []; store it under "apiKey" [SECRET_KEY_MISSING]',
  ]);
  expect(messages(awsKeys, ['accessKey'])).toEqual([expect.stringContaining('needs the data key "secretKey", which Secret ai/openai does not have, got ["accessKey"]')]);
});

test.each<[SecretContract, string[], string]>([
  [apiKey, ['api-key'], 'rename "api-key" to "apiKey"'],
  [apiKey, ['API_KEY'], 'rename "API_KEY" to "apiKey"'],
  [apiKey, ['apikey'], 'rename "apikey" to "apiKey"'],
  [apiKey, ['OPENAI_API_KEY'], 'rename "OPENAI_API_KEY" to "apiKey"'],
  [apiKey, ['token'], 'rename "token" to "apiKey"'],
  [apiKey, ['key'], 'rename "key" to "apiKey"'],
  [google, ['credentials.json'], 'rename "credentials.json" to "service_account.json"'],
  [google, ['service-account.json'], 'rename "service-account.json" to "service_account.json"'],
  [clientSecret, ['clientSecret'], 'rename "clientSecret" to "client-secret"'],
  [clientSecret, ['AZURE_CLIENT_SECRET'], 'rename "AZURE_CLIENT_SECRET" to "client-secret"'],
  [aws, ['Credentials'], 'rename "Credentials" to "credentials"'],
  [aws, ['credentialsFile'], 'rename "credentialsFile" to "credentials"'],
  [aws, ['aws_access_key_id', 'aws_secret_access_key'],
    'store an AWS credentials file with a [default] section under "credentials" instead of "aws_access_key_id", "aws_secret_access_key"'],
  [awsKeys, ['aws_access_key_id', 'secretKey'], 'rename "aws_access_key_id" to "accessKey"'],
])('a near miss is part of the way out: %#', (contract, keys, fix) => {
  expect(messages(contract, keys)).toEqual([expect.stringContaining(`; ${fix} [SECRET_KEY_MISSING]`)]);
});

test('near misses of the platform count as well', () => {
  const contract: SecretContract = { what: 'an API key', keys: [{ ...apiKey.keys[0], nearMisses: ['bearer'] }] };
  expect(messages(contract, ['Bearer'])).toEqual([expect.stringContaining('rename "Bearer" to "apiKey"')]);
  expect(messages(apiKey, ['Bearer'])[0]).toContain('store it under "apiKey"');
});

test('the closest of several near misses is the one to rename', () => {
  expect(messages(apiKey, ['token', 'api_key'])).toEqual([
    expect.stringContaining('rename "api_key" to "apiKey" [SECRET_KEY_MISSING]'),
    expect.stringContaining('shares Secret ai/openai with data keys that the gateway does not read, got ["token"]'),
  ]);
});

test('a key that is read is no near miss of another', () => {
  expect(messages(awsKeys, ['accessKey', 'sessionToken'])).toEqual([expect.stringContaining('store it under "secretKey"')]);
});

test('keys beside a missing one that none of them resembles are not told of: one of them may be it', () => {
  expect(messages(apiKey, ['zzz', 'yyy'])).toEqual([expect.stringContaining('got ["zzz","yyy"]; store it under "apiKey" [SECRET_KEY_MISSING]')]);
});

test('further keys are a warning', () => {
  const [problem] = compareKeys(apiKey, ['apiKey', 'organization', '__proto__', 'constructor'], 'Secret openai');
  expect(problem.definition).toMatchObject({ code: 'SECRET_KEY_EXTRA', severity: 'warning' });
  expect(formatProblem(problem)).toBe(
    'shares Secret openai with data keys that the gateway does not read, got ["organization","__proto__","constructor"]; keep only "apiKey" [SECRET_KEY_EXTRA]',
  );
});

test.each(['__proto__', 'constructor', 'toString'])('a required key called %s is looked for among the keys only', (key) => {
  const contract: SecretContract = { what: 'an API key', keys: [{ key, content: { kind: 'field', field: 'apiKey' } }] };
  expect(compareKeys(contract, [key], 'Secret openai')).toEqual([]);
  expect(messages(contract, [])).toEqual([expect.stringContaining(`needs the data key "${key}"`)]);
});

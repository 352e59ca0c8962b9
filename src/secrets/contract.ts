import { Problem } from '../findings/finding';
import { SecretContract, SecretField, SecretKey } from '../intent';
import { SECRET_KEY_EXTRA, SECRET_KEY_MISSING } from './codes';

/** Names under which other tools and providers keep a part, written as `letters()` leaves them. */
const OTHER_NAMES: { readonly [field in SecretField]: readonly string[] } = {
  apiKey: ['key', 'token', 'apitoken', 'accesstoken', 'authtoken', 'authorization', 'credential', 'value', 'password', 'secret'],
  awsCredentialsFile: ['credentialsfile', 'awscredentialsfile', 'sharedcredentialsfile'],
  awsAccessKeyId: ['accesskey', 'accesskeyid', 'awsaccesskeyid'],
  awsSecretAccessKey: ['secretkey', 'secretaccesskey', 'awssecretaccesskey'],
  awsSessionToken: ['sessiontoken', 'awssessiontoken'],
  clientSecret: ['secret', 'azureclientsecret', 'clientcredential', 'password', 'value'],
  serviceAccountJson: ['serviceaccount', 'serviceaccountkey', 'credentials', 'credentialsjson', 'keyjson', 'gcpjson'],
};

/** Data keys under which platforms read the same credential: one Secret can serve several of them. */
const KEYS_OF_PLATFORMS: readonly (readonly string[])[] = [
  ['apiKey', 'Authorization'],
  ['credentials', 'accessKey', 'secretKey', 'sessionToken'],
  ['client-secret', 'clientID', 'tenantID', 'clientSecret'],
  ['service_account.json', 'credentials.json'],
];

const PARTS_OF_AWS_FILE = new Set(
  [...OTHER_NAMES.awsAccessKeyId, ...OTHER_NAMES.awsSecretAccessKey, ...OTHER_NAMES.awsSessionToken],
);

/**
 * What is wrong with the data keys of a Secret.
 *
 * @param secret the Secret as the message names it, see `describeSource`
 */
export function compareKeys(contract: SecretContract, keys: readonly string[], secret: string): Problem[] {
  const present = new Set(keys);
  const read = new Set(contract.keys.map(key => key.key));
  const extra = new Set([...present].filter(key => !read.has(key)));
  const problems: Problem[] = [];
  let unfound = false;
  for (const wanted of contract.keys) {
    if (wanted.optional || present.has(wanted.key)) continue;
    const misses = nearMisses(wanted, [...extra]);
    for (const miss of misses) extra.delete(miss);
    if (misses.length === 0) unfound = true;
    problems.push({
      definition: SECRET_KEY_MISSING,
      message: `needs the data key "${wanted.key}", which ${secret} does not have`,
      value: [...present],
      fix: wayOut(wanted, misses),
    });
  }
  for (const keysOfPlatforms of KEYS_OF_PLATFORMS) {
    if (keysOfPlatforms.some(key => read.has(key))) for (const key of keysOfPlatforms) extra.delete(key);
  }
  // One of them may be the one that is missing, under a name nobody would guess.
  if (extra.size > 0 && !unfound) {
    problems.push({
      definition: SECRET_KEY_EXTRA,
      message: `shares ${secret} with data keys that the gateway does not read`,
      value: [...extra],
      fix: `keep only ${contract.keys.map(key => `"${key.key}"`).join(', ')}`,
    });
  }
  return problems;
}

function wayOut(wanted: SecretKey, misses: readonly string[]): string {
  if (misses.length === 0) return `store it under "${wanted.key}"`;
  if (wanted.content.kind === 'awsCredentialsFile' && misses.some(miss => PARTS_OF_AWS_FILE.has(letters(miss)))) {
    return `store an AWS credentials file with a [default] section under "${wanted.key}" instead of ${quoted(misses)}`;
  }
  return `rename ${quoted(misses)} to "${wanted.key}"`;
}

function quoted(keys: readonly string[]): string {
  return keys.map(key => JSON.stringify(key)).join(', ');
}

/** The keys that hold what was meant, as far as their names tell: the closest one, or all parts of an AWS file. */
function nearMisses(wanted: SecretKey, candidates: readonly string[]): string[] {
  const name = letters(wanted.key);
  const find = (test: (key: string) => boolean) => candidates.filter(key => test(letters(key))).slice(0, 1);
  const declared = new Set((wanted.nearMisses ?? []).map(letters));
  const usual = new Set(OTHER_NAMES[wanted.content.kind === 'field' ? wanted.content.field : 'awsCredentialsFile']);
  const parts = wanted.content.kind === 'awsCredentialsFile' ? PARTS_OF_AWS_FILE : new Set<string>();
  const attempts = [
    find(key => key === name),
    find(key => key.endsWith(name)),
    candidates.filter(key => parts.has(letters(key))),
    find(key => declared.has(key)),
    find(key => usual.has(key)),
  ];
  return attempts.find(found => found.length > 0) ?? [];
}

/** A key without what people vary most: case, dashes, underscores and dots. */
function letters(key: string): string {
  return key.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

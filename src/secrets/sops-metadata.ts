import { Problem } from '../findings/finding';
import { DocumentPath, problemAt } from './document-path';
import { isMap, own, text, YamlMap } from './yaml-map';
import { SOPS_METADATA_INCOMPLETE, SOPS_NO_RECIPIENT, SOPS_SINGLE_RECIPIENT, SOPS_VERSION_OLD } from './sops-codes';
import { looksEncrypted, parseSopsValue } from './sops-value';

/** Lists of recipients, and what names one in each. */
const RECIPIENTS: { readonly [list: string]: readonly string[] } = {
  age: ['recipient'],
  pgp: ['fp'],
  kms: ['arn'],
  gcp_kms: ['resource_id'],
  azure_kv: ['vault_url', 'name'],
  hc_vault: ['vault_address', 'engine_path', 'key_name'],
  hckms: ['key_id'],
};

/** The digest is 64 bytes, encrypted as hexadecimal text. */
const MAC_BYTES = 128;
const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
const VERSION = /^v?(\d+)\.(\d+)(\.\d+)?([-+].*)?$/;
const RESTORE = 'restore the sops block from version control, or encrypt the plain document anew';

/** What the `sops` block itself lacks. */
export function metadataProblems(sops: YamlMap, file: string): Problem[] {
  const damaged = (path: DocumentPath, message: string) => problemAt(SOPS_METADATA_INCOMPLETE, file, ['sops', ...path], message, RESTORE);
  const problems: Problem[] = [];

  const mac = text(sops, 'mac');
  const sealed = looksEncrypted(mac) ? parseSopsValue(mac) : undefined;
  if (mac === undefined) problems.push(damaged(['mac'], 'is missing'));
  else if (sealed?.type !== 'str' || sealed.bytes !== MAC_BYTES) problems.push(damaged(['mac'], 'is not an encrypted digest'));

  const modified = text(sops, 'lastmodified');
  if (modified === undefined) problems.push(damaged(['lastmodified'], 'is missing'));
  else if (!RFC_3339.test(modified) || Number.isNaN(Date.parse(modified))) problems.push(damaged(['lastmodified'], 'is not a time in RFC 3339'));

  const version = text(sops, 'version');
  const [, major, minor] = VERSION.exec(version ?? '') ?? [];
  if (version === undefined) {problems.push(damaged(['version'], 'is missing'));} else if (major === undefined) {problems.push(damaged(['version'], 'is not a version'));} else if (Number(major) < 3 || (Number(major) === 3 && Number(minor) < 9)) {
    problems.push(problemAt(SOPS_VERSION_OLD, file, ['sops', 'version'], 'is older than 3.9', 'edit the file once with a current release of SOPS'));
  }

  return [...problems, ...recipientProblems(sops, file, damaged)];
}

function recipientProblems(sops: YamlMap, file: string, damaged: (path: DocumentPath, message: string) => Problem): Problem[] {
  const problems: Problem[] = [];
  const recipients = new Set<string>();
  const readLists = (holder: YamlMap, at: DocumentPath) => {
    for (const [list, naming] of Object.entries(RECIPIENTS)) {
      const entries = own(holder, list) ?? [];
      if (!Array.isArray(entries)) {
        problems.push(damaged([...at, list], 'is not a list'));
        continue;
      }
      entries.forEach((entry: unknown, index) => {
        const lacking = isMap(entry) ? [...naming, 'enc'].filter(field => text(entry, field) === undefined) : [...naming, 'enc'];
        for (const field of lacking) problems.push(damaged([...at, list, index, field], 'is missing'));
        if (isMap(entry)) recipients.add(JSON.stringify([list, ...naming.map(field => entry[field])]));
      });
    }
  };
  readLists(sops, []);
  const groups = own(sops, 'key_groups') ?? [];
  if (!Array.isArray(groups)) problems.push(damaged(['key_groups'], 'is not a list'));
  else groups.forEach((group: unknown, index) => isMap(group) && readLists(group, ['key_groups', index]));

  const decrypts = 'add recipients to .sops.yaml';
  if (recipients.size === 0 && problems.length === 0) {
    problems.push(problemAt(SOPS_NO_RECIPIENT, file, ['sops'], 'names no recipient', `${decrypts} and encrypt the plain document anew`));
  } else if (recipients.size === 1) {
    problems.push(problemAt(SOPS_SINGLE_RECIPIENT, file, ['sops'], 'names a single recipient', `${decrypts}, then run "sops updatekeys"`));
  }
  return problems;
}

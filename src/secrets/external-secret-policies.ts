import { Problem } from '../findings/finding';
import { ExternalSecretSource, RemoteValue, SecretField } from '../intent';
import {
  EXTERNAL_SECRET_CREATES_NOTHING, EXTERNAL_SECRET_NO_ROTATION, EXTERNAL_SECRET_ORPHAN, EXTERNAL_SECRET_POLICIES_CONFLICT,
  EXTERNAL_SECRET_REFERENCE_EMPTY, EXTERNAL_SECRET_REFRESH_INVALID, EXTERNAL_SECRET_REFRESH_SHORT,
} from './external-secret-codes';
import { goDuration, isGoDuration } from './go-duration';

/** Below it, a store is asked more often than any credential changes. */
export const SHORT_REFRESH_MS = 60_000;

/** Policies the operator's webhook refuses together; the schema of its kind does not. */
const EXCLUDED_CREATION: { readonly [deletionPolicy: string]: readonly string[] } = {
  Retain: [],
  Delete: ['Merge', 'CreateOrMerge', 'None'],
  Merge: ['None'],
};

/** Stores, remote values and Secrets without a name. */
export function referenceProblems({ store, targetName, data, extract }: ExternalSecretSource): Problem[] {
  const remotes: [prop: string, remote: RemoteValue][] = givenFields(data);
  if (extract) remotes.push(['extract.remote', extract.remote]);
  const names: [prop: string, name: string | undefined][] = [
    ['store', store.name],
    ['targetName', targetName],
    ...remotes.flatMap(([prop, { key, property, version }]): [string, string | undefined][] => [
      [`${prop}.key`, key ?? ''], [`${prop}.property`, property], [`${prop}.version`, version],
    ]),
    ...givenFields(extract?.properties).map(([field, property]): [string, string] => [`extract.properties.${field}`, property]),
  ];
  // A value that is resolved later is no text yet.
  return names.filter(([, name]) => typeof name === 'string' && name.trim() === '').map(([prop]) => ({
    definition: EXTERNAL_SECRET_REFERENCE_EMPTY,
    prop,
    message: 'is empty',
    fix: 'give the name it has in the store or the cluster',
  }));
}

/** Policies that the operator refuses, or that leave a gateway without a current credential. */
export function lifecycleProblems(source: ExternalSecretSource): Problem[] {
  const { creationPolicy = 'Owner', deletionPolicy = 'Retain', refreshPolicy = 'Periodic', refreshIntervalMs } = source;
  const problems: Problem[] = [];
  if (creationPolicy === 'None') {
    problems.push({
      definition: EXTERNAL_SECRET_CREATES_NOTHING,
      prop: 'creationPolicy',
      message: 'creates no Secret',
      value: creationPolicy,
      fix: 'use "Owner"',
    });
  }
  if (EXCLUDED_CREATION[deletionPolicy]?.includes(creationPolicy)) {
    problems.push({
      definition: EXTERNAL_SECRET_POLICIES_CONFLICT,
      prop: 'deletionPolicy',
      message: `cannot go with creation policy "${creationPolicy}"`,
      value: deletionPolicy,
      fix: 'use "Retain", or creation policy "Owner"',
    });
  }
  if (creationPolicy === 'Orphan') {
    problems.push({
      definition: EXTERNAL_SECRET_ORPHAN,
      prop: 'creationPolicy',
      message: 'leaves the Secret behind when the ExternalSecret goes',
      value: creationPolicy,
      fix: 'use "Owner", unless the Secret is being handed over',
    });
  }
  if (refreshIntervalMs !== undefined && !isGoDuration(refreshIntervalMs)) {
    problems.push({
      definition: EXTERNAL_SECRET_REFRESH_INVALID,
      prop: 'refreshInterval',
      message: 'is not a duration in whole milliseconds from zero to 292 years',
      // JSON has no word for these numbers.
      value: Number.isFinite(refreshIntervalMs) ? refreshIntervalMs : String(refreshIntervalMs),
      fix: 'use an interval such as one hour',
    });
  } else if (refreshPolicy !== 'Periodic' || refreshIntervalMs === 0) {
    problems.push({
      definition: EXTERNAL_SECRET_NO_ROTATION,
      prop: refreshPolicy === 'Periodic' ? 'refreshInterval' : 'refreshPolicy',
      message: 'fetches the credential without later refreshes, so a rotated one does not arrive',
      value: refreshPolicy === 'Periodic' ? refreshIntervalMs : refreshPolicy,
      fix: 'use refresh policy "Periodic" with an interval such as one hour',
    });
  } else if (refreshIntervalMs !== undefined && refreshIntervalMs < SHORT_REFRESH_MS) {
    problems.push({
      definition: EXTERNAL_SECRET_REFRESH_SHORT,
      prop: 'refreshInterval',
      message: tooOften(refreshIntervalMs),
      value: goDuration(refreshIntervalMs),
      fix: 'use an interval such as ten minutes',
    });
  }
  return problems;
}

export function tooOften(intervalMs: number): string {
  return `asks the store ${Math.round(3_600_000 / intervalMs)} times an hour, which stores bill or refuse`;
}

/** The fields a source gives, in the order it gives them. */
export function givenFields<T>(map: { readonly [field in SecretField]?: T } | undefined): [SecretField, T][] {
  return (Object.entries(map ?? {}) as [SecretField, T | undefined][])
    .filter((entry): entry is [SecretField, T] => entry[1] !== undefined);
}

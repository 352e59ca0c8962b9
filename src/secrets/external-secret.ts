import { Problem } from '../findings/finding';
import { ExternalSecretSource, Manifest, ObjectName, RemoteValue, SecretContract, SecretField, SecretKey } from '../intent';
import { EXTERNAL_SECRET_FIELD_MISSING, EXTERNAL_SECRET_FIELD_UNUSED, EXTERNAL_SECRET_NO_DATA } from './external-secret-codes';
import { givenFields, lifecycleProblems, referenceProblems } from './external-secret-policies';
import { awsCredentialsFile, optionalEntry, requiredValue, TemplateValue } from './external-secret-template';
import { goDuration, isGoDuration } from './go-duration';

export interface RenderedExternalSecret {
  readonly manifest: Manifest;
  readonly problems: Problem[];
  /** Name of the Secret that comes out of it. */
  readonly secretName: string;
}

const ONE_HOUR_MS = 3_600_000;

/**
 * The ExternalSecret that brings a credential under the keys the gateway reads.
 *
 * Every default of the operator is written out: the API server fills them in, and
 * a GitOps tool that compares would never be in sync.
 *
 * @param place name of the ExternalSecret, and of the Secret where the source gives none
 */
export function renderExternalSecret(source: ExternalSecretSource, contract: SecretContract, place: ObjectName): RenderedExternalSecret {
  const secretName = source.targetName ?? place.name;
  const content = renderContent(source, contract);
  const manifest: Manifest = {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { ...place },
    spec: {
      refreshPolicy: source.refreshPolicy ?? 'Periodic',
      refreshInterval: refreshInterval(source),
      secretStoreRef: { kind: source.store.kind, name: source.store.name },
      target: {
        name: secretName,
        creationPolicy: source.creationPolicy ?? 'Owner',
        deletionPolicy: source.deletionPolicy ?? 'Retain',
        ...(content.template && { template: { engineVersion: 'v2', mergePolicy: 'Replace', ...content.template } }),
      },
      ...(content.data.length > 0 && { data: content.data }),
      ...(content.dataFrom.length > 0 && { dataFrom: content.dataFrom }),
    },
  };
  return { manifest, secretName, problems: [...referenceProblems(source), ...lifecycleProblems(source), ...content.problems] };
}

/** One part of the credential and where the source has it. */
interface Part {
  readonly field: SecretField;
  readonly optional: boolean;
  /** Entry in the operator's data. */
  readonly entry: string;
  readonly source: string;
  readonly remote?: RemoteValue;
}

interface Content {
  readonly data: object[];
  readonly dataFrom: object[];
  readonly template?: { readonly data?: { readonly [key: string]: string }; readonly templateFrom?: readonly object[] };
  readonly problems: Problem[];
}

function renderContent(source: ExternalSecretSource, contract: SecretContract): Content {
  const parts = partsOf(source);
  if (parts.size === 0) {
    const problem: Problem = {
      definition: EXTERNAL_SECRET_NO_DATA,
      message: `names no remote value for ${contract.what}`,
      fix: 'name the remote value that holds it',
    };
    return { data: [], dataFrom: [], problems: [problem] };
  }

  const used = new Set<SecretField>();
  const problems: Problem[] = [];
  const keys = contract.keys.flatMap((key) => {
    const written = writeKey(key, parts, used, problems);
    return written ? [written] : [];
  });
  problems.push(...unusedFields(source, used, contract));

  const fetched = [...used].flatMap(field => parts.get(field) ?? []);
  const dataFrom = fetched.some(part => !part.remote) ? [{ extract: remoteRef(source.extract!.remote) }] : [];
  if (keys.every(key => key.direct)) {
    return { data: keys.map(key => dataEntry(key.name, key.direct!)), dataFrom, problems };
  }
  // The merge policy writes templated keys only, so one template means a template for each.
  const always = keys.filter(key => key.literal === undefined);
  const literals = keys.flatMap(key => key.literal ?? []);
  return {
    data: fetched.filter(part => part.remote).map(part => dataEntry(part.entry, part)),
    dataFrom,
    template: {
      ...(always.length > 0 && { data: Object.fromEntries(always.map(key => [key.name, key.template])) }),
      ...(literals.length > 0 && { templateFrom: literals.map(literal => ({ target: 'Data', literal })) }),
    },
    problems,
  };
}

/** The parts a source gives, by field, each once: a remote value of its own goes before a property of the object. */
function partsOf({ data, extract }: ExternalSecretSource): Map<SecretField, Part> {
  const parts = new Map<SecretField, Part>();
  const optional = new Set(extract?.optional);
  const properties = new Set<string>();
  for (const [field, property] of givenFields(extract?.properties)) {
    const entry = convertedProperty(property);
    properties.add(entry);
    const source = `property ${JSON.stringify(property)} of the remote object ${JSON.stringify(extract!.remote.key)}`;
    parts.set(field, { field, optional: optional.has(field), entry, source });
  }
  for (const [field, remote] of givenFields(data)) {
    let entry: string = field;
    // A data entry overwrites an extracted property of the same name.
    while (properties.has(entry)) entry += '_';
    const property = remote.property === undefined ? '' : `property ${JSON.stringify(remote.property)} of `;
    parts.set(field, { field, optional: false, entry, source: `${property}the remote value ${JSON.stringify(remote.key)}`, remote });
  }
  return parts;
}

/** The name an extracted property has in the operator's data, by its conversion strategy `Default`. */
function convertedProperty(property: string): string {
  return property.replace(/[^\p{L}\p{N}._-]/gu, '_');
}

/** How one data key of the Secret comes about. */
interface WrittenKey {
  readonly name: string;
  /** The remote value that is the value as it stands. */
  readonly direct?: Part;
  readonly template: string;
  /** Template of the whole entry, for a key that may be absent. */
  readonly literal?: string;
}

function writeKey(
  key: SecretKey, parts: ReadonlyMap<SecretField, Part>, used: Set<SecretField>, problems: Problem[],
): WrittenKey | undefined {
  if (key.content.kind === 'literal') return { name: key.key, template: escapeTemplate(key.content.value) };
  if (key.content.kind === 'awsCredentialsFile') return writeAwsFile(key, parts, used, problems);
  const { field, trim, stripBearer } = key.content;
  const part = parts.get(field);
  used.add(field);
  if (!part) {
    if (!key.optional) problems.push(missing(field, key));
    return undefined;
  }
  const value: TemplateValue = { ...part, trim, stripBearer };
  if (part.optional && !key.optional) problems.push(notOptional(field, key));
  return {
    name: key.key,
    direct: part.remote && !trim && !stripBearer ? part : undefined,
    template: requiredValue(value),
    literal: part.optional && key.optional ? optionalEntry(key.key, value) : undefined,
  };
}

/** Text that the operator's template engine leaves as it is. */
function escapeTemplate(text: string): string {
  // What is known only later stays as it is.
  return typeof text === 'string' ? text.replace(/\{\{/g, '{{ "{{" }}') : text;
}

/** The file comes as one remote value, or is put together from the key pair and its session token. */
function writeAwsFile(
  key: SecretKey, parts: ReadonlyMap<SecretField, Part>, used: Set<SecretField>, problems: Problem[],
): WrittenKey | undefined {
  if (parts.has('awsCredentialsFile')) {
    return writeKey({ ...key, content: { kind: 'field', field: 'awsCredentialsFile' } }, parts, used, problems);
  }
  const pair = (['awsAccessKeyId', 'awsSecretAccessKey'] as const).map((field) => {
    const part = parts.get(field);
    used.add(field);
    if (!part && !key.optional) problems.push(missing(field, key));
    if (part?.optional) problems.push(notOptional(field, key));
    return part;
  });
  used.add('awsSessionToken');
  const [id, secret] = pair;
  if (!id || !secret) return undefined;
  return { name: key.key, template: awsCredentialsFile(id, secret, parts.get('awsSessionToken')) };
}

function missing(field: SecretField, key: SecretKey): Problem {
  return {
    definition: EXTERNAL_SECRET_FIELD_MISSING,
    prop: field,
    message: `has no remote value, and the gateway reads it under the data key "${key.key}"`,
    fix: 'name the remote value or the property that holds it',
  };
}

function notOptional(field: SecretField, key: SecretKey): Problem {
  return {
    definition: EXTERNAL_SECRET_FIELD_MISSING,
    prop: field,
    message: `is declared optional, and the gateway cannot do without it under the data key "${key.key}"`,
    fix: 'take it off the optional parts and make sure the remote object has it',
  };
}

function unusedFields({ data, extract }: ExternalSecretSource, used: ReadonlySet<SecretField>, contract: SecretContract): Problem[] {
  const given = [...givenFields(data), ...givenFields(extract?.properties)].map(([field]) => field);
  return given.filter((field, index) => !used.has(field) || given.indexOf(field) !== index).map(field => ({
    definition: EXTERNAL_SECRET_FIELD_UNUSED,
    prop: field,
    message: used.has(field) ? 'has two remote values' : `has no part in ${contract.what} as it is put together here`,
    fix: 'leave it out',
  }));
}

function dataEntry(secretKey: string, part: Part): object {
  return { secretKey, remoteRef: remoteRef(part.remote!) };
}

function remoteRef({ key, property, version }: RemoteValue): object {
  return {
    key,
    ...(property !== undefined && { property }),
    ...(version !== undefined && { version }),
    conversionStrategy: 'Default',
    decodingStrategy: 'None',
    metadataPolicy: 'None',
  };
}

function refreshInterval({ refreshIntervalMs }: ExternalSecretSource): string {
  return goDuration(refreshIntervalMs !== undefined && isGoDuration(refreshIntervalMs) ? refreshIntervalMs : ONE_HOUR_MS);
}

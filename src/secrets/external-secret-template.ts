/**
 * Texts for the template engine of External Secrets Operator. Its data is a flat
 * map in which `index` gives an empty text for what is absent, so every value
 * passes through `with`, and absence is either a failure or declared optional.
 */

export interface TemplateValue {
  /** Entry of the engine's data. */
  readonly entry: string;
  /** The value as the author knows it, for the failure text. */
  readonly source: string;
  readonly trim?: boolean;
  readonly stripBearer?: boolean;
}

/** The value, or a failed synchronisation: nothing becomes empty unnoticed. */
export function requiredValue(value: TemplateValue, written = '{{ . }}'): string {
  return `{{ with ${pipeline(value)} }}${written}{{ else }}{{ fail ${goString(`${value.source} is missing or empty`)} }}{{ end }}`;
}

/** A whole `key: value` line in YAML, or nothing: the engine cannot leave out a key in another way. */
export function optionalEntry(key: string, value: TemplateValue): string {
  return `{{ with ${pipeline(value)} }}${JSON.stringify(key)}: {{ . | quote }}{{ end }}`;
}

/** A shared credentials file. The data plane reads its default profile only. */
export function awsCredentialsFile(
  accessKeyId: TemplateValue, secretAccessKey: TemplateValue, sessionToken?: TemplateValue & { readonly optional: boolean },
): string {
  const lines = [
    '[default]',
    `aws_access_key_id = ${requiredLine(accessKeyId)}`,
    `aws_secret_access_key = ${requiredLine(secretAccessKey)}`,
  ];
  if (sessionToken?.optional) {
    lines.push(`{{- with ${pipeline({ ...sessionToken, trim: true })} }}`, `aws_session_token = ${onOneLine(sessionToken)}`, '{{- end }}');
  } else if (sessionToken) {
    lines.push(`aws_session_token = ${requiredLine(sessionToken)}`);
  }
  return `${lines.join('\n')}\n`;
}

/** As `requiredValue`, for a part of a file in which a line break ends it. */
function requiredLine(value: TemplateValue): string {
  return requiredValue({ ...value, trim: true }, onOneLine(value));
}

function onOneLine({ source }: TemplateValue): string {
  return `{{ if regexMatch ${goString('\\s')} . }}{{ fail ${goString(`${source} has a line break or a space inside`)} }}{{ end }}{{ . }}`;
}

function pipeline(value: TemplateValue): string {
  const steps = [`index . ${goString(value.entry)}`];
  if (value.trim || value.stripBearer) steps.push('trim');
  // The space makes a prefix without key behind it a prefix too, so that nothing is left of it.
  if (value.stripBearer) steps.push('printf "%s "', 'trimPrefix "Bearer "', 'trim');
  return steps.join(' | ');
}

const HALF_OF_A_PAIR = /\p{Surrogate}/gu;

/** A string literal of Go. JSON's escapes are a subset of Go's, except for halves of surrogate pairs. */
export function goString(text: string): string {
  return JSON.stringify(text.replace(HALF_OF_A_PAIR, '\ufffd'));
}

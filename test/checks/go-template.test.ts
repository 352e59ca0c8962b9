import { usesOfData } from '../../src/checks/go-template';
import { awsCredentialsFile, optionalEntry, requiredValue } from '../../src/secrets/external-secret-template';

const written = (template: string) => usesOfData(template).map(use => `${use.written}${use.broken ? ` (${use.broken})` : ''}${use.absent === 'empty' ? ' (empty)' : ''}`);

test.each<[string, string[]]>([
  ['no actions, and .dots', []],
  ['{{ .apiKey }}', ['.apiKey']],
  ['{{- .apiKey -}}', ['.apiKey']],
  ['{{.a}}{{ .b | trim }}', ['.a', '.b']],
  ['{{ printf "%s:%s" .user (.password | trim) }}', ['.user', '.password']],
  ['{{ .token | default "x" }}', ['.token']],
  ['{{ "text with .dots" }}{{ `and .others` }}{{ 0.5 }}', []],
  ['{{/* .comment */}}', []],
  ['{{ $k := .v }}{{ $k }}{{ $.w }}', ['.v', '$.w']],
  ['{{ $k.x }}', []],
  ['{{ (fromJson .blob).field }}', ['.blob']],
  ['{{ .data.apiKey }}', ['.data.apiKey (part)']],
  ['{{ .client-secret }}', ['.client-secret (dash)']],
  ['{{ index . "client-secret" }}', ['index . "client-secret" (empty)']],
  ['{{ index $ "a" | trim }}', ['index $ "a" (empty)']],
  ['{{ index . "a" | default "x" }}', []],
  ['{{ with index . "a" }}{{ . }}{{ .b }}{{ $.c }}{{ else }}{{ .d }}{{ end }}{{ .e }}', ['$.c', '.d', '.e']],
  ['{{ if .a }}{{ .b }}{{ else if .c }}{{ .d }}{{ end }}', ['.a', '.b', '.c', '.d']],
  ['{{ range $x := .list | splitList "," }}{{ .x }}{{ end }}{{ .y }}', ['.list', '.y']],
  ['{{ define "t" }}{{ .a }}{{ $.b }}{{ end }}{{ template "t" . }}{{ .c }}', ['.c']],
  ['{{ .größe }}', ['.größe']],
  ['{{ "a }} b" | upper }}{{ .c }}', ['.c']],
])('%s', (template, uses) => {
  expect(written(template)).toEqual(uses);
});

// An engine that tried all ways to read them would not end.
test.each([
  ['an action that does not end', `{{ ${'"a" '.repeat(50_000)}`, 0],
  ['a text that does not end', `{{ "${'a'.repeat(100_000)}`, 0],
  ['many of them', '{{ "'.repeat(50_000), 0],
  ['braces', '{{'.repeat(50_000), 0],
  ['dots', `{{ ${'.a'.repeat(50_000)} }}`, 1],
])('%s', (_, template, uses) => {
  expect(usesOfData(template)).toHaveLength(uses);
});

test('our own templates read what they say', () => {
  const value = { entry: 'a-key', source: 'the remote value "x"', trim: true, stripBearer: true };
  for (const template of [requiredValue(value), optionalEntry('k', value), awsCredentialsFile(value, value, { ...value, optional: true })]) expect(written(template)).toEqual([]);
});

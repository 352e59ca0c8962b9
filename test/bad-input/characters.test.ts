import { ApiObject, ApiObjectProps } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { findingsOf, Program, programOf } from './program';
import { JsonValue } from '../../src';

const ownedBy = (text: string) => findingsOf(({ gateway, openai }) => gateway.addModel('m', openai.model(), { ownedBy: text }));

test.each([
  ['\u007f', 'U+007F'], ['\u0085', 'U+0085'], ['\u009f', 'U+009F'], ['\u2028', 'U+2028'], ['\u2029', 'U+2029'], ['\ufeff', 'U+FEFF'],
  ['\ufffe', 'U+FFFE'], ['\uffff', 'U+FFFF'], ['\ud800', 'U+D800'],
])('%j is not read by the API server as it was written', (character, name) => {
  expect(ownedBy(`a${character}b`)).toEqual([
    expect.stringContaining(`c/gw/m: 'ownedBy' has a character that Kubernetes does not read in YAML, ${name}, got `),
  ]);
});

test.each(['é', '模型', '🦙', '\u00a0', '\u200b', '\u202e', '\t', '\n', '\u0001'])('%j is', (character) => {
  expect(ownedBy(`a${character}b`)).toEqual([]);
});

test.each<[string, ApiObjectProps]>([
  ['a mark of byte order', { apiVersion: 'v1', kind: 'ConfigMap', data: { text: 'a\ufeffb' } }],
  ['a list of another project', { apiVersion: 'example.com/v1', kind: 'Thing', spec: { texts: ['a', 'b\udfff'] } }],
  ['half a character', { apiVersion: 'v1', kind: 'ConfigMap', data: { text: '\ud800' } }],
  ['a text that becomes a number', { apiVersion: 'v1', kind: 'ConfigMap', data: { text: '0o17' } }],
])('%s of no kind that is known here is written as YAML too', (_, manifest) => {
  expect(findingsOf(({ chart }) => new ApiObject(chart, 'other', manifest))).toEqual([expect.stringMatching(/^c\/other: '(data\.text|spec\.texts\[1\])' .*\[INVALID_VALUE\]$/)]);
});

test.each(['\u007f', '\u0085', '\u2028', '\uffff'])('%j in an object of such a kind is written as an escape sequence', (character) => {
  const data = { text: `a${character}b` };
  const program: Program = programOf();
  new ApiObject(program.chart, 'other', { apiVersion: 'v1', kind: 'ConfigMap', data } as ApiObjectProps);
  const written = program.app.synthYaml() as string;
  expect(written).not.toContain(character);
  expect(parseAllDocuments(written).map(document => document.toJS().data)).toContainEqual(data);
});

test('what a Secret holds is not told', () => {
  const secret = (password: string) => findingsOf(({ chart }) => new ApiObject(chart, 'other', { apiVersion: 'v1', kind: 'Secret', stringData: { password } }));
  expect(secret('hunter2\ud800').filter(message => message.includes('INVALID_VALUE'))).toEqual([expect.stringContaining("'stringData.password' has a character")]);
  expect(secret('hunter2\ud800').join()).not.toContain('hunter2');
});

test('a body holds any character, because JSON can write it', () => {
  const text = 'a\u007f\u0085\u2028\ufeff\ud800b';
  const program: Program = programOf();
  program.gateway.addModel('m', program.openai.model('x', { body: { set: { user: JsonValue.text(text), extra: JsonValue.json(JSON.stringify({ text })) } } }));
  const output = program.app.synthYaml() as string;
  expect(output).not.toMatch(/[\x7f-\x9f\u2028\ufeff]/);
  const route = parseAllDocuments(output).map(document => document.toJS()).find(({ kind }) => kind === 'AIGatewayRoute');
  const [user, extra] = route.spec.rules[0].backendRefs[0].bodyMutation.set.map(({ value }: { value: string }) => JSON.parse(value));
  expect([user, extra]).toEqual([text, { text }]);
});

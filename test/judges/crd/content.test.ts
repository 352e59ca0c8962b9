import { Complaint, print } from './complaint';
import { checkContent } from './content';
import { refuseUnknownKeywords, Schema } from './schema';

const text: Schema = { type: 'string' };

/** What is said of `value` as the field `a` of an object. */
function complaints(schema: Schema, value: unknown): string[] {
  return judged(schema, value).complaints;
}

function judged(schema: Schema, value: unknown): { complaints: string[]; object: Record<string, unknown> } {
  const found: Complaint[] = [];
  const object = { a: value };
  checkContent({ type: 'object', properties: { a: schema } }, object, found);
  return { complaints: found.map(print), object };
}

function rule(expression: string, more: object = {}): Schema {
  return { 'x-kubernetes-validations': [{ rule: expression, message: 'refused', ...more }] };
}

describe('types', () => {
  test.each<[string, Schema, unknown, unknown]>([
    ['text', text, 'x', 1],
    ['a whole number', { type: 'integer' }, 1, 1.5],
    ['a number', { type: 'number' }, 1.5, '1.5'],
    ['a truth value', { type: 'boolean' }, false, 'false'],
    ['a list', { type: 'array', items: text }, ['x'], 'x'],
    ['an object', { type: 'object', properties: {} }, {}, []],
    ['a map', { type: 'object', additionalProperties: text }, { x: 'y' }, { x: 1 }],
    ['a number in a list', { type: 'array', items: { type: 'integer' } }, [1], [null]],
    ['a number or text', { 'x-kubernetes-int-or-string': true }, 80, true],
    ['a number or text, as text', { 'x-kubernetes-int-or-string': true }, '80%', 0.5],
  ])('%s', (_, schema, good, bad) => {
    expect(complaints(schema, good)).toEqual([]);
    expect(complaints(schema, bad)).toEqual([expect.stringMatching(/^a.*: must be of type .*, got (number|string|object|array|boolean|null)$/)]);
  });

  test('null is kept where it may be, and counts as absent elsewhere', () => {
    expect(judged({ ...text, nullable: true, default: 'x' }, null).object).toEqual({ a: null });
    expect(judged({ ...text, default: 'x' }, null).object).toEqual({ a: 'x' });
    expect(judged(text, null).object).toEqual({});
  });
});

describe('limits', () => {
  test.each<[string, Schema, unknown, unknown, string]>([
    ['characters, not UTF-16 units', { ...text, maxLength: 1 }, '😀', '😀😀', 'must be at most 1 chars long, got 2'],
    ['too few characters', { ...text, minLength: 1 }, 'x', '', 'must be at least 1 chars long, got 0'],
    ['a pattern anywhere in the text', { ...text, pattern: 'b' }, 'abc', 'ac', 'must match \'b\', got "ac"'],
    ['a pattern that only RE2 reads', { ...text, pattern: '^(?i)ab\\z' }, 'AB', 'ab\n', 'must match'],
    ['a choice', { ...text, enum: ['x', 'y'] }, 'x', 'z', 'unsupported value "z", supported values: "x", "y"'],
    ['a least number', { type: 'integer', minimum: 0 }, 0, -1, 'must be greater than or equal to 0, got -1'],
    ['32 bits', { type: 'integer', format: 'int32' }, 2_147_483_647, 2_147_483_648, 'must be of format int32'],
    ['base64', { ...text, format: 'byte' }, 'bm90', 'not', 'must be of format byte'],
    ['a URI', { ...text, format: 'uri' }, 'https://a.example.org', 'a.example.org', 'must be of format uri'],
    ['an IPv4 address', { ...text, format: 'ipv4' }, '10.0.0.1', '10.0.0.256', 'must be of format ipv4'],
    ['an IPv6 address', { ...text, format: 'ipv6' }, 'fe80::1', 'fe80::1%eth0', 'must be of format ipv6'],
    ['a time', { ...text, format: 'date-time' }, '2024-02-29T00:00:00+01:00', '2025-02-29T00:00:00Z', 'must be of format date-time'],
    ['items', { type: 'array', items: text, maxItems: 1 }, ['x'], ['x', 'y'], 'must have at most 1 items, got 2'],
    ['properties', { type: 'object', additionalProperties: text, minProperties: 1 }, { x: '' }, {}, 'must have at least 1 properties, got 0'],
  ])('%s', (_, schema, good, bad, message) => {
    expect(complaints(schema, good)).toEqual([]);
    expect(complaints(schema, bad)).toEqual([expect.stringContaining(`a: ${message}`)]);
  });

  test('a format that is not known is the judge\'s fault', () => {
    expect(() => complaints({ ...text, format: 'isbn' }, 'x')).toThrow('the judge does not know the format "isbn"');
  });
});

describe('fields', () => {
  test('unknown ones are named, at any depth', () => {
    const schema: Schema = { type: 'array', items: { type: 'object', properties: { x: text } } };
    expect(complaints(schema, [{ x: '', y: '' }])).toEqual(['unknown field "a[0].y"']);
  });

  test('open objects keep theirs, but not in what they describe', () => {
    const schema: Schema = { 'type': 'object', 'properties': { x: { type: 'object' } }, 'x-kubernetes-preserve-unknown-fields': true };
    expect(complaints(schema, { y: 1, x: { z: 1 } })).toEqual(['unknown field "a.x.z"']);
  });

  test('an object inside an object says what it is', () => {
    const schema: Schema = { 'type': 'object', 'x-kubernetes-embedded-resource': true, 'x-kubernetes-preserve-unknown-fields': true };
    expect(complaints(schema, { apiVersion: 'v1', kind: 'Secret', metadata: {}, data: {} })).toEqual([]);
    expect(complaints(schema, { kind: 'Secret', metadata: 'x' })).toEqual([
      'a.apiVersion: required value', 'a.metadata: must be of type object, got string',
    ]);
  });

  test('defaults come first, so that they count and can be missing', () => {
    const schema: Schema = {
      type: 'object', required: ['x', 'y'], properties: { x: { ...text, default: 'one' }, y: { type: 'object', properties: { z: { ...text, default: 'two' } } } },
    };
    expect(judged(schema, { y: {} })).toEqual({ complaints: [], object: { a: { x: 'one', y: { z: 'two' } } } });
    expect(judged(schema, {})).toEqual({ complaints: ['a.y: required value'], object: { a: { x: 'one' } } });
  });

  test('a name that objects inherit is no field', () => {
    expect(complaints({ type: 'object', properties: {}, required: ['toString'] }, {})).toEqual(['a.toString: required value']);
  });
});

describe('lists', () => {
  const set: Schema = { 'type': 'array', 'items': text, 'x-kubernetes-list-type': 'set' };
  const map: Schema = {
    'type': 'array',
    'items': { type: 'object', properties: { name: text, port: { type: 'integer', default: 80 } } },
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['name', 'port'],
  };

  test('a set has no element twice', () => {
    expect(complaints(set, ['x', 'y'])).toEqual([]);
    expect(complaints(set, ['x', 'y', 'x'])).toEqual(['a[2]: duplicate value "x"']);
  });

  test('a map has no key twice, also by default', () => {
    expect(complaints(map, [{ name: 'x' }, { name: 'x', port: 81 }])).toEqual([]);
    expect(complaints(map, [{ name: 'x' }, { name: 'x', port: 80 }])).toEqual(['a[1]: duplicate value ["x",80]']);
  });
});

describe('combined schemas', () => {
  const either: readonly Schema[] = [{ required: ['x'] }, { required: ['y'] }];
  const object: Schema = { type: 'object', properties: { x: text, y: text } };

  test.each<[string, Schema, unknown, unknown]>([
    ['anyOf', { ...object, anyOf: either }, { x: '', y: '' }, {}],
    ['oneOf', { ...object, oneOf: either }, { x: '' }, { x: '', y: '' }],
    ['oneOf, none', { ...object, oneOf: either }, { y: '' }, {}],
    ['allOf', { ...text, allOf: [{ minLength: 2 }, { maxLength: 2 }] }, 'xx', 'x'],
    ['not', { ...object, not: { required: ['x'] } }, {}, { x: '' }],
  ])('%s', (_, schema, good, bad) => {
    expect(complaints(schema, good)).toEqual([]);
    expect(complaints(schema, bad)).toHaveLength(1);
  });
});

describe('rules', () => {
  test('see whole numbers, maps, escaped names and times', () => {
    const schema: Schema = {
      type: 'object',
      properties: {
        'namespace': text, 'x-y': text, 'n': { type: 'integer' }, 'map': { type: 'object', additionalProperties: text },
        'at': { type: 'string', format: 'date-time' }, 'bytes': { type: 'string', format: 'byte' },
      },
      ...rule('self.__namespace__ == "ns" && self.x__dash__y == "x" && self.n + 1 == 3 && self.map.all(k, k == "a-b")'
        + ' && self.at < timestamp("2025-01-02T00:00:00Z") && size(self.bytes) == 3'),
    };
    const value = { 'namespace': 'ns', 'x-y': 'x', 'n': 2, 'map': { 'a-b': '' }, 'at': '2025-01-01T00:00:00Z', 'bytes': 'bm90' };
    expect(complaints(schema, value)).toEqual([]);
    expect(complaints(schema, { ...value, n: 3 })).toEqual(['a: refused']);
  });

  test('run for elements and values, also below others', () => {
    const short = { ...text, ...rule('size(self) < 2') };
    expect(complaints({ type: 'array', items: short }, ['x', 'xx'])).toEqual(['a[1]: refused']);
    expect(complaints({ type: 'object', additionalProperties: short }, { x: 'xx' })).toEqual(['a.x: refused']);
  });

  test('see defaults, but are not asked while the structure is broken', () => {
    const schema: Schema = { type: 'object', properties: { x: { ...text, default: 'x' }, y: text }, ...rule('has(self.x) && self.x == "y"') };
    expect(complaints(schema, {})).toEqual(['a: refused']);
    expect(complaints(schema, { y: 1 })).toEqual(['a.y: must be of type string, got number']);
  });

  test('reading what is not there refuses', () => {
    const schema: Schema = { type: 'object', properties: { x: text }, ...rule('self.x == "x"') };
    expect(complaints(schema, {})).toEqual([expect.stringContaining('a: rule "self.x == "x"" cannot be evaluated')]);
  });

  test('a message can be computed, and belongs to the field it names', () => {
    const schema: Schema = {
      type: 'object', properties: { x: text }, ...rule('self.x == ""', { messageExpression: '"got " + self.x', fieldPath: '.x' }),
    };
    expect(complaints(schema, { x: 'y' })).toEqual(['a.x: got y']);
  });

  test('a message expression that fails leaves the fixed message, none at all the rule', () => {
    expect(complaints({ ...text, ...rule('false', { messageExpression: '"" + self.x' }) }, 'x')).toEqual(['a: refused']);
    expect(complaints({ ...text, ...rule('false', { message: undefined }) }, 'x')).toEqual(['a: failed rule: false']);
  });

  test('about an earlier state say nothing when an object is created', () => {
    expect(complaints({ ...text, ...rule('self == oldSelf') }, 'x')).toEqual([]);
  });

  test.each([
    ['a function', 'self.isSorted()', 'the judge does not know isSorted in the CEL rule "self.isSorted()"'],
    ['a variable', 'request == self', 'the judge does not know request'],
    ['syntax', 'self ==', 'the judge cannot parse the CEL rule "self =="'],
    ['no condition', '1 + 1', 'the CEL rule "1 + 1" is not a condition'],
  ])('what is not known is loud: %s', (_, expression, message) => {
    expect(() => complaints({ ...text, ...rule(expression) }, 'x')).toThrow(message);
  });

  test('optional earlier states are loud too', () => {
    expect(() => complaints({ ...text, ...rule('oldSelf.hasValue()', { optionalOldSelf: true }) }, 'x')).toThrow('does not know optional values');
  });
});

describe('functions of Kubernetes', () => {
  test.each([
    ['matches(self, "^(?i)ABC$")', 'abc', 'abd'],
    ['self.matches("^a+$")', 'aa', 'ab'],
    ['isURL(self) && url(self).getScheme() == "https"', 'HTTPS://a.example.org', 'http://a.example.org'],
    ['url(self).getHostname() == "a.example.org" && url(self).getPort() == "8443"', 'https://u@a.example.org:8443/x?y', 'https://a.example.org/:8443'],
    ['url(self).getHostname() == "::1" && url(self).getHost() == "[::1]:80"', 'http://[::1]:80', 'http://[::2]:80'],
    ['url(self).getEscapedPath() == "/a%20b"', 'https://a.example.org/a%20b?c', 'https://a.example.org/a+b'],
    ['isURL(self)', '/path', 'a.example.org'],
    ['isURL(self)', 'http://a:80', 'http://a:b'],
    ['isURL(self)', 'http://a/%20', 'http://a/%2'],
    ['isURL(self)', 'http://a', 'http://a b'],
    ['quantity(self).isLessThan(quantity("1Ki"))', '1k', '1Ki'],
    ['quantity(self).isGreaterThan(quantity("1"))', '1001m', '1000m'],
    ['quantity(self).compareTo(quantity("0.5")) == 0', '500m', '5e2'],
    ['isQuantity(self)', '1.5Gi', '1,5Gi'],
    ['duration(self) < duration("1m")', '59s', '1m0.5s'],
    ['self.lowerAscii().split("/")[0] == "a"', 'A/b', 'b/A'],
  ])('%s', (expression, good, bad) => {
    expect(complaints({ ...text, ...rule(expression) }, good)).toEqual([]);
    expect(complaints({ ...text, ...rule(expression) }, bad)).toEqual(['a: refused']);
  });
});

test('a schema keyword that would be passed over is loud', () => {
  expect(() => refuseUnknownKeywords({ properties: { a: { multipleOf: 2 } as Schema } }, 'file')).toThrow(
    'file: the judge does not know the schema keyword "multipleOf" at a',
  );
});

import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { ask, Asked, bodyOf, chat, outcome, policyOf } from './harness';

const tenants = policyOf({
  tenant: { header: 'x-tenant-id' },
  tenants: { 'acme': { models: { allow: ['gpt-4o', 'claude-*'], deny: ['claude-*-opus'] } }, 'empty': { models: { allow: [] } }, 'caf\u00e9': { models: { allow: ['*'] } } },
});
const acme = { 'x-tenant-id': 'acme' };

describe('who may use what', () => {
  const table: readonly (readonly [name: string, asked: Asked, expected: string])[] = [
    ['a model on the list', { headers: acme }, 'allow'],
    ['a model by its beginning', { headers: acme, body: chat('x', { model: 'claude-sonnet' }) }, 'allow'],
    ['a model that is denied', { headers: acme, body: chat('x', { model: 'claude-4-opus' }) }, 'not_allowed'],
    ['a model that is not on the list', { headers: acme, body: chat('x', { model: 'gpt-4o-mini' }) }, 'not_allowed'],
    ['a model in other letters', { headers: acme, body: chat('x', { model: 'GPT-4o' }) }, 'not_allowed'],
    ['a tenant without models', { headers: { 'x-tenant-id': 'empty' } }, 'not_allowed'],
    ['an unknown tenant', { headers: { 'x-tenant-id': 'other' } }, 'not_allowed'],
    ['a tenant that is a property of every object', { headers: { 'x-tenant-id': '__proto__' } }, 'not_allowed'],
    ['no tenant', {}, 'no_tenant'],
    ['an empty tenant', { headers: { 'x-tenant-id': '' } }, 'no_tenant'],
    ['the star', { headers: { 'x-tenant-id': '*' } }, 'no_tenant'],
    ['two tenants', { headers: { 'x-tenant-id': ['acme', 'acme'] } }, 'no_tenant'],
    ['two tenants in one header', { headers: { 'x-tenant-id': 'acme,other' } }, 'no_tenant'],
    ['the list of models', { headers: acme, method: 'GET', target: '/v1/models', body: undefined }, 'allow'],
  ];

  test.each(table)('%s', (_name, asked, expected) => {
    expect(outcome(ask(tenants, asked))).toBe(expected);
  });

  test('an unknown tenant reads as one that may not use the model', () => {
    const [unknown, known] = ['other', 'empty'].map(name => ask(tenants, { headers: { 'x-tenant-id': name } }));
    expect([unknown, known].map(decision => !decision.allowed && [decision.status, decision.body])).toEqual([
      [403, expect.any(String)], [403, !unknown.allowed && unknown.body],
    ]);
    expect(unknown.audit.tenant).toBeUndefined();
  });

  test.each([
    [{ idp: { org: { id: 'acme' } } }, 'allow'],
    [{ idp: { org: { id: 17 } } }, 'allow'],
    [{ idp: { org: { id: ['acme'] } } }, 'no_tenant'],
    [{ idp: { org: 'acme' } }, 'no_tenant'],
    [{ other: { org: { id: 'acme' } } }, 'no_tenant'],
    [undefined, 'no_tenant'],
  ])('a claim %j', (claims, expected) => {
    const policy = policyOf({
      tenant: { claim: { provider: 'idp', path: ['org', 'id'] } },
      tenants: { acme: { models: { allow: ['*'] } }, 17: { models: { allow: ['*'] } } },
    });
    expect(outcome(ask(policy, { claims, headers: { org: 'acme' } }))).toBe(expected);
  });
});

describe('what is refused whatever the policy allows', () => {
  const open = policyOf({ limits: { maxBodyBytes: 200, maxMessages: 2 } });
  const size = (bytes: number) => {
    const rest = JSON.stringify(chat('')).length;
    return JSON.stringify(chat('x'.repeat(bytes - rest)));
  };
  const table: readonly (readonly [name: string, asked: Asked, expected: string])[] = [
    ['a body of the last size', { body: size(200) }, 'allow'],
    ['a body one byte larger', { body: size(201) }, 'body_too_large'],
    ['no body', { body: undefined }, 'body_missing'],
    ['two messages', { body: { model: 'm', messages: [{}, {}] } }, 'allow'],
    ['three messages', { body: { model: 'm', messages: [{}, {}, {}] } }, 'too_many_messages'],
    ['gzip', { headers: { 'content-encoding': 'gzip' }, body: gzipSync('{}') }, 'body_encoded'],
    ['identity and gzip', { headers: { 'content-encoding': ['identity', 'gzip'] } }, 'body_encoded'],
    ['identity', { headers: { 'content-encoding': 'identity' } }, 'allow'],
    ['gzip that is not said to be', { body: gzipSync('{}') }, 'body_not_text'],
    ['UTF-16', { headers: { 'content-type': 'application/json; charset=utf-16' } }, 'body_encoded'],
    ['UTF-8 by name', { headers: { 'content-type': 'application/json; charset="UTF-8"' } }, 'allow'],
    ['a form', { headers: { 'content-type': 'multipart/form-data; boundary=x' } }, 'body_encoded'],
    ['two content types', { headers: { 'content-type': ['application/json', 'application/json'] } }, 'body_encoded'],
    ['a byte order mark', { body: '\ufeff{"model":"m"}' }, 'body_not_json'],
    ['half a letter', { body: Buffer.from([...Buffer.from('{"model":"'), 0xc3, 0x22, 0x7d]) }, 'body_not_text'],
    ['no JSON', { body: 'model=m' }, 'body_not_json'],
    ['a list', { body: '[{"model":"m"}]' }, 'body_not_json'],
    ['no model', { body: '{"messages":[]}' }, 'body_not_json'],
    ['a model that is no text', { body: '{"model":["m"]}' }, 'body_not_json'],
    ['two models', { body: '{"model":"a","model":"b"}' }, 'body_ambiguous'],
    ['two models in different spelling', { body: '{"model":"a","mod\\u0065l":"b"}' }, 'body_ambiguous'],
    ['a model in other letters', { body: '{"model":"a","Model":"b"}' }, 'body_ambiguous'],
    ['deep nesting', { body: `{"model":"a","x":${'['.repeat(60)}${']'.repeat(60)}}`.slice(0, 200) }, 'allow'],
    ['a path that is not known', { target: '/v1/files' }, 'unknown_endpoint'],
    ['a doubled slash', { target: '//v1/chat/completions' }, 'unknown_endpoint'],
    ['an escaped slash', { target: '/v1%2Fchat/completions' }, 'unknown_endpoint'],
    ['a slash at the end', { target: '/v1/chat/completions/' }, 'unknown_endpoint'],
    ['a query', { target: '/v1/chat/completions?api-version=1' }, 'allow'],
    ['a method that does not fit', { method: 'PUT' }, 'unknown_endpoint'],
    ['audio', { target: '/v1/audio/transcriptions', body: 'x' }, 'not_inspectable'],
    ['a body on a list', { method: 'GET', target: '/v1/models', body: 'x' }, 'unknown_endpoint'],
    ['after the AI filter', { headers: { 'x-ai-eg-internal-req-id': '1' } }, 'wrong_position'],
    ['a model chosen by the client', { headers: { 'X-Ai-Eg-Model': 'gpt-4o' } }, 'forged_header'],
    ['a key chosen by the client', { headers: { 'x-aigw-api-key': 'k' } }, 'forged_header'],
    ['a mark of the client', { headers: { 'x-guard-ok': '1' } }, 'forged_header'],
  ];

  test.each(table)('%s', (_name, asked, expected) => {
    expect(outcome(ask(open, asked))).toBe(expected);
  });

  test('without a policy', () => {
    expect(outcome(ask(undefined))).toBe('no_policy');
  });

  test('what fails inside', () => {
    expect(outcome(ask(policyOf({ credentials: { a: { type: 'APIKey', header: 'x-aigw-a' } }, tenants: { '*': { models: { allow: ['*'] }, credentials: { a: 'f' } } } }), {
      keys: () => { throw new Error('no disk'); },
    }))).toBe('internal');
  });

  test('refusals speak the client\'s language', () => {
    const [openai, anthropic] = ['/v1/chat/completions', '/anthropic/v1/messages'].map(target => ask(open, { target, body: undefined }));
    expect(!openai.allowed && JSON.parse(openai.body)).toEqual({ error: { message: 'The request has no body.', type: 'invalid_request_error', param: null, code: 'body_missing' } });
    expect(!anthropic.allowed && JSON.parse(anthropic.body)).toEqual({ type: 'error', error: { type: 'invalid_request_error', message: 'The request has no body.' } });
  });

  test('any bytes are answered, and only JSON with a model is let through', () => {
    fc.assert(fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.json().map(text => Buffer.from(text))), (body) => {
      const decision = ask(open, { body });
      if (decision.allowed) expect(typeof JSON.parse(Buffer.from(body).toString()).model).toBe('string');
    }));
  });
});

describe('prompts', () => {
  const mail = policyOf({ rules: [{ id: 'mail', builtin: 'email', action: 'redact' }, { id: 'codename', pattern: '(?i)project\\s+nightfall', action: 'block' }] });

  /** Where text can stand, by endpoint: each holds an address. */
  const places: readonly (readonly [target: string, body: object])[] = [
    ['/v1/chat/completions', chat('to a@b.co')],
    ['/v1/chat/completions', chat([{ type: 'text', text: 'to a@b.co' }])],
    ['/v1/chat/completions', chat('x', { user: 'a@b.co' })],
    ['/v1/chat/completions', chat('x', { tools: [{ type: 'function', function: { name: 'f', description: 'asks a@b.co' } }] })],
    ['/v1/chat/completions', { model: 'm', messages: [{ role: 'assistant', tool_calls: [{ id: '1', type: 'function', function: { name: 'f', arguments: '{"to":"a@b.co"}' } }] }] }],
    ['/v1/chat/completions', chat([{ type: 'image_url', image_url: { url: 'https://a@b.co/x.png' } }])],
    ['/v1/chat/completions', chat('x', { new_field: { deep: ['a@b.co'] } })],
    ['/v1/completions', { model: 'm', prompt: 'a@b.co' }],
    ['/v1/completions', { model: 'm', prompt: ['x', 'a@b.co'] }],
    ['/v1/embeddings', { model: 'm', input: ['a@b.co'] }],
    ['/v1/responses', { model: 'm', instructions: 'ask a@b.co', input: 'x' }],
    ['/v1/responses', { model: 'm', input: [{ role: 'user', content: [{ type: 'input_text', text: 'a@b.co' }] }] }],
    ['/v1/responses', { model: 'm', input: [{ type: 'function_call_output', call_id: '1', output: 'a@b.co' }] }],
    ['/anthropic/v1/messages', { model: 'm', system: [{ type: 'text', text: 'a@b.co' }], messages: [] }],
    ['/anthropic/v1/messages', { model: 'm', messages: [{ role: 'user', content: [{ type: 'tool_result', tool_use_id: '1', content: [{ type: 'text', text: 'a@b.co' }] }] }] }],
    ['/anthropic/v1/messages', { model: 'm', messages: [{ role: 'assistant', content: [{ type: 'tool_use', id: '1', name: 'f', input: { id: 'a@b.co' } }] }] }],
    ['/cohere/v2/rerank', { model: 'm', query: 'x', documents: ['a@b.co'] }],
  ];

  test.each(places)('%s %j is redacted and otherwise the same', (target, body) => {
    const decision = ask(mail, { target, body });
    expect(outcome(decision)).toBe('allow');
    expect(bodyOf(decision)).toBe(JSON.stringify(body).replaceAll('a@b.co', '[MAIL]'));
    expect(decision.audit.rules).toEqual({ mail: 1 });
  });

  test('a prompt without anything goes on as it came', () => {
    expect(bodyOf(ask(mail, { body: '{ "model" : "m", "n": 1.0 }' }))).toBeUndefined();
  });

  /** Ways to write an address or a word that a search of the bytes would miss. */
  test.each([
    ['an escape', '{"model":"m","prompt":"a\\u0040b.co"}', '{"model":"m","prompt":"[MAIL]"}'],
    ['wide letters', '{"model":"m","prompt":"ａ＠ｂ．ｃｏ"}', '{"model":"m","prompt":"[MAIL]"}'],
    ['nothing in between', '{"model":"m","prompt":"a\u200b@b.c\u200do"}', '{"model":"m","prompt":"[MAIL]"}'],
  ])('%s hides nothing', (_name, body, redacted) => {
    expect(bodyOf(ask(mail, { target: '/v1/completions', body }))).toBe(redacted);
  });

  test.each([
    ['a word of a pattern', chat('about PROJECT  Nightfall'), 'prompt_blocked'],
    ['one that is hidden', chat('proj\u200bect night\u00adfall'), 'prompt_blocked'],
    ['an address beside it', chat('a@b.co project nightfall'), 'prompt_blocked'],
    ['an address as a key', chat('x', { metadata: { 'a@b.co': 1 } }), 'prompt_blocked'],
  ])('%s is blocked', (_name, body, expected) => {
    expect(outcome(ask(mail, { body }))).toBe(expected);
  });

  test('a number inside of arguments is blocked, because a text in its place would break them', () => {
    const cards = policyOf({ rules: [{ id: 'card', builtin: 'credit-card', action: 'redact' }] });
    const call = (args: string) => ({ model: 'm', messages: [{ tool_calls: [{ function: { arguments: args } }] }] });
    expect(outcome(ask(cards, { body: call('{"card":"4111111111111111"}') }))).toBe('allow');
    expect(outcome(ask(cards, { body: call('{"card":4111111111111111}') }))).toBe('prompt_blocked');
    expect(outcome(ask(cards, { body: chat('x', { metadata: { card: 4111111111111111 } }) }))).toBe('prompt_blocked');
  });

  test('media and words of the protocol are not text', () => {
    const cards = policyOf({ rules: [{ id: 'card', builtin: 'credit-card', action: 'block' }] });
    const image = `data:image/png;base64,${'4111111111111111'.repeat(2)}==`;
    expect(outcome(ask(cards, { body: chat([{ type: 'image_url', image_url: { url: image } }]) }))).toBe('allow');
    expect(outcome(ask(cards, { body: chat([{ type: 'image_url', image_url: { url: `${image} 4111 1111 1111 1111` } }]) }))).toBe('prompt_blocked');
    expect(outcome(ask(cards, { body: { model: 'm', messages: [{ role: 'tool', tool_call_id: '4111111111111111', content: '' }] } }))).toBe('allow');
  });

  test('token numbers cannot be read', () => {
    for (const input of [[1, 2], [[1, 2]]]) {
      expect(outcome(ask(mail, { target: '/v1/embeddings', body: { model: 'm', input } }))).toBe('not_inspectable');
      expect(outcome(ask(policyOf({}), { target: '/v1/embeddings', body: { model: 'm', input } }))).toBe('allow');
    }
  });

  test('too much text is not read in part', () => {
    const short = policyOf({ limits: { maxTextLength: 100 }, rules: [{ id: 'mail', builtin: 'email', action: 'block' }] });
    expect(outcome(ask(short, { body: chat('x'.repeat(30)) }))).toBe('allow');
    expect(outcome(ask(short, { body: chat('x'.repeat(101)) }))).toBe('too_much_text');
  });

  test('an exception holds for its tenant only', () => {
    const policy = policyOf({
      tenant: { header: 't' },
      rules: [{ id: 'mail', builtin: 'email', action: 'block' }],
      tenants: { '*': { models: { allow: ['*'] } }, 'support': { models: { allow: ['*'] }, exceptRules: ['mail'] } },
    });
    expect(outcome(ask(policy, { headers: { t: 'support' }, body: chat('a@b.co') }))).toBe('allow');
    expect(outcome(ask(policy, { headers: { t: 'sales' }, body: chat('a@b.co') }))).toBe('prompt_blocked');
  });

  test('hard patterns end', () => {
    const hard = policyOf({ rules: [{ id: 'a', pattern: '(a+)+$', action: 'block' }, { id: 'b', pattern: '(x|x|x)*y', action: 'redact', replacement: '-' }] });
    expect(outcome(ask(hard, { body: chat(`${'a'.repeat(64 * 1024)}!${'x'.repeat(64 * 1024)}`) }))).toBe('allow');
  });

  test('after redaction no rule finds anything, and only texts differ', () => {
    const all = policyOf({ rules: ['email', 'credit-card', 'us-ssn', 'iban', 'phone', 'api-key', 'private-key'].map(builtin => ({ id: builtin, builtin, action: 'redact' })) });
    const part = fc.constantFrom('a@b.co', '4111 1111 1111 1111', '536-90-4399', 'DE89370400440532013000', '+49 30 12345678', 'AKIAIOSFODNN7EXAMPLE',
      '-----BEGIN PRIVATE KEY-----', '-----END PRIVATE KEY-----', ' ', '1', '-', '@', '\u200b', '４', 'é', 'word');
    const text = fc.array(part, { maxLength: 12 }).map(parts => parts.join(''));
    fc.assert(fc.property(fc.array(text, { maxLength: 4 }), (texts) => {
      const body = { model: 'm', messages: texts.map(content => ({ role: 'user', content })), n: 1 };
      const first = ask(all, { body });
      if (!first.allowed) return;
      const redacted = bodyOf(first) ?? JSON.stringify(body);
      const again = ask(all, { body: redacted });
      expect([again.allowed, bodyOf(again), again.audit.rules]).toEqual([true, undefined, {}]);
      const shape = JSON.parse(redacted);
      expect({ ...shape, messages: shape.messages.map((m: object) => ({ ...m, content: '' })) })
        .toEqual({ ...body, messages: body.messages.map(m => ({ ...m, content: '' })) });
    }));
  });
});

describe('whose key pays', () => {
  const policy = policyOf({
    tenant: { header: 't' },
    credentials: { openai: { type: 'APIKey', header: 'x-aigw-openai' }, bedrock: { type: 'AWSCredentials', header: 'x-aigw-bedrock' } },
    tenants: {
      acme: { models: { allow: ['*'] }, credentials: { openai: 'acme-openai', bedrock: 'acme-aws' } },
      umbrella: { models: { allow: ['*'] }, credentials: { openai: 'umbrella-openai' } },
      shared: { models: { allow: ['*'] } },
    },
  });
  const files: { [path: string]: string } = {
    'acme-openai/key': 'sk-acme', 'acme-aws/access-key-id': 'AK', 'acme-aws/secret-access-key': 'SK', 'umbrella-openai/key': 'sk-umbrella',
  };
  const with_ = (t: string, kept = files) => ask(policy, { headers: { t }, keys: (folder, name) => kept[`${folder}/${name}`] });

  test('each tenant brings its own', () => {
    expect(with_('acme')).toMatchObject({
      allowed: true, setHeaders: [['x-aigw-openai', 'sk-acme'], ['x-aigw-bedrock-access-key-id', 'AK'], ['x-aigw-bedrock-secret-access-key', 'SK']],
    });
    expect(with_('umbrella')).toMatchObject({ allowed: true, setHeaders: [['x-aigw-openai', 'sk-umbrella']] });
    expect(with_('shared')).toMatchObject({ allowed: true, setHeaders: [] });
  });

  test.each([
    ['missing', {}],
    ['half of a pair', { ...files, 'acme-aws/secret-access-key': '' }],
    ['of two lines', { ...files, 'acme-openai/key': 'sk\r\nx: y' }],
  ])('a key that is %s is not replaced by another', (_name, kept) => {
    expect(outcome(with_('acme', kept as typeof files))).toBe('credential_missing');
  });

  test('no key is in what is told of a decision', () => {
    expect(JSON.stringify(with_('acme').audit)).not.toMatch(/sk-acme|SK/);
  });
});

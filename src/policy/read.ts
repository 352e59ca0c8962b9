import { BUILTIN_NAMES } from './builtins';
import { CredentialType, PolicyDocument, PolicyProblem } from './document';

export const CREDENTIAL_TYPES: readonly CredentialType[] =
  ['APIKey', 'AnthropicAPIKey', 'AzureAPIKey', 'AzureCredentials', 'GCPCredentials', 'AWSCredentials'];

export const MOST_RULES = 100;
export const LONGEST_PATTERN = 1024;
/** Each name takes a place in the list of headers a provider's backend removes, which has 16. */
export const MOST_SLOTS = 4;

const RULE_ID = /^[a-z][a-z0-9-]{0,62}$/;
const SLOT = /^[a-z]([a-z0-9-]{0,40}[a-z0-9])?$/;
const FOLDER = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;
const HEADER = /^[a-z0-9][a-z0-9-]{0,99}$/;

/** Headers that mean something to the gateway or the policy server, so that no tenant is named by them. */
const RESERVED_HEADER = /^(x-ai-eg-|x-aigw-|x-guard-|x-envoy-|authorization$|cookie$|host$|content-|x-api-key$|api-key$)/;

type Fields = { readonly [key: string]: unknown };

/** Reads what a policy file held. Every mistake is told at once; the document is only there without any. */
export function readPolicy(value: unknown): { readonly document?: PolicyDocument; readonly problems: readonly PolicyProblem[] } {
  const reader = new Reader();
  reader.policy(value);
  return reader.problems.length > 0 ? { problems: reader.problems } : { document: value as PolicyDocument, problems: [] };
}

class Reader {
  public readonly problems: PolicyProblem[] = [];

  public policy(value: unknown): void {
    const top = this.fields('', value, ['version', 'tenants'], ['tenant', 'limits', 'rules', 'credentials']);
    if (!top) return;
    if (top.version !== undefined && top.version !== 1) this.add('version', 'is not a version of the policy format', top.version, 'use 1');
    if (top.tenant !== undefined) this.tenantSource(top.tenant);
    if (top.limits !== undefined) this.limits('limits', top.limits);
    const ids = top.rules === undefined ? [] : this.rules(top.rules);
    const slots = top.credentials === undefined ? [] : this.slots(top.credentials);
    if (top.tenants !== undefined) this.tenants(top.tenants, top.tenant !== undefined, ids, slots);
  }

  private tenantSource(value: unknown): void {
    const source = this.fields('tenant', value, [], ['header', 'claim']);
    if (!source) return;
    if ((source.header === undefined) === (source.claim === undefined)) {
      this.add('tenant', 'names not exactly one source', undefined, 'give either header or claim');
    }
    if (source.header !== undefined) {
      if (this.text('tenant.header', source.header, HEADER, 'the name of a header in lower case') && RESERVED_HEADER.test(source.header as string)) {
        this.add('tenant.header', 'is a header with another meaning', source.header, 'use one of your own, such as "x-tenant-id"');
      }
    }
    if (source.claim === undefined) return;
    const claim = this.fields('tenant.claim', source.claim, ['provider', 'path'], []);
    if (claim?.provider !== undefined) this.text('tenant.claim.provider', claim.provider, /^.{1,253}$/, 'the name of a token provider');
    if (claim?.path !== undefined) this.texts('tenant.claim.path', claim.path, 1, 8, /^[^]{1,256}$/, 'the name of a claim');
  }

  private limits(path: string, value: unknown): void {
    const limits = this.fields(path, value, [], ['maxBodyBytes', 'maxMessages', 'maxTextLength']);
    if (!limits) return;
    this.count(`${path}.maxBodyBytes`, limits.maxBodyBytes, 1, 100 * 1024 * 1024);
    this.count(`${path}.maxMessages`, limits.maxMessages, 1, 1_000_000);
    this.count(`${path}.maxTextLength`, limits.maxTextLength, 1, 16 * 1024 * 1024);
  }

  private rules(value: unknown): string[] {
    if (!Array.isArray(value)) {
      this.add('rules', 'is not a list', value, 'write a list of rules');
      return [];
    }
    if (value.length > MOST_RULES) this.add('rules', `has more than ${MOST_RULES} entries`, value.length, 'join patterns with |');
    const ids: string[] = [];
    value.forEach((entry, index) => {
      const path = `rules[${index}]`;
      const rule = this.fields(path, entry, ['id', 'action'], ['builtin', 'pattern', 'replacement']);
      if (!rule) return;
      if (rule.id !== undefined && this.text(`${path}.id`, rule.id, RULE_ID, 'an id of small letters, digits and dashes')) {
        if (ids.includes(rule.id as string)) this.add(`${path}.id`, 'is the id of two rules', rule.id, 'give each its own');
        ids.push(rule.id as string);
      }
      if ((rule.builtin === undefined) === (rule.pattern === undefined)) {
        this.add(path, 'has not exactly one of builtin and pattern', undefined, 'give one of them');
      }
      if (rule.builtin !== undefined) this.oneOf(`${path}.builtin`, rule.builtin, BUILTIN_NAMES);
      if (rule.pattern !== undefined && (typeof rule.pattern !== 'string' || rule.pattern === '' || rule.pattern.length > LONGEST_PATTERN)) {
        this.add(`${path}.pattern`, `is not a text of 1 to ${LONGEST_PATTERN} characters`, rule.pattern, 'write a pattern in the syntax of RE2');
      }
      if (rule.action !== undefined) this.oneOf(`${path}.action`, rule.action, ['block', 'redact']);
      if (rule.replacement === undefined) return;
      if (rule.action === 'block') this.add(`${path}.replacement`, 'belongs to a rule that redacts', rule.replacement, 'remove it, or redact');
      // Without quotes or backslashes, so that it cannot break JSON that stands inside a text.
      this.text(`${path}.replacement`, rule.replacement, /^[^"\\\p{Cc}]{1,64}$/u, 'a text of 1 to 64 characters without quotes and backslashes');
    });
    return ids;
  }

  private slots(value: unknown): string[] {
    const slots = this.map('credentials', value, SLOT, 'the name of a slot: small letters, digits and dashes');
    const names = Object.keys(slots);
    if (names.length > MOST_SLOTS) this.add('credentials', `has more than ${MOST_SLOTS} slots`, names.length, 'serve the others by a gateway of their own');
    const headers = new Set<string>();
    for (const [name, entry] of Object.entries(slots)) {
      const path = `credentials.${name}`;
      const slot = this.fields(path, entry, ['type', 'header'], []);
      if (!slot) continue;
      if (slot.type !== undefined) this.oneOf(`${path}.type`, slot.type, CREDENTIAL_TYPES);
      if (slot.header === undefined || !this.text(`${path}.header`, slot.header, /^x-aigw-[a-z0-9-]{1,60}$/, 'a header that starts with x-aigw-')) continue;
      if (headers.has(slot.header as string)) this.add(`${path}.header`, 'belongs to two slots', slot.header, 'give each slot its own');
      headers.add(slot.header as string);
    }
    return names;
  }

  private tenants(value: unknown, named: boolean, ids: readonly string[], slots: readonly string[]): void {

    const tenants = this.map('tenants', value, /^[^\x00-\x20\x7f]{1,128}$/, 'the name of a tenant: 1 to 128 characters without blanks');
    const names = Object.keys(tenants);
    if (names.length === 0) this.add('tenants', 'lets nobody in', value, 'name the tenants, or "*" for all of them');
    if (!named && names.some(name => name !== '*')) {
      this.add('tenants', 'names tenants that nothing tells apart', names.filter(name => name !== '*'), 'say with tenant.header or tenant.claim where the name comes from');
    }
    for (const name of names) this.tenant(`tenants.${name}`, tenants[name], ids, slots);
  }

  private tenant(path: string, value: unknown, ids: readonly string[], slots: readonly string[]): void {
    const tenant = this.fields(path, value, ['models'], ['exceptRules', 'limits', 'credentials']);
    if (!tenant) return;
    const models = tenant.models === undefined ? undefined : this.fields(`${path}.models`, tenant.models, ['allow'], ['deny']);
    if (models?.allow !== undefined) this.texts(`${path}.models.allow`, models.allow, 0, 1000, /^.{1,256}$/, 'a model, or a part of one with *');
    if (models?.deny !== undefined) this.texts(`${path}.models.deny`, models.deny, 0, 1000, /^.{1,256}$/, 'a model, or a part of one with *');
    if (tenant.limits !== undefined) this.limits(`${path}.limits`, tenant.limits);
    if (tenant.exceptRules !== undefined) {
      this.texts(`${path}.exceptRules`, tenant.exceptRules, 0, MOST_RULES, RULE_ID, 'the id of a rule');
      if (Array.isArray(tenant.exceptRules)) tenant.exceptRules.forEach((id, index) => this.oneOf(`${path}.exceptRules[${index}]`, id, ids));
    }
    if (tenant.credentials === undefined) return;
    const credentials = this.map(`${path}.credentials`, tenant.credentials, SLOT, 'the name of a slot');
    for (const [slot, folder] of Object.entries(credentials)) {
      if (!slots.includes(slot)) this.add(`${path}.credentials.${slot}`, 'is no slot', slot, `declare it under credentials${slots.length > 0 ? `, or use one of ${slots.join(', ')}` : ''}`);
      this.text(`${path}.credentials.${slot}`, folder, FOLDER, 'the name of a folder of credentials');
    }
  }

  private fields(path: string, value: unknown, required: readonly string[], optional: readonly string[]): Fields | undefined {
    if (!isFields(value)) {
      this.add(path, 'is not a map', value, `write ${[...required, ...optional].join(', ')}`);
      return undefined;
    }
    const known = [...required, ...optional];
    for (const key of Object.keys(value)) {
      if (!known.includes(key)) this.add(join(path, key), 'is not known', undefined, `use ${known.join(', ')}`);
    }
    for (const key of required) {
      if (value[key] === undefined) this.add(join(path, key), 'is missing', undefined, 'add it');
    }
    return value;
  }

  private map(path: string, value: unknown, key: RegExp, what: string): Fields {
    if (!isFields(value)) {
      this.add(path, 'is not a map', value, 'write a map');
      return {};
    }
    for (const name of Object.keys(value)) {
      if (!key.test(name)) this.add(path, `has a key that is not ${what}`, name, 'change it');
    }
    return value;
  }

  private text(path: string, value: unknown, form: RegExp, what: string): boolean {
    if (typeof value === 'string' && form.test(value)) return true;
    this.add(path, `is not ${what}`, value, 'change it');
    return false;
  }

  private texts(path: string, value: unknown, least: number, most: number, form: RegExp, what: string): void {
    if (!Array.isArray(value) || value.length < least || value.length > most) {
      this.add(path, `is not a list of ${least} to ${most} entries`, value, `list each ${what}`);
      return;
    }
    value.forEach((entry, index) => this.text(`${path}[${index}]`, entry, form, what));
  }

  private count(path: string, value: unknown, least: number, most: number): void {
    if (value === undefined || (Number.isInteger(value) && (value as number) >= least && (value as number) <= most)) return;
    this.add(path, 'is out of range', value, `use a whole number from ${least} to ${most}`);
  }

  private oneOf(path: string, value: unknown, known: readonly string[]): void {
    if (typeof value === 'string' && known.includes(value)) return;
    this.add(path, 'is not known', value, known.length > 0 ? `use one of ${known.join(', ')}` : 'remove it');
  }

  private add(path: string, message: string, value: unknown, fix: string): void {
    this.problems.push({ path, message, value, fix });
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

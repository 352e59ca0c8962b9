import { rules } from './checks/rules';
import * as constructCodes from './constructs/codes';
import * as credentialCodes from './constructs/credential-codes';
import * as providerCodes from './constructs/provider-codes';
import { CodeDefinition } from './findings/finding';
import * as platformCodes from './platforms/codes';
import * as secretCodes from './secrets/codes';

/** Every code there is, by name. */
export const catalogue: readonly CodeDefinition[] = [
  ...rules,
  ...Object.values(constructCodes),
  ...Object.values(credentialCodes),
  ...Object.values(providerCodes),
  ...Object.values(platformCodes),
  ...Object.values(secretCodes),
].sort((a, b) => (a.code < b.code ? -1 : 1));

const byCode = new Map(catalogue.map(definition => [definition.code, definition]));

export function definitionOf(code: string): CodeDefinition | undefined {
  return byCode.get(code);
}

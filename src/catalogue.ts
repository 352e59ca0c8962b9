import { allRules } from './checks/rules';
import * as constructCodes from './constructs/codes';
import * as credentialCodes from './constructs/credential-codes';
import * as policyCodes from './constructs/policy-codes';
import * as providerCodes from './constructs/provider-codes';
import { BAD_ACKNOWLEDGEMENT, UNUSED_ACKNOWLEDGEMENT } from './findings/acknowledgements';
import { CodeDefinition } from './findings/finding';
import * as platformCodes from './platforms/codes';
import * as secretCodes from './secrets/codes';

const definitions: readonly CodeDefinition[] = [
  ...allRules(),
  ...Object.values(constructCodes),
  ...Object.values(credentialCodes),
  ...Object.values(policyCodes),
  ...Object.values(providerCodes),
  ...Object.values(platformCodes),
  ...Object.values(secretCodes),
  BAD_ACKNOWLEDGEMENT,
  UNUSED_ACKNOWLEDGEMENT,
];

/** A rule on manifests and a construct can find the same mistake, and then share its definition. */
const byCode = new Map(definitions.map(definition => [definition.code, definition]));

/** Every code there is, by name. */
export const catalogue: readonly CodeDefinition[] = [...byCode.values()].sort((a, b) => (a.code < b.code ? -1 : 1));

export function definitionOf(code: string): CodeDefinition | undefined {
  return byCode.get(code);
}

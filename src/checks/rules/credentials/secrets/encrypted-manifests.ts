import { CodeDefinition } from '../../../../findings/finding';
import * as codes from '../../../../secrets/codes';
import { encryptedManifestProblems } from '../../../encrypted-manifests';
import { Rule } from '../../../rule';

/** What readers of encrypted files look for, in manifests that came into the output in another way. */
const LOOKED_FOR: readonly CodeDefinition[] = [
  codes.SOPS_METADATA_INCOMPLETE, codes.SOPS_NO_RECIPIENT, codes.SOPS_SINGLE_RECIPIENT, codes.SOPS_VERSION_OLD, codes.SOPS_SELECTORS_CONFLICT,
  codes.SOPS_SELECTOR_UNSUPPORTED, codes.SOPS_IDENTITY_ENCRYPTED, codes.SOPS_PLAINTEXT, codes.SOPS_STRAY_CIPHERTEXT, codes.SOPS_VALUE_MALFORMED,
  codes.SOPS_VALUE_NOT_TEXT, codes.SOPS_DATA_NOT_BASE64, codes.SOPS_OPERATOR_FIELD_UNSUPPORTED, codes.SOPS_MAC_BROKEN,
  codes.SEALED_SECRET_RENAMED, codes.SEALED_SECRET_VALUE_MALFORMED, codes.SEALED_SECRET_PLAINTEXT, codes.SECRET_VALUE_EMPTY,
];

export const encryptedManifestRules: readonly Rule[] = LOOKED_FOR.map(definition => ({
  ...definition,
  * check(graph) {
    for (const { node, problem } of encryptedManifestProblems(graph)) {
      if (problem.definition !== definition) continue;
      const { prop, message, value, fix } = problem;
      yield { node, prop, message, value, fix };
    }
  },
}));

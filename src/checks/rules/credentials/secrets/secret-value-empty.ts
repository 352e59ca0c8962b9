import { SECRET_VALUE_EMPTY } from '../../../../secrets/codes';
import { Rule } from '../../../rule';
import { credentialValuesOf } from '../../../secret-values';

export const secretValueEmpty: Rule = {
  ...SECRET_VALUE_EMPTY,
  * check(graph) {
    for (const { node, prop, value, encrypted } of credentialValuesOf(graph)) {
      // Of a manifest that is not encrypted, more is wrong than that.
      if (!encrypted || (value !== '' && value !== null)) continue;
      yield { node, prop, message: 'has no value', fix: 'store the value with "sops edit", or remove the key' };
    }
  },
};

import { limits } from '../../../imports/limits';
import { FORMS, formOf } from '../../../src/checks/schema/form-of';

const patterns = new Set(limits.nodes.flatMap(({ x }) => x ?? []));

describe('forms that are told in words', () => {
  test.each(Object.keys(FORMS))('%s is a pattern of a CRD', (pattern) => {
    expect(patterns).toContain(pattern);
  });

  test.each([
    ['^:?[A-Za-z0-9!#$%&\'*+\\-.^_\\x60|~]+$', 'use the name of a header: letters, digits and "-", without spaces and colons'],
    ['^(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$', 'use a DNS name in lower case without scheme and port, such as "ai.example.com" or "*.example.com"'],
    ['^never seen$', 'match ^never seen$'],
  ])('%s: %s', (pattern, words) => {
    expect(formOf(pattern)).toBe(words);
  });
});

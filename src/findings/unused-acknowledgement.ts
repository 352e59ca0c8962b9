import { CodeDefinition } from './finding';

export const UNUSED_ACKNOWLEDGEMENT: CodeDefinition = {
  code: 'UNUSED_ACKNOWLEDGEMENT',
  severity: 'warning',
  title: 'An acknowledgement accepts nothing',
  cause: 'Checks.acknowledge() names a code that nothing below its scope has, because the mistake is gone or elsewhere.',
  consequence: 'The next mistake of that kind below the scope is accepted without anybody having looked at it.',
  fix: 'Remove the acknowledgement, or give it the scope of what it is about.',
};

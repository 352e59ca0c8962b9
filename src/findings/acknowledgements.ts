import { CodeDefinition } from './finding';

export const UNUSED_ACKNOWLEDGEMENT: CodeDefinition = {
  code: 'UNUSED_ACKNOWLEDGEMENT',
  severity: 'warning',
  title: 'An acknowledgement accepts nothing',
  cause: 'Checks.acknowledge() names a code that nothing below its scope has, or an annotation one that its manifest does not have, because the mistake is gone or elsewhere.',
  consequence: 'The next mistake of that kind is accepted there without anybody having looked at it.',
  fix: 'Remove the acknowledgement, or give it the scope of what it is about.',
};

export const BAD_ACKNOWLEDGEMENT: CodeDefinition = {
  code: 'BAD_ACKNOWLEDGEMENT',
  severity: 'error',
  title: 'An annotation acknowledges nothing that can be acknowledged',
  cause: 'An annotation `cdk8s-ai-gateway/acknowledge-CODE` has a code that does not exist or whose findings the gateway refuses anyway, or no reason as its value.',
  consequence: 'The annotation is without effect, so what its author took for accepted is not.',
  fix: 'Copy the code from the message and write a reason as the value, or remove the annotation.',
};

import { isToken } from '../../../../findings/token';
import { AI_GATEWAY } from '../../../links';
import { at } from '../../../read';
import { Rule } from '../../../rule';

const FORMS = [
  { block: 'awsCredentials', cloud: 'AWS', form: /^[a-z]{2}(-[a-z]+){1,3}-\d{1,2}$/, example: 'us-east-1' },
  { block: 'gcpCredentials', cloud: 'Google Cloud', form: /^(global|us|eu|[a-z]+(-[a-z]+)+\d{1,2})$/, example: 'us-central1' },
];

export const badRegion: Rule = {
  code: 'BAD_REGION',
  severity: 'error',
  title: 'A region has not the form of one',
  cause: 'The `region` of AWS or Google credentials is misspelt, is the region of another cloud, or a zone.',
  consequence: 'AWS refuses the signature with 403; Google answers 404 for the path.',
  fix: 'Write a region such as `us-east-1` for AWS, or `us-central1` or `global` for Google Cloud.',
  covers: ['BAD_HOSTNAME'],
  * check(graph) {
    for (const node of graph.ofKind(AI_GATEWAY, 'BackendSecurityPolicy')) {
      for (const { block, cloud, form, example } of FORMS) {
        const region = at(node.manifest, 'spec', block, 'region');
        if (typeof region !== 'string' || isToken(region) || form.test(region)) continue;
        yield { node, prop: `spec.${block}.region`, message: `is not the name of a region of ${cloud}`, value: region, fix: `write one such as "${example}"` };
      }
    }
  },
};

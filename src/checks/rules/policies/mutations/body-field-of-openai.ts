import { mutationsOf } from '../../../mutations';
import { at } from '../../../read';
import { Rule } from '../../../rule';

/** Fields of OpenAI's requests, and where the Converse API has them. */
const FIELDS: { readonly [name: string]: string | undefined } = {
  temperature: 'inferenceConfig.temperature',
  top_p: 'inferenceConfig.topP',
  max_tokens: 'inferenceConfig.maxTokens',
  max_completion_tokens: 'inferenceConfig.maxTokens',
  stop: 'inferenceConfig.stopSequences',
  frequency_penalty: undefined,
  presence_penalty: undefined,
  response_format: undefined,
  seed: undefined,
  user: undefined,
};

export const bodyFieldOfOpenai: Rule = {
  code: 'BODY_FIELD_OF_OPENAI',
  severity: 'warning',
  title: 'A body mutation of Bedrock sets a field of OpenAI\'s API',
  cause: 'Mutations change the request as the provider gets it. For the schema AWSBedrock that is a Converse request, in which OpenAI\'s names mean nothing.',
  consequence: 'The field is added at the top level of the Converse request, where Amazon does not read it or refuses the request; the value the client sent stays in force.',
  fix: 'Set the field of the Converse API, such as `inferenceConfig.temperature`; with constructs, in `setPaths`.',
  * check(graph) {
    for (const { node, serviceBackend, body } of mutationsOf(graph)) {
      if (body.set.length === 0 || at(serviceBackend?.manifest, 'spec', 'schema', 'name') !== 'AWSBedrock') continue;
      for (const { path, name } of body.set) {
        if (!Object.hasOwn(FIELDS, name)) continue;
        const converse = FIELDS[name];
        yield {
          node,
          prop: `${path}.path`,
          message: 'is no field of a Converse request, which is what Bedrock gets',
          value: name,
          fix: converse === undefined ? 'remove it' : `use ${JSON.stringify(converse)}`,
          inCode: { fix: converse === undefined ? 'remove it' : `use ${JSON.stringify(converse)} in \`setPaths\`` },
        };
      }
    }
  },
};

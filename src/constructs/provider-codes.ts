import { CodeDefinition } from '../findings/finding';

/** Codes that providers raise about values no manifest shows. */

export const TEXT_NEEDED: CodeDefinition = {
  code: 'TEXT_NEEDED',
  severity: 'error',
  title: 'A value that becomes part of a hostname is no text',
  cause: 'A region, location, resource or name is missing, is a number, or is a value of another tool that is known only when it deploys.',
  consequence: 'No hostname can be written, so requests to the provider have nowhere to go.',
  fix: 'Give a string or a cdk8s `Lazy`, or give the whole hostname.',
  final: true,
  covers: ['MISSING_FIELD', 'INVALID_VALUE'],
};

export const NAMESPACE_NEEDED: CodeDefinition = {
  code: 'NAMESPACE_NEEDED',
  severity: 'error',
  title: 'The namespace of a model server in the cluster is not known',
  cause: 'A Service is named without namespace, and the chart of its provider leaves the namespace to the deployment.',
  consequence: 'The name of a Service contains its namespace: without it the proxy, which runs elsewhere, never finds the server.',
  fix: 'Give the namespace of the Service, or give the chart one.',
  final: true,
};

export const BAD_PATH_PREFIX: CodeDefinition = {
  code: 'BAD_PATH_PREFIX',
  severity: 'error',
  title: 'A path prefix is not the part of the path that comes before the operation',
  cause: 'The prefix holds a whole address, a query, spaces, or the path of an operation such as `/chat/completions`.',
  consequence: 'The gateway appends the operation to it, and the provider answers 404 to every request.',
  fix: 'Give what stands between the hostname and `/chat/completions` in the provider\'s documentation, such as `/openai/v1`.',
};

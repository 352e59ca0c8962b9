/**
 * The YAML parser, loaded with the first file that is read: most programs read
 * none, and it would be most of what loading this package costs.
 */
export function yamlParser(): typeof import('yaml') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('yaml');
}

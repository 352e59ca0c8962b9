type Stringify = (manifest: unknown) => string;

/**
 * What cdk8s writes as it is, and readers of YAML refuse, or take for a line break that a text may be folded at.
 */
const DISPUTED = /[\x7f-\x9f\u2028\u2029\ufffe\uffff]/g;

/** Writes as `original` does, with escapes for what not every reader takes as it is: the API server gets the text that was declared. */
export function withoutDisputedText(original: Stringify): Stringify {
  return (manifest) => {
    const text = original(manifest);
    return text.search(DISPUTED) < 0 ? text : escaped(manifest);
  };
}

/** Escapes need double quotes. */
function escaped(manifest: unknown): string {
  const text = loadYaml().stringify(manifest, {
    keepUndefined: true, lineWidth: 0, version: '1.1', defaultStringType: 'QUOTE_DOUBLE', doubleQuotedAsJSON: true,
  });
  return text.replaceAll(DISPUTED, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Loaded when it is needed, which is next to never. */
function loadYaml() {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('yaml') as typeof import('yaml');
}

import { Lazy } from 'cdk8s';

/**
 * A text made of several values, such as a hostname of a region. A value that
 * cdk8s resolves at synthesis makes the whole text late. Undefined where a value
 * is no text and nothing here can make one of it, such as another tool's promise.
 */
export function composedText(parts: readonly unknown[], compose: (...texts: string[]) => string): string | undefined {
  if (parts.every(part => typeof part === 'string')) return compose(...parts);
  if (!parts.every(part => typeof part === 'string' || isProducer(part))) return undefined;
  return Lazy.any({
    produce: () => {
      const texts = parts.map(produced);
      return texts.every(text => typeof text === 'string') ? compose(...texts) : undefined;
    },
  });
}

/** By shape, because another copy of cdk8s has a class of its own. */
function isProducer(value: unknown): value is { produce(): unknown } {
  return typeof value === 'object' && value !== null && typeof (value as { produce?: unknown }).produce === 'function';
}

function produced(value: unknown): unknown {
  let result = value;
  while (isProducer(result)) result = result.produce();
  return result;
}

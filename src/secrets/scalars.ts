import type { Scalar, ScalarTag, Tags } from 'yaml';
import { yamlParser } from './yaml-parser';

/** What a plain scalar means: the same to all readers of YAML, or not. */
export type PlainMeaning = 'certain' | 'timestamp' | 'uncertain';

const TIMESTAMP = 'tag:yaml.org,2002:timestamp';

let olderTags: readonly ScalarTag[] | undefined;

/**
 * Compares the meaning of an untagged plain scalar in YAML 1.2 with that in 1.1.
 * Go tools stand between the two, each in another place.
 */
export function plainMeaning({ source = '', value }: Scalar.Parsed): PlainMeaning {
  if (typeof value === 'number' && !survivesAsNumber(value)) return 'uncertain';
  const tag = (olderTags ??= defaultTags()).find(candidate => candidate.test?.test(source));
  if (tag?.tag === TIMESTAMP) return 'timestamp';
  const older = tag ? valueOf(tag.resolve(source, () => {}, {})) : source;
  // The older float pattern is wider than any Go reader's: it takes `e2` for a number without digits.
  if (Number.isNaN(older) && typeof value === 'string') return 'certain';
  return Object.is(older, value) ? 'certain' : 'uncertain';
}

/** Beyond this, JavaScript prints another number than the file has. */
function survivesAsNumber(value: number): boolean {
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}

function defaultTags(): ScalarTag[] {
  const { tags } = new (yamlParser().Document)(null, { version: '1.1' }).schema as { tags: Tags & object[] };
  return tags.filter((tag): tag is ScalarTag => typeof tag === 'object' && 'test' in tag && tag.default === true);
}

function valueOf(resolved: unknown): unknown {
  return typeof resolved === 'object' && resolved !== null && 'value' in resolved ? resolved.value : resolved;
}

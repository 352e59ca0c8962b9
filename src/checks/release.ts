import { TargetInfo } from '../intent';

/**
 * Whether the release of an upstream that a target has is older than `release`
 * (`v0.7`). Unknown releases count as newest.
 */
export function isBefore(target: TargetInfo, upstream: string, release: string): boolean {
  const found = parse(target.releases[upstream]);
  const wanted = parse(release);
  if (!found || !wanted) return false;
  return found[0] !== wanted[0] ? found[0] < wanted[0] : found[1] < wanted[1];
}

function parse(release: string | undefined): readonly [number, number] | undefined {
  const found = /^v(\d+)\.(\d+)/.exec(release ?? '');
  return found ? [Number(found[1]), Number(found[2])] : undefined;
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Crd } from './crd';
import type { Source } from './sources';

/** One kind in one release. */
export interface CrdRelease {
  /** `<release>`, or `<release>/<channel>`. */
  readonly release: string;
  readonly crd: Crd;
}

/** One kind in all pinned releases, oldest first. */
export interface KindHistory {
  readonly source: Source;
  readonly kind: string;
  /** Pinned releases that do not have the kind yet. */
  readonly before: readonly string[];
  readonly releases: readonly CrdRelease[];
}

/** Reads every pinned kind. A pinned file that is missing is an error: the output would silently lose a release. */
export function readCrdFolder(folder: string, sources: readonly Source[]): KindHistory[] {
  return sources.flatMap((source) =>
    Object.entries(source.kinds).map(([kind, plural]) => {
      const first = firstRelease(source, kind);
      return {
        source,
        kind,
        before: releaseKeys(source, source.releases.slice(0, first)),
        releases: releaseKeys(source, source.releases.slice(first)).map((release) => ({
          release,
          crd: readCrd(join(folder, source.product, release, `${source.group}_${plural}.yaml`), source.group, kind),
        })),
      };
    }),
  );
}

function firstRelease({ releases, since }: Source, kind: string): number {
  const first = since?.[kind];
  if (first !== undefined && !releases.includes(first)) {
    throw new Error(`${kind}: ${first} is not a pinned release`);
  }
  return first === undefined ? 0 : releases.indexOf(first);
}

function releaseKeys({ channels }: Source, releases: readonly string[]): string[] {
  return releases.flatMap((release) => channels?.map((channel) => `${release}/${channel}`) ?? [release]);
}

function readCrd(file: string, group: string, kind: string): Crd {
  if (!existsSync(file)) {
    throw new Error(`pinned CRD file is missing: ${file}`);
  }
  const crd = parse(readFileSync(file, 'utf8')) as Crd;
  if (crd.spec.group !== group || crd.spec.names.kind !== kind) {
    throw new Error(`${file}: expected ${group} ${kind}, got ${crd.spec.group} ${crd.spec.names.kind}`);
  }
  return crd;
}

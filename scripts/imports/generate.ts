import { readCrdFolder } from './crd-folder';
import { buildSchemaSet, renderLimits } from './limits-file';
import { pruned, PruneList } from './prune';
import { sources } from './sources';
import { renderTypes } from './types-file';

/** Produces every generated file of `imports/`, by file name. */
export function generate(crdFolder: string): ReadonlyMap<string, string> {
  const histories = readCrdFolder(crdFolder, sources);
  const prune = new PruneList(pruned);
  const files = new Map<string, string>();
  for (const { group } of sources) {
    files.set(`${group}.ts`, renderTypes(histories.filter(({ source }) => source.group === group), prune));
  }
  prune.refuseUnused();
  for (const [file, content] of Object.entries(renderLimits(buildSchemaSet(histories)))) files.set(file, content);
  return files;
}

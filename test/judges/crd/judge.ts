import { join } from 'node:path';
import { Complaint, isObject, print, show } from './complaint';
import { checkContent } from './content';
import { coreKind, CoreKind, encryptedSecret } from './core-kinds';
import { Crd, CrdIndex, CrdVersion } from './crd-index';
import { copyJson } from './json';
import { checkMetadata } from './metadata';
import { crdsAvailable, crdsFolder, CrdTarget, foldersOf } from './release-set';

export { describeWithCrds } from './describe-with-crds';
export { AI_GATEWAY_RELEASES } from './release-set';
export type { AgentgatewayRelease, AiGatewayRelease, Channel, CrdTarget, EnvoyGatewayRelease } from './release-set';

export interface JudgeOptions {
  /**
   * The manifest is a file as sops writes it, not what reaches the cluster: a Secret may have a `sops` field.
   *
   * @default false
   */
  readonly encrypted?: boolean;
}

const judges = new Map<string, CrdJudge>();

/**
 * Judges manifests as an API server with strict field validation does when they are created. Stricter in one thing:
 * a deprecated API version is refused.
 */
export class CrdJudge {
  /** Whether the CRD files are there. */
  static available(): boolean {
    return crdsAvailable();
  }

  /** A judge for one set of CRDs; the same one for the same set. */
  static load(target: CrdTarget): CrdJudge {
    const folders = foldersOf(target).map(folder => join(crdsFolder(), folder));
    const key = folders.join('\n');
    let judge = judges.get(key);
    if (!judge) {
      judge = new CrdJudge(new CrdIndex(folders));
      judges.set(key, judge);
    }
    return judge;
  }

  private constructor(private readonly crds: CrdIndex) {}

  /** Why the manifest is refused, each reason with the field it is about; empty if it is accepted. */
  judge(manifest: unknown, options: JudgeOptions = {}): string[] {
    const complaints: Complaint[] = [];
    // The copy is changed on the way: defaults are added, unknown fields removed.
    this.judgeCopy(copyJson(manifest), options, complaints);
    return complaints.map(print);
  }

  /** The same for many manifests; each reason begins with the kind and name of its manifest. */
  judgeAll(manifests: readonly unknown[], options: JudgeOptions = {}): string[] {
    return manifests.flatMap(manifest => this.judge(manifest, options).map(complaint => `${nameOf(manifest)}: ${complaint}`));
  }

  /** The custom kinds of this set. */
  kinds(): Crd[] {
    return this.crds.all();
  }

  private judgeCopy(manifest: unknown, options: JudgeOptions, complaints: Complaint[]): void {
    if (!isObject(manifest)) {
      complaints.push({ path: '', message: `a manifest must be an object, got ${show(manifest)}` });
      return;
    }
    const { apiVersion, kind } = manifest;
    for (const name of ['apiVersion', 'kind']) {
      if (typeof manifest[name] !== 'string' || manifest[name] === '') complaints.push({ path: name, message: 'required value' });
    }
    if (typeof apiVersion !== 'string' || typeof kind !== 'string' || complaints.length > 0) return;

    const core = coreKind(apiVersion, kind);
    if (core) {
      judgeCore(manifest, options.encrypted && kind === 'Secret' ? encryptedSecret(core) : core, complaints);
      return;
    }
    const [version, group = ''] = apiVersion.split('/').reverse();
    const crd = this.crds.find(group, kind);
    if (!crd) {
      complaints.push({ path: '', message: `no CRD for kind ${kind} in group "${group}"` });
      return;
    }
    const found = crd.versions.find(({ name }) => name === version);
    if (!found?.served) {
      const served = crd.versions.filter(v => v.served).map(v => v.name).join(', ');
      complaints.push({ path: 'apiVersion', message: `${kind} has no version ${apiVersion}${found ? ' that is served' : ''}; served: ${served}` });
      return;
    }
    if (found.deprecated) {
      complaints.push({ path: 'apiVersion', message: found.deprecationWarning ?? `${apiVersion} ${kind} is deprecated` });
    }
    judgeCustom(manifest, crd, found, complaints);
  }
}

function judgeCore(manifest: Record<string, unknown>, kind: CoreKind, complaints: Complaint[]): void {
  checkMetadata(manifest.metadata, kind, complaints);
  if (!kind.schema) return;
  checkContent(kind.schema, manifest, complaints);
  kind.check?.(manifest, complaints);
}

function judgeCustom(manifest: Record<string, unknown>, crd: Crd, { schema, hasStatus }: CrdVersion, complaints: Complaint[]): void {
  checkMetadata(manifest.metadata, { namespaced: crd.namespaced, names: 'subdomain' }, complaints);
  checkContent(schema, manifest, complaints, { hasStatus });
}

function nameOf(manifest: unknown): string {
  const { kind, metadata } = (isObject(manifest) ? manifest : {}) as { kind?: string; metadata?: { name?: string } };
  return `${kind ?? 'manifest'} ${metadata?.name ?? '(no name)'}`;
}

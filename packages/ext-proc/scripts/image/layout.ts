import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'fflate';
import { pack } from 'tar-stream';
import { Architecture } from './inputs';
import { Tree } from './tree';

interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

export interface ImageConfig {
  readonly entrypoint: readonly string[];
  readonly env: readonly string[];
  readonly user: string;
  readonly ports: readonly number[];
  readonly labels: { readonly [name: string]: string };
}

const EPOCH = new Date(0);

/** A folder in the form of OCI, written without a clock, an owner or an order of its own: same inputs, same digest. */
export class OciLayout {
  private readonly manifests: object[] = [];

  constructor(private readonly folder: string) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(join(folder, 'blobs', 'sha256'), { recursive: true });
  }

  public async add(architecture: Architecture, layers: readonly Tree[], config: ImageConfig): Promise<void> {
    const made = [];
    for (const layer of layers) made.push(await this.layer(layer));
    const { entrypoint, env, user, ports, labels } = config;
    const blob = this.json('application/vnd.oci.image.config.v1+json', {
      architecture,
      os: 'linux',
      config: {
        User: user, Env: env, Entrypoint: entrypoint, WorkingDir: '/', Labels: labels,
        ExposedPorts: Object.fromEntries(ports.map(port => [`${port}/tcp`, {}])),
      },
      rootfs: { type: 'layers', diff_ids: made.map(({ diffId }) => diffId) },
    });
    const manifest = this.json('application/vnd.oci.image.manifest.v1+json', {
      schemaVersion: 2, mediaType: 'application/vnd.oci.image.manifest.v1+json', config: blob, layers: made.map(({ descriptor }) => descriptor),
    });
    this.manifests.push({ ...manifest, platform: { os: 'linux', architecture, ...(architecture === 'arm64' ? { variant: 'v8' } : {}) } });
  }

  /** @returns the digest that names the image for all its platforms */
  public finish(tag: string): string {
    const mediaType = 'application/vnd.oci.image.index.v1+json';
    const index = this.json(mediaType, { schemaVersion: 2, mediaType, manifests: this.manifests });
    writeFileSync(join(this.folder, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
    writeFileSync(join(this.folder, 'index.json'), JSON.stringify({
      schemaVersion: 2, mediaType, manifests: [{ ...index, annotations: { 'org.opencontainers.image.ref.name': tag } }],
    }));
    return index.digest;
  }

  private async layer(tree: Tree): Promise<{ descriptor: Descriptor; diffId: string }> {
    const tar = await tarOf(tree);
    // Not zlib, whose output differs between versions of Node.
    const compressed = Buffer.from(gzipSync(tar, { level: 6, mtime: EPOCH }));
    return { descriptor: this.blob('application/vnd.oci.image.layer.v1.tar+gzip', compressed), diffId: digestOf(tar) };
  }

  private json(mediaType: string, value: object): Descriptor {
    return this.blob(mediaType, Buffer.from(JSON.stringify(value)));
  }

  private blob(mediaType: string, content: Buffer): Descriptor {
    const digest = digestOf(content);
    writeFileSync(join(this.folder, 'blobs', 'sha256', digest.slice('sha256:'.length)), content);
    return { mediaType, digest, size: content.length };
  }
}

async function tarOf(tree: Tree): Promise<Buffer> {
  const tar = pack();
  const all = buffer(tar);
  const owner = { uid: 0, gid: 0, mtime: EPOCH };
  const folders = new Set<string>();
  for (const [path, entry] of [...tree].sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const folder of parents(path)) {
      if (folders.has(folder)) continue;
      folders.add(folder);
      tar.entry({ ...owner, name: `${folder}/`, type: 'directory', mode: 0o755 });
    }
    if (entry.kind === 'link') tar.entry({ ...owner, name: path, type: 'symlink', linkname: entry.target, mode: 0o777 });
    else tar.entry({ ...owner, name: path, mode: entry.executable ? 0o555 : 0o444 }, entry.content);
  }
  tar.finalize();
  return all;
}

/** From the outermost inwards. */
function parents(path: string): string[] {
  const folder = dirname(path);
  return folder === '.' ? [] : [...parents(folder), folder];
}

function digestOf(content: Uint8Array): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

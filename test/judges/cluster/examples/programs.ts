import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { CrdTarget } from '../../crd/release-set';
import { Manifest } from '../client';
import { temporaryFolder } from '../processes/server-process';

const root = join(__dirname, '../../../..');

/** A manifest as it was written, and as it is read. */
export interface Written {
  readonly text: string;
  readonly manifest: Manifest;
}

/** What one example wrote for one cluster. */
export interface Program {
  /** Folder of the example; with the folder of a cluster when it writes for several. */
  readonly name: string;
  /** Why it does not synthesize for the target. */
  readonly refused?: string;
  readonly manifests: readonly Written[];
}

/** Every example, synthesized for a target instead of the one that it is written for. */
export async function examplesFor({ aiGateway, channel = 'standard' }: CrdTarget): Promise<Program[]> {
  return examplesUnder(aiGateway.replace(/\.0$/, ''), channel);
}

/** Every example, synthesized for a release of agentgateway. */
export async function examplesForAgentgateway(release: string): Promise<Program[]> {
  return examplesUnder(release, 'agentgateway');
}

async function examplesUnder(release: string, channel: string): Promise<Program[]> {
  const output = temporaryFolder('examples');
  try {
    const args = ['--import', 'tsx', join(__dirname, 'under-target.ts'), release, channel, output];
    const env = { ...process.env, TSX_TSCONFIG_PATH: join(root, 'examples/tsconfig.json') };
    // Warnings of the synthesis are not what is judged here.
    const told = await promisify(execFile)(process.execPath, args, { cwd: root, env });
    const refused = JSON.parse(told.stdout) as Record<string, string>;
    return [
      ...Object.entries(refused).map(([name, message]) => ({ name, refused: message, manifests: [] })),
      ...clusterFolders(output).filter(folder => !(relative(output, folder).split(/[\\/]/)[0] in refused))
        .map(folder => ({ name: relative(output, folder), manifests: manifestsIn(folder) })),
    ].sort((one, other) => one.name < other.name ? -1 : 1);
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}

/** The gateway that runs a program, as its manifests tell. */
export function gatewayOf({ manifests }: Program): 'envoy' | 'agentgateway' | 'kgateway' {
  const groups = new Set(manifests.map(({ manifest }) => manifest.apiVersion.split('/')[0]));
  if (groups.has('gateway.kgateway.dev')) return 'kgateway';
  return groups.has('agentgateway.dev') ? 'agentgateway' : 'envoy';
}

/** Codes of the findings in a message of a failed synthesis; none when the message is not made of findings alone. */
export function codesIn(message: string): string[] {
  const lines = message.split('\n').map(line => line.trim()).filter(line => line !== '' && !line.endsWith(':'));
  const codes = lines.map(line => /\[([A-Z][A-Z0-9_]+)\]$/.exec(line)?.[1]);
  return codes.every(code => code !== undefined) ? [...new Set(codes)].sort() : [];
}

function clusterFolders(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  const own = entries.some(({ name }) => name.endsWith('.k8s.yaml')) ? [folder] : [];
  return [...own, ...entries.filter(entry => entry.isDirectory()).flatMap(({ name }) => clusterFolders(join(folder, name)))];
}

function manifestsIn(folder: string): Written[] {
  return readdirSync(folder).filter(name => name.endsWith('.k8s.yaml')).sort().flatMap(name =>
    readFileSync(join(folder, name), 'utf8').split(/^---\n/m).filter(text => text.trim() !== '').map(read));
}

function read(text: string): Written {
  const manifest = parse(text) as Manifest;
  return isSopsFile(manifest) ? decrypted(manifest) : { text, manifest };
}

function isSopsFile({ apiVersion, kind, sops }: Manifest): boolean {
  // A SopsSecret is decrypted in the cluster; a Secret on its way there.
  return apiVersion === 'v1' && kind === 'Secret' && sops !== undefined;
}

/** What whoever holds the key makes of it; the values are any. */
function decrypted({ sops: _, ...rest }: Manifest): Written {
  const values = (field: string, value: string) =>
    rest[field] === undefined ? {} : { [field]: Object.fromEntries(Object.keys(rest[field] as object).map(key => [key, value])) };
  const manifest = { ...rest, ...values('data', 'ZHVtbXk='), ...values('stringData', 'dummy') } as unknown as Manifest;
  return { text: JSON.stringify(manifest), manifest };
}

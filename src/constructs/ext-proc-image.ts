import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { POLICY_SERVER_DIGEST, POLICY_SERVER_REPOSITORY } from './ext-proc-image-release';
import { allow, allowEach, given, need, TEXT, TEXT_OR_LATER } from './misuse';
import { IMAGE_LAYOUT, IMAGE_NOT_PINNED } from './policy-codes';
import { Problem } from '../findings/finding';

const DIGEST = /^sha256:[0-9a-f]{64}$/;
const PINNED = /@sha256:[0-9a-f]{64}$/;

/** Where the bundled image comes from. */
export interface BundledImageOptions {
  /**
   * Repository that holds a copy of the image, without tag, such as `registry.example.com/mirror/policy-server`.
   *
   * @default - the repository it is released to
   */
  readonly repository?: string;

  /**
   * Names of Secrets with the registry's credentials.
   *
   * @default - none
   */
  readonly pullSecrets?: string[];
}

/** How an image of your own is pulled. */
export interface RegistryImageOptions {
  /**
   * Names of Secrets with the registry's credentials.
   *
   * @default - none
   */
  readonly pullSecrets?: string[];
}

/** The image of the policy server. */
export class ExtProcImage {
  /** The image this release of the library was made with, by its digest. A mirror has the same digest. */
  public static bundled(options: BundledImageOptions = {}): ExtProcImage {
    const { repository, pullSecrets } = given(options);
    allow('ExtProcImage.bundled()', 'repository', repository, TEXT);
    return new ExtProcImage(`${repository ?? POLICY_SERVER_REPOSITORY}@${POLICY_SERVER_DIGEST}`, pullSecrets);
  }

  /**
   * An image of your own that serves the same protocols.
   *
   * @param reference with a digest: `registry.example.com/policy@sha256:…`
   */
  public static fromRegistry(reference: string, options: RegistryImageOptions = {}): ExtProcImage {
    need('ExtProcImage.fromRegistry()', 'reference', reference, TEXT_OR_LATER);
    return new ExtProcImage(reference, given(options).pullSecrets);
  }

  /**
   * An image that was built into a folder, such as by `npm run image` of the policy server, and is pushed to a registry as it is.
   * Its digest is read from the folder at synthesis.
   *
   * @param folder an OCI image layout, relative to the working directory of the program, or absolute
   * @param repository where the image is pushed to, without tag
   */
  public static fromOciLayout(folder: string, repository: string, options: RegistryImageOptions = {}): ExtProcImage {
    need('ExtProcImage.fromOciLayout()', 'folder', folder, TEXT);
    need('ExtProcImage.fromOciLayout()', 'repository', repository, TEXT);
    const digest = digestOf(folder);
    return new ExtProcImage(`${repository}@${digest ?? ''}`, given(options).pullSecrets, digest === undefined ? folder : undefined);
  }

  private constructor(
    private readonly reference: string,
    private readonly pullSecrets: readonly string[] | undefined,
    /** A folder that should hold an image, and does not. */
    private readonly unreadable?: string,
  ) {
    allowEach('ExtProcImage', 'pullSecrets', pullSecrets, TEXT_OR_LATER);
  }

  /** @internal */
  public get _intent(): { readonly reference: string; readonly pullSecrets?: readonly string[] } {
    return { reference: this.reference, pullSecrets: this.pullSecrets };
  }

  /** @internal */
  public get _problems(): Problem[] {
    if (this.unreadable !== undefined) {
      return [{
        definition: IMAGE_LAYOUT, prop: 'image', message: 'is no OCI image layout with one image', value: this.unreadable,
        fix: 'build the image first, and give the folder that has its index.json',
      }];
    }
    if (typeof this.reference !== 'string' || PINNED.test(this.reference)) return [];
    return [{
      definition: IMAGE_NOT_PINNED, prop: 'image', message: 'names no digest', value: this.reference, fix: 'append the digest: repository@sha256:…',
    }];
  }
}

/** Of the one image, or index of images, in a layout; undefined where there is none, or more. */
function digestOf(folder: string): string | undefined {
  try {
    const { manifests } = JSON.parse(readFileSync(join(resolve(folder), 'index.json'), 'utf8')) as { manifests: { digest: string }[] };
    return manifests.length === 1 && DIGEST.test(manifests[0].digest) ? manifests[0].digest : undefined;
  } catch {
    return undefined;
  }
}

import { POLICY_SERVER_DIGEST, POLICY_SERVER_REPOSITORY } from './ext-proc-image-release';
import { given } from './misuse';
import { IMAGE_NOT_PINNED } from './policy-codes';
import { Problem } from '../findings/finding';

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
    return new ExtProcImage(`${repository ?? POLICY_SERVER_REPOSITORY}@${POLICY_SERVER_DIGEST}`, pullSecrets);
  }

  /**
   * An image of your own that serves the same protocols.
   *
   * @param reference with a digest: `registry.example.com/policy@sha256:…`
   */
  public static fromRegistry(reference: string, options: RegistryImageOptions = {}): ExtProcImage {
    return new ExtProcImage(reference, given(options).pullSecrets);
  }

  private constructor(private readonly reference: string, private readonly pullSecrets: readonly string[] | undefined) {}

  /** @internal */
  public get _intent(): { readonly reference: string; readonly pullSecrets?: readonly string[] } {
    return { reference: this.reference, pullSecrets: this.pullSecrets };
  }

  /** @internal */
  public get _problems(): Problem[] {
    if (typeof this.reference !== 'string' || /@sha256:[0-9a-f]{64}$/.test(this.reference)) return [];
    return [{
      definition: IMAGE_NOT_PINNED, prop: 'image', message: 'names no digest', value: this.reference, fix: 'append the digest: repository@sha256:…',
    }];
  }
}

import { createRequire } from 'node:module';
import * as pulumi from '@pulumi/pulumi';

interface Identity {
  readonly apiVersion: string;
  readonly kind: string;
}

/** A Kubernetes object of any kind, as the Kubernetes provider of Pulumi manages it. */
export class KubeObject extends pulumi.CustomResource {
  /** API version of the object. */
  declare public readonly apiVersion: pulumi.Output<string>;
  /** Kind of the object. */
  declare public readonly kind: pulumi.Output<string>;
  /** Metadata as the cluster has it. */
  declare public readonly metadata: pulumi.Output<any>;
  /** Specification, for kinds that have one. */
  declare public readonly spec: pulumi.Output<any>;
  /** What controllers report; undefined until they do. */
  declare public readonly status: pulumi.Output<any>;

  /** @internal */
  constructor(name: string, identity: Identity, props: pulumi.Inputs, opts: pulumi.CustomResourceOptions) {
    // An input that is undefined is not sent, and makes room for the output.
    super(typeOf(identity), name, { spec: undefined, status: undefined, ...props }, { version: providerVersion(), ...opts });
  }
}

/** The provider wants a group in the token, also for the core group. */
export function typeOf({ apiVersion, kind }: Identity): string {
  return `kubernetes:${apiVersion.includes('/') ? apiVersion : `core/${apiVersion}`}:${kind}`;
}

let version: string | undefined;

/** The version that the classes of @pulumi/kubernetes name, so that both share one default provider. */
function providerVersion(): string {
  return version ??= (createRequire(__filename)('@pulumi/kubernetes/package.json') as { version: string }).version;
}

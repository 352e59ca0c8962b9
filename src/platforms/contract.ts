import { Problem } from '../findings/finding';
import { GatewayIntent, Manifest, ObjectName, PolicyPointIntent, ProviderIntent, ProviderRef, RouteIntent, TargetInfo } from '../intent';

/** One manifest a platform makes of an intent. */
export interface RenderedObject {
  /** What the object is to its construct, such as `backend`; a platform's own word. */
  readonly role: string;
  /** Construct id of the object. The main object of a construct is `Resource`. */
  readonly id: string;
  readonly manifest: Manifest;
  /** True for kinds without namespace. */
  readonly clusterScoped?: boolean;
  /** The manifest goes out exactly as it is: an encrypted document. */
  readonly verbatim?: boolean;
  /** Objects with the same key are one: the first construct of a tree that needs it places it for all. */
  readonly sharedKey?: string;
  /**
   * Which property of the construct decides a part of the manifest: keys are
   * manifest paths (`spec.endpoints[0].fqdn.hostname`), the longest prefix wins.
   */
  readonly props?: { readonly [manifestPath: string]: string };
  /** Paths of the rules of a route whose author lists the client APIs they are for, which no manifest can say. */
  readonly apisDeclared?: readonly string[];
  /** True where the credential that was declared could not be expressed, which is told: the manifest is without one for no other reason. */
  readonly credentialRefused?: boolean;
}

/** What a platform makes of one intent: objects in apply order, and what it cannot express. */
export interface Rendering {
  readonly objects: readonly RenderedObject[];
  readonly problems: readonly Problem[];
  /**
   * What a route needs beside its providers, in their namespaces, such as a form of a provider for one model. Each
   * provider has an object of the same id once, whichever routes ask for it.
   */
  readonly besideProviders?: readonly BesideProvider[];
}

export interface BesideProvider {
  readonly provider: ProviderRef;
  readonly objects: readonly RenderedObject[];
}

/** A request to let routes of one namespace use a provider of another. */
export interface GrantIntent {
  /** Name for the grant object. */
  readonly name: string;
  readonly provider: ObjectName;
  readonly fromNamespace: string;
}

/** What a cluster's administrator decides beside the release. */
export interface ClusterSetupIntent {
  /** Redis for token limits, `host:port`; unset leaves them out. */
  readonly redisUrl?: string;
  /** True where cert-manager issues the webhook's certificate. */
  readonly certManager?: boolean;
}

/** What a cluster needs once before any manifest works. */
export interface ClusterSetupPlan {
  readonly files: readonly { readonly name: string; readonly purpose: string; readonly values: object }[];
  /** Commands that install with those files, in order. */
  readonly commands: readonly string[];
}

/**
 * A platform: pure functions from intent to manifests for one gateway and
 * release. Same input, same output; no cdk8s, no file system, no clock.
 */
export interface PlatformRenderer {
  readonly target: TargetInfo;
  /** Apply order: kinds of an earlier list are needed by those of a later one. */
  readonly applyOrder: readonly (readonly string[])[];
  /** True where a role of the proxy's pods takes the place of an access key that a provider stores. */
  readonly rolesOutrankKeys?: boolean;
  provider(intent: ProviderIntent, place: ObjectName): Rendering;
  route(intent: RouteIntent): Rendering;
  gateway(intent: GatewayIntent): Rendering;
  grant(intent: GrantIntent): Rendering;
  /** Left out where the gateway cannot ask a policy server. */
  policyPoint?(intent: PolicyPointIntent): Rendering;
  clusterSetup(intent: ClusterSetupIntent): ClusterSetupPlan;
}

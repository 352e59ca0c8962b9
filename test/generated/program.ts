import type { PolicyAudit, PolicyFront, ProxyLogLevel, ProxyServiceType } from '../../src';

/**
 * A program over the public API as plain data, so that it can be printed, shrunk and kept. References to charts,
 * providers and gateways are positions in their lists, counted around, so that a part can be left out.
 */
export interface Program {
  readonly platform: PlatformDescription;
  readonly charts: readonly ChartDescription[];
  readonly providers: readonly ProviderDescription[];
  readonly gateways: readonly GatewayDescription[];
  readonly routes: readonly RouteDescription[];
  readonly raws: readonly RawDescription[];
  /** Some texts are known only at synthesis. */
  readonly late: boolean;
  /** Warnings stop synthesis. */
  readonly strict: boolean;
  /** First sync wave of Argo CD. */
  readonly syncWave?: number;
  /** Namespaces in which nothing else exists. */
  readonly complete: readonly string[];
  readonly setup?: { readonly redisUrl?: string; readonly certManager?: boolean };
  /** Policy servers in front of gateways. */
  readonly policyPoints?: readonly PolicyPointDescription[];
  /** Everything that may be acknowledged is. */
  readonly acknowledged?: boolean;
  /** Changes of finished manifests. */
  readonly patches?: readonly PatchDescription[];
}

export type ReleaseName = 'v0.5' | 'v0.6' | 'v0.7' | 'v1.0' | 'v1.1';
export type EnvoyGatewayName = 'v1.6' | 'v1.7' | 'v1.8';

export type OtherGateway = 'agentgateway' | 'kgateway';

export interface PlatformDescription {
  /** @default - Envoy AI Gateway */
  readonly gateway?: OtherGateway;
  readonly release: ReleaseName | 'v1.4' | 'v2.1';
  readonly envoyGateway?: EnvoyGatewayName;
  readonly channel: 'standard' | 'experimental';
  /** Chosen on the app, or on every chart. */
  readonly on: 'app' | 'charts';
}

export interface ChartDescription {
  readonly id: string;
  readonly namespace?: string;
  readonly labels?: { readonly [name: string]: string };
  readonly plainNames: boolean;
}

export const PROVIDER_KINDS = [
  'openai', 'anthropic', 'gemini', 'cohere', 'compatible', 'bedrock', 'bedrockAnthropic', 'azureV1', 'azureDeployments',
  'vertex', 'vertexAnthropic', 'inCluster', 'existing',
] as const;
export type ProviderKind = (typeof PROVIDER_KINDS)[number];

/** Which properties a kind reads is the interpreter's affair; the others are ignored. */
export interface ProviderDescription {
  readonly id: string;
  readonly kind: ProviderKind;
  readonly chart: number;
  readonly credential: CredentialDescription;
  readonly name?: string;
  readonly headers?: HeadersDescription;
  readonly body?: BodyDescription;
  readonly hostname?: string;
  readonly port?: number;
  readonly tls?: TlsDescription;
  readonly pathPrefix?: string;
  readonly organization?: string;
  readonly project?: string;
  /** Name of a constant of `Vendor`; otherwise `hostname` makes one. */
  readonly vendor?: string;
  readonly region?: string;
  readonly endpoint?: { readonly form: string; readonly text?: string };
  readonly resource?: string;
  readonly apiVersion?: string;
  readonly location?: string;
  readonly server?: { readonly form: string; readonly port: number };
  readonly transparent?: boolean;
  readonly service?: { readonly form: 'name' | 'construct'; readonly name: string; readonly namespace?: string; readonly domain?: string; readonly port: number };
  /** API of an existing provider. */
  readonly api?: string;
  /** Namespaces of routes of another repository. */
  readonly admits: readonly string[];
}

export interface TlsDescription {
  readonly form: 'public' | 'private' | 'plaintext';
  readonly configMap?: string;
  readonly serverName?: string;
}

export interface HeadersDescription {
  readonly set: readonly SettingDescription[];
  readonly remove: readonly string[];
}

/** Values of a body are JSON. */
export interface SettingDescription {
  readonly name: string;
  readonly value: string;
}

export interface BodyDescription {
  readonly set: readonly SettingDescription[];
  readonly setPaths: readonly SettingDescription[];
  readonly remove: readonly string[];
  readonly removePaths: readonly string[];
}

export interface StoreDescription {
  readonly form: 'cluster' | 'namespaced';
  readonly name: string;
  readonly refreshSeconds?: number;
  readonly refreshPolicy?: string;
  readonly targetName?: string;
  readonly creationPolicy?: string;
  readonly deletionPolicy?: string;
}

/** Where a stored value comes from. `name` also tells files apart. */
export interface SecretDescription {
  readonly form: 'name' | 'construct' | 'external' | 'extract' | 'sops' | 'sopsSecret' | 'sealed';
  readonly name: string;
  readonly store: StoreDescription;
  readonly key: string;
  readonly property?: string;
  readonly version?: string;
  /** Whether the keys of an existing Secret are told. */
  readonly keys: boolean;
  /** Whether a file becomes part of the output. */
  readonly embed: boolean;
}

export interface OidcDescription {
  readonly issuer: string;
  readonly clientId: string;
  readonly secret: SecretDescription;
  readonly tokenEndpoint?: string;
  readonly scopes?: readonly string[];
  readonly audience?: string;
  readonly grantType?: string;
}

export const CREDENTIAL_KINDS = [
  'apiKey', 'none', 'passThrough',
  'aws', 'awsParts', 'awsPartsExtract', 'awsPodIdentity', 'awsIrsa', 'awsOidc',
  'azureKey', 'azureSecret', 'azureOidc',
  'gcp', 'gcpAdc', 'gcpFederation', 'gcpToken',
  'unknown',
] as const;
export type CredentialKind = (typeof CREDENTIAL_KINDS)[number];

export interface CredentialDescription {
  readonly kind: CredentialKind;
  readonly secret: SecretDescription;
  readonly oidc: OidcDescription;
  /** Headers that pass through. */
  readonly headers: readonly string[];
  /** Role, client, service account or project, as the kind calls it. */
  readonly principal?: string;
  /** Whether parts of an AWS key have a session token. */
  readonly session: boolean;
}

export interface ResourcesDescription {
  readonly cpuRequest?: string;
  readonly cpuLimit?: string;
  readonly memoryRequest?: string;
  readonly memoryLimit?: string;
}

export interface ListenerDescription {
  readonly protocol: 'http' | 'https';
  readonly name?: string;
  readonly port?: number;
  readonly hostname?: string;
  readonly certificate: string;
}

export interface GatewayDescription {
  readonly id: string;
  readonly chart: number;
  readonly existing: boolean;
  readonly name?: string;
  readonly namespace?: string;
  readonly className?: string;
  readonly listeners?: readonly ListenerDescription[];
  readonly routeNamespaces?: { readonly form: 'same' | 'all' | 'named'; readonly names: readonly string[] };
  readonly maxBodyKib?: number;
  readonly http2WindowKib?: number;
  readonly proxy?: {
    readonly replicas?: number;
    readonly resources?: ResourcesDescription;
    readonly serviceType?: ProxyServiceType;
    readonly serviceAnnotations?: { readonly [key: string]: string };
    readonly serviceAccountName?: string;
    readonly logLevel?: ProxyLogLevel;
  };
  readonly sidecar?: {
    readonly resources?: ResourcesDescription;
    readonly env?: { readonly [name: string]: { readonly value?: string; readonly secret?: string; readonly key?: string } };
    readonly image?: string;
    readonly imageRepository?: string;
  };
  readonly modelRouting?: boolean;
}

export type TargetDescription =
  | { readonly kind: 'model'; readonly provider: number; readonly model?: string; readonly headers?: HeadersDescription; readonly body?: BodyDescription }
  | { readonly kind: 'split'; readonly members: readonly { readonly to: TargetDescription; readonly weight: number }[] }
  | { readonly kind: 'fallback'; readonly levels: readonly TargetDescription[] };

export interface FailoverDescription {
  readonly statusCodes?: readonly number[];
  readonly perTryMs?: number;
  readonly connectMs?: number;
  readonly attemptsPerLevel?: number;
  readonly consecutiveErrors?: number;
  readonly ejectionMs?: number;
  readonly failFast?: boolean;
}

export interface EntryDescription {
  readonly match: { readonly kind: 'exact' | 'pattern' | 'any' | 'path' | 'wholePath'; readonly texts: readonly string[] };
  /** Of paths alone. */
  readonly rewrite?: { readonly kind: 'full' | 'prefix'; readonly text: string };
  readonly target: TargetDescription;
  readonly headerMatches?: readonly { readonly name: string; readonly value: string; readonly pattern: boolean }[];
  readonly timeoutMs?: number;
  readonly streamIdleMs?: number;
  readonly retries?: number;
  readonly failover?: FailoverDescription;
  readonly ownedBy?: string;
  /** Seconds since 1970. */
  readonly createdAt?: number;
  readonly apis?: readonly string[];
}

export interface RouteDescription {
  readonly id: string;
  /** How it is made: by `addModel()`, by `addPattern()` or `addCatchAll()`, as a `ModelRoute`, by `addPath()`, or as a `PathRoute`. */
  readonly by: 'model' | 'pattern' | 'route' | 'path' | 'pathRoute';
  readonly chart: number;
  readonly gateways: readonly number[];
  readonly entries: readonly EntryDescription[];
  readonly hostnames?: readonly string[];
  readonly name?: string;
}

/** An object that no construct of ours makes. */
export interface RawDescription {
  readonly id: string;
  readonly chart: number;
  readonly form: 'configMap' | 'healthRoute' | 'gatewayRateLimit' | 'provider' | 'modelRoute' | 'certificate';
  readonly name: string;
  readonly gateway: number;
  /** It comes from a YAML file. */
  readonly included?: boolean;
}

/** A JSON patch on one of all objects, at one place of its manifest. */
export interface PatchDescription {
  readonly object: number;
  readonly place: number;
  readonly change: 'remove' | 'replace' | 'label';
  /** What stands there instead. */
  readonly with: number;
}

export interface PolicyPointDescription {
  readonly id: string;
  readonly gateway: number;
  readonly policy: PolicyDescription;
  readonly tenants?: TenantsDescription;
  readonly front?: PolicyFront;
  readonly image?: { readonly form: 'bundled' | 'registry'; readonly reference?: string; readonly pullSecrets?: readonly string[] };
  readonly replicas?: number;
  readonly autoscaling?: { readonly minReplicas: number; readonly maxReplicas: number; readonly targetCpuPercent?: number };
  readonly resources?: ResourcesDescription;
  readonly audit?: PolicyAudit;
  readonly networkPolicy?: boolean;
  readonly proxyNamespace?: string;
  readonly name?: string;
  /** Who takes the keys of the slot at the same place. */
  readonly handOvers: readonly { readonly provider: number; readonly shared?: boolean }[];
}

/** What a policy says, and whether as JSON. */
export interface PolicyDescription {
  readonly json: boolean;
  readonly source?: { readonly header?: string; readonly claim?: { readonly provider: string; readonly path: readonly string[] } };
  readonly limits?: { readonly maxBodyBytes?: number; readonly maxMessages?: number; readonly maxTextLength?: number };
  readonly rules: readonly {
    readonly id: string;
    readonly builtin?: string;
    readonly pattern?: string;
    readonly action: string;
    readonly replacement?: string;
  }[];
  readonly slots: readonly { readonly name: string; readonly type: string; readonly header: string }[];
  readonly tenants: readonly {
    readonly name: string;
    readonly allow: readonly string[];
    readonly deny?: readonly string[];
    readonly exceptRules?: readonly string[];
    /** A folder for each slot; its Secret has the name of the folder. */
    readonly folders: readonly string[];
  }[];
}

export interface TenantsDescription {
  readonly form: 'token' | 'apiKeys' | 'trustedHeader';
  readonly issuer: string;
  readonly jwksUri: string;
  readonly audiences?: readonly string[];
  readonly claim?: string;
  readonly provider?: string;
  readonly secrets: readonly string[];
  readonly header?: string;
}

/** What the assembly does not say. */

/** Members whose value has to be known when the program runs, by `Type.member` or `Type.method.parameter`; `*` is any type. */
const KNOWN: readonly RegExp[] = [
  // Names of objects: Pulumi decides by them what is replaced.
  /^\w+Props\.name$/, /^Add\w+Options\.name$/,
  // Times and attempts are computed from them.
  /^RouteEntryOptions\.retries$/, /^FailoverOptions\./,
  // They become part of a template for another engine.
  /^\w+ExtractOptions\.(\w+P|p)roperty$/,
  // Files are read when the program runs.
  /^\w+\.from\w+File\.path$/, /^SopsFileOptions\./, /^SealedSecretFileOptions\./,
  // Compared with others, or decisive for what else is removed.
  /^PolicyPoint\.handOver\.slot$/, /^TenantTokenOptions\.(claim|provider)$/, /^ApiKey\.passThrough\.headers$/,
  // Parsed at once.
  /^JsonValue\.json\.text$/,
  /^Checks\./,
];

export function mustBeKnown(member: string): boolean {
  return KNOWN.some(pattern => pattern.test(member));
}

/** What Pulumi programs do not get, and why. */
const OMITTED: { readonly [member: string]: string } = {
  'Platform.use': 'components are given their platform as an argument',
  'Platform.of': 'see Platform.use',
  'ArgoCD': 'Pulumi orders objects itself',
  'ClusterSetup': 'it writes values for Helm, for which Pulumi has resources',
};

/** Factories that take a construct of cdk8s-plus: a Pulumi program names the resource with an Output. Nothing decrypts SOPS under Pulumi. */
const OMITTED_METHODS = /^\w+\.(fromSecret|fromService|fromSopsFile)$/;

export function isOmitted(member: string): boolean {
  return member in OMITTED || OMITTED_METHODS.test(member) || member.startsWith('Sops') || member === 'SyncWaveOptions' || member === 'ClusterSetupOptions';
}

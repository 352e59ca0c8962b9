/**
 * Fields typed `unknown`, by kind, because we never write below them and their types would fill the files. An
 * entry is the end of a path: `backendSettings` is meant wherever it occurs, `spec.wasm` once.
 */
export const pruned: { readonly [kind: string]: readonly string[] } = {
  AIGatewayRoute: ['spec.filterConfig'],
  BackendSecurityPolicy: ['provider.backendSettings'],
  GatewayConfig: ['kubernetes.securityContext'],
  BackendTrafficPolicy: ['loadBalancer.dynamicModule', 'spec.faultInjection', 'spec.responseOverride'],
  EnvoyProxy: [
    'backendSettings',
    'container.securityContext',
    'env[].valueFrom',
    'envoyDeployment.initContainers',
    'kubernetes.envoyDaemonSet',
    'kubernetes.envoyHpa',
    'pod.affinity',
    'pod.securityContext',
    'pod.topologySpreadConstraints',
    'pod.volumes',
    'spec.dynamicModules',
    'spec.geoIP',
    'telemetry.tracing',
  ],
  SecurityPolicy: ['backendSettings', 'spec.authorization', 'spec.basicAuth', 'spec.cors', 'spec.oidc'],
  EnvoyExtensionPolicy: ['backendSettings', 'spec.dynamicModule', 'spec.lua', 'spec.wasm'],
};

/** Matches paths against the list and remembers which entries were of use. */
export class PruneList {
  private readonly unused: Set<string>;

  constructor(private readonly entries: { readonly [kind: string]: readonly string[] }) {
    this.unused = new Set(Object.entries(entries).flatMap(([kind, ends]) => ends.map((end) => `${kind} ${end}`)));
  }

  /** Tells whether the list names the path, which starts with the kind. */
  public readonly has = (path: string): boolean => {
    const kind = path.split('.', 1)[0] ?? '';
    const end = this.entries[kind]?.find((candidate) => path.endsWith(`.${candidate}`));
    this.unused.delete(`${kind} ${end}`);
    return end !== undefined;
  };

  /** An entry that matches nothing is a typing error, or upstream has moved the field. */
  public refuseUnused(): void {
    if (this.unused.size > 0) {
      throw new Error(`prune list names fields that no release has: ${[...this.unused].join(', ')}`);
    }
  }
}

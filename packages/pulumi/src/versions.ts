/** Versions in which a group was served before, oldest last. An object keeps its state when its version moves on. */
const EARLIER: { readonly [group: string]: readonly string[] | undefined } = {
  'aigateway.envoyproxy.io': ['v1', 'v1beta1', 'v1alpha1'],
  'gateway.networking.k8s.io': ['v1', 'v1beta1', 'v1alpha3', 'v1alpha2'],
  'gateway.envoyproxy.io': ['v1', 'v1beta1', 'v1alpha1'],
  'external-secrets.io': ['v1', 'v1beta1', 'v1alpha1'],
  'agentgateway.dev': ['v1', 'v1beta1', 'v1alpha1'],
  'gateway.kgateway.dev': ['v1', 'v1beta1', 'v1alpha1'],
};

/** Types under which the same object may be in the state: with the version in the type, a new one would be a new resource. */
export function earlierTypes(apiVersion: string, kind: string): string[] {
  const [group, version] = apiVersion.split('/');
  const versions = EARLIER[group] ?? [];
  const at = versions.indexOf(version);
  return at < 0 ? [] : versions.slice(at + 1).map(earlier => `kubernetes:${group}/${earlier}:${kind}`);
}

import { ResourcesIntent, WorkloadIdentity } from '../../intent';

/** `resources` of a container. */
export function renderResources(intent: ResourcesIntent): object {
  const part = (cpu: string | undefined, memory: string | undefined) => ({
    ...(cpu === undefined ? {} : { cpu }),
    ...(memory === undefined ? {} : { memory }),
  });
  const requests = part(intent.cpuRequest, intent.memoryRequest);
  const limits = part(intent.cpuLimit, intent.memoryLimit);
  return {
    ...(Object.keys(requests).length > 0 ? { requests } : {}),
    ...(Object.keys(limits).length > 0 ? { limits } : {}),
  };
}

/** Annotations that give a service account the identities of clouds. */
export function identityAnnotations(identities: readonly WorkloadIdentity[]): { [key: string]: string } {
  const annotations: { [key: string]: string } = {};
  for (const identity of identities) {
    if (identity.principal === undefined) continue;
    if (identity.kind === 'aws-irsa') annotations['eks.amazonaws.com/role-arn'] = identity.principal;
    if (identity.kind === 'azure-workload-identity') annotations['azure.workload.identity/client-id'] = identity.principal;
    if (identity.kind === 'gcp-adc') annotations['iam.gke.io/gcp-service-account'] = identity.principal;
  }
  return annotations;
}

/** Labels that make pods get the identities of clouds. */
export function identityLabels(identities: readonly WorkloadIdentity[]): { [key: string]: string } {
  return identities.some(({ kind }) => kind === 'azure-workload-identity') ? { 'azure.workload.identity/use': 'true' } : {};
}

const MEBIBYTE = 1024 * 1024;

/** Bytes as a Kubernetes quantity. */
export function quantity(bytes: number): string {
  return bytes > 0 && bytes % MEBIBYTE === 0 ? `${bytes / MEBIBYTE}Mi` : String(bytes);
}

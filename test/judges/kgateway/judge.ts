import { kgatewaySchemas } from './schemas';
import { Complaint, print } from '../crd/complaint';
import { checkContent } from '../crd/content';
import { CrdJudge } from '../crd/judge';
import { copyJson } from '../crd/json';
import { checkMetadata } from '../crd/metadata';

const API_VERSION = 'gateway.kgateway.dev/v1alpha1';

/** Why a cluster with kgateway 2.1 refuses manifests; other kinds are judged by their CRDs. */
export function judgeKgateway(manifests: readonly unknown[], options: { readonly encrypted?: boolean } = {}): string[] {
  return manifests.flatMap((manifest) => {
    const { apiVersion, kind, metadata } = manifest as { apiVersion: string; kind: string; metadata: { name: string } };
    // Envoy AI Gateway v0.5 is there for its Gateway API, which is that of kgateway 2.1.
    if (apiVersion !== API_VERSION) return CrdJudge.load({ aiGateway: 'v0.5.0' }).judgeAll([manifest], options);
    const schema = kgatewaySchemas[kind];
    if (!schema) return [`${kind} ${metadata.name}: no such kind in ${API_VERSION}`];
    const complaints: Complaint[] = [];
    checkMetadata(metadata, { namespaced: true, names: 'subdomain' }, complaints);
    checkContent(schema, copyJson(manifest) as Record<string, unknown>, complaints);
    return complaints.map(complaint => `${kind} ${metadata.name}: ${print(complaint)}`);
  });
}

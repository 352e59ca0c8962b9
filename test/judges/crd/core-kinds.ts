import { Complaint, isObject } from './complaint';
import type { NameRule } from './metadata';
import { Schema } from './schema';

/** A kind that every cluster has. */
export interface CoreKind {
  readonly namespaced: boolean;
  readonly names: NameRule;
  /** Without one, only the metadata of the kind is judged. */
  readonly schema?: Schema;
  readonly check?: (object: Readonly<Record<string, unknown>>, complaints: Complaint[]) => void;
}

/** Kinds by API version; the cluster-scoped ones are named again below. */
const KINDS: Record<string, string> = {
  'v1': 'ConfigMap Endpoints Event LimitRange Namespace Node PersistentVolume PersistentVolumeClaim Pod PodTemplate '
    + 'ReplicationController ResourceQuota Secret Service ServiceAccount',
  'admissionregistration.k8s.io/v1': 'MutatingWebhookConfiguration ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding '
    + 'ValidatingWebhookConfiguration',
  'apiextensions.k8s.io/v1': 'CustomResourceDefinition',
  'apps/v1': 'ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet',
  'autoscaling/v1': 'HorizontalPodAutoscaler',
  'autoscaling/v2': 'HorizontalPodAutoscaler',
  'batch/v1': 'CronJob Job',
  'coordination.k8s.io/v1': 'Lease',
  'discovery.k8s.io/v1': 'EndpointSlice',
  'networking.k8s.io/v1': 'Ingress IngressClass NetworkPolicy',
  'policy/v1': 'PodDisruptionBudget',
  'rbac.authorization.k8s.io/v1': 'ClusterRole ClusterRoleBinding Role RoleBinding',
  'scheduling.k8s.io/v1': 'PriorityClass',
  'storage.k8s.io/v1': 'CSIDriver StorageClass VolumeAttachment',
};

const CLUSTER_SCOPED: ReadonlySet<string> = new Set((
  'Namespace Node PersistentVolume MutatingWebhookConfiguration ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding '
  + 'ValidatingWebhookConfiguration CustomResourceDefinition IngressClass ClusterRole ClusterRoleBinding PriorityClass CSIDriver '
  + 'StorageClass VolumeAttachment'
).split(' '));

const NAMES: Record<string, NameRule> = {
  Namespace: 'label',
  Service: 'label-from-letter',
  Role: 'path-segment',
  RoleBinding: 'path-segment',
  ClusterRole: 'path-segment',
  ClusterRoleBinding: 'path-segment',
};

const MAX_BYTES = 1_048_576;
const DATA_KEY = /^[-._a-zA-Z0-9]+$/;

const text: Schema = { type: 'string' };
const texts: Schema = { type: 'object', additionalProperties: text };
const base64s: Schema = { type: 'object', additionalProperties: { type: 'string', format: 'byte' } };
const truth: Schema = { type: 'boolean' };

function fields(properties: Record<string, Schema>): Schema {
  return { type: 'object', properties };
}

function listOf(items: Schema): Schema {
  return { type: 'array', items };
}

const schemas: Record<string, Pick<CoreKind, 'schema' | 'check'>> = {
  Secret: {
    schema: fields({ data: base64s, stringData: texts, type: text, immutable: truth }),
    check: checkSecret,
  },
  ConfigMap: {
    schema: fields({ data: texts, binaryData: base64s, immutable: truth }),
    check: checkConfigMap,
  },
  ServiceAccount: {
    schema: fields({
      automountServiceAccountToken: truth,
      imagePullSecrets: listOf(fields({ name: text })),
      secrets: listOf(fields({
        apiVersion: text, fieldPath: text, kind: text, name: text, namespace: text, resourceVersion: text, uid: text,
      })),
    }),
  },
  Namespace: {
    schema: fields({ spec: fields({ finalizers: listOf(text) }), status: { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true } }),
  },
};

/** Data keys that a built-in type of Secret must have. */
const KEYS_OF_TYPE: Record<string, readonly string[]> = {
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
};

/** A kind of the cluster itself, or `undefined` for a kind that some CRD must bring. */
export function coreKind(apiVersion: string, kind: string): CoreKind | undefined {
  if (!KINDS[apiVersion]?.split(' ').includes(kind)) return undefined;
  return { namespaced: !CLUSTER_SCOPED.has(kind), names: NAMES[kind] ?? 'subdomain', ...(apiVersion === 'v1' ? schemas[kind] : {}) };
}

/** A Secret as sops leaves it: its values are ciphertext, also where the cluster wants base64. */
export function encryptedSecret(kind: CoreKind): CoreKind {
  return {
    ...kind,
    schema: fields({ ...kind.schema?.properties, data: texts, sops: { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true } }),
  };
}

function checkSecret(secret: Readonly<Record<string, unknown>>, complaints: Complaint[]): void {
  const data = { ...checkKeys(secret, 'data', complaints), ...checkKeys(secret, 'stringData', complaints) };
  for (const key of KEYS_OF_TYPE[String(secret.type)] ?? []) {
    if (!Object.hasOwn(data, key)) complaints.push({ path: `data[${key}]`, message: `required value of type ${String(secret.type)}` });
  }
  checkSize(data, complaints);
}

function checkConfigMap(map: Readonly<Record<string, unknown>>, complaints: Complaint[]): void {
  const data = checkKeys(map, 'data', complaints);
  const binaryData = checkKeys(map, 'binaryData', complaints);
  for (const key of Object.keys(data)) {
    if (Object.hasOwn(binaryData, key)) complaints.push({ path: `binaryData[${key}]`, message: 'duplicate of a key in data' });
  }
  checkSize({ ...data, ...binaryData }, complaints);
}

function checkKeys(object: Readonly<Record<string, unknown>>, name: string, complaints: Complaint[]): Record<string, unknown> {
  const data = object[name];
  if (!isObject(data)) return {};
  for (const key of Object.keys(data)) {
    if (key.length > 253 || !DATA_KEY.test(key) || key === '.' || key.startsWith('..')) {
      complaints.push({ path: `${name}[${key}]`, message: 'must have a key of at most 253 letters, digits, "-", "_" or "."' });
    }
  }
  return data;
}

/** Encoded values are a third longer than what counts, so that the limit is met a little early. */
function checkSize(data: Readonly<Record<string, unknown>>, complaints: Complaint[]): void {
  const bytes = Object.values(data).reduce<number>((sum, value) => sum + Buffer.byteLength(String(value)), 0);
  if (bytes > MAX_BYTES) complaints.push({ path: 'data', message: `must have at most ${MAX_BYTES} bytes, got ${bytes}` });
}

/** A Kubernetes manifest as plain data. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ManifestMetadata;
  readonly [field: string]: unknown;
}

export interface ManifestMetadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: { readonly [key: string]: string };
  readonly annotations?: { readonly [key: string]: string };
  readonly [field: string]: unknown;
}

/** Where an object lives: its name, and its namespace where the chart gives one. */
export interface ObjectName {
  readonly name: string;
  readonly namespace?: string;
}

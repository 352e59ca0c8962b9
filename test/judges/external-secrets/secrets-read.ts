/** One value that the gateway takes from a Secret. */
export interface SecretRead {
  readonly secret: string;
  readonly key: string;
  /** Data keys that are read beside it. */
  readonly others?: readonly string[];
  /** What the gateway reads the value with, where it is no plain text. */
  readonly reader?: 'aws' | 'google';
}

/** Beside `accessKey`, where the parts of an AWS key are keys of their own. */
const AWS_BESIDE = ['secretKey', 'sessionToken'];

/**
 * What Envoy AI Gateway reads for a BackendSecurityPolicy. The data keys are constants of its controller; they are
 * written down here once more, so that a mistake in the library's own table is not judged by itself.
 */
export function secretsReadBy({ spec }: { readonly spec: any }): SecretRead[] {
  const { awsCredentials, azureCredentials, gcpCredentials } = spec;
  const tokens = [awsCredentials, azureCredentials, gcpCredentials?.workloadIdentityFederationConfig].map(block => block?.oidcExchangeToken);
  return [
    ...[spec.apiKey, spec.anthropicAPIKey, spec.azureAPIKey].flatMap(block => read(block?.secretRef, 'apiKey')),
    ...read(awsCredentials?.credentialsFile?.secretRef, 'credentials', 'aws'),
    ...read(azureCredentials?.clientSecretRef, 'client-secret'),
    ...read(gcpCredentials?.credentialsFile?.secretRef, 'service_account.json', 'google'),
    ...tokens.flatMap(token => read(token?.oidc.clientSecret, 'client-secret')),
  ];
}

/** The same of an AgentgatewayBackend. */
export function secretsReadByAgentgateway({ spec }: { readonly spec: any }): SecretRead[] {
  const { secretRef, aws, azure, gcp } = spec.policies?.auth ?? {};
  return [
    ...read(secretRef, secretRef?.key ?? 'Authorization'),
    ...read(aws?.secretRef, 'accessKey', undefined, AWS_BESIDE),
    ...read(azure?.secretRef, 'clientSecret', undefined, ['clientID', 'tenantID']),
    ...read(gcp?.secretRef, gcp?.secretRef?.key ?? 'credentials.json', 'google'),
  ];
}

/** The same of a Backend of kgateway. */
export function secretsReadByKgateway({ spec }: { readonly spec: any }): SecretRead[] {
  const { llm, priorityGroups = [] } = spec.ai ?? {};
  const providers = [llm, ...priorityGroups.flatMap((group: any) => group.providers)].filter(provider => provider !== undefined);
  return providers.flatMap(provider => Object.values<any>(provider)).flatMap(settings => [
    ...read(settings?.authToken?.secretRef, 'Authorization'),
    ...read(settings?.auth?.secretRef, 'accessKey', undefined, AWS_BESIDE),
  ]);
}

function read(ref: { readonly name: string } | undefined, key: string, reader?: SecretRead['reader'], others?: readonly string[]): SecretRead[] {
  return ref === undefined ? [] : [{ secret: ref.name, key, ...(reader && { reader }), ...(others && { others }) }];
}

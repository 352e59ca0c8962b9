import { Construct } from 'constructs';
import { allow, given, madeCredential, made, need, OBJECT, SCOPE, Shape } from './misuse';

export { API_KEY } from './misuse';

export const AWS_CREDENTIALS = madeCredential('_intent', 'AwsCredentials, such as AwsCredentials.podIdentity()');
export const AZURE_CREDENTIALS = madeCredential('_intent', 'AzureCredentials, such as AzureCredentials.clientSecret({ … })');
export const GCP_CREDENTIALS = madeCredential('_intent', 'GcpCredentials, such as GcpCredentials.fromSecretName("…")');
export const SERVICE = made('_host', 'an InClusterService, such as InClusterService.fromServiceName("…")');
export const VENDOR: Shape = { wanted: 'a Vendor, such as Vendor.GROQ', fits: value => value !== null && typeof value === 'object' && 'hostname' in value };
export const TLS: Shape = {
  // Plaintext is one without a value; of anything else it would be made.
  wanted: 'a ProviderTls, such as ProviderTls.publicCa()', fits: value => typeof value === 'object' && value !== null && '_intent' in value,
};
export const ENDPOINT = made('_host', 'an endpoint, such as BedrockEndpoint.fips() or AzureOpenAIEndpoint.foundry()');
export const SERVER: Shape = { wanted: 'a ModelServer, such as ModelServer.VLLM', fits: value => value !== null && typeof value === 'object' && 'port' in value };

/**
 * The properties of a provider without those that are null, which in other languages is how one is left out. Asked before
 * the construct exists, because what it passes on is made of them, so its path is put together here.
 *
 * @param needed what has to be there
 * @param allowed what can be left out
 */
export function needProps<T extends object>(
  scope: Construct, id: string, props: T, needed: { readonly [prop in keyof T]?: Shape }, allowed: { readonly [prop in keyof T]?: Shape } = {},
): T {
  need(String(id), 'scope', scope, SCOPE);
  const where = [scope.node.path, id].filter(Boolean).join('/');
  need(where, 'props', props, OBJECT);
  const values = props as { readonly [prop: string]: unknown };
  for (const [prop, shape] of Object.entries(needed) as [string, Shape][]) need(where, prop, values[prop], shape);
  for (const [prop, shape] of Object.entries({ tls: TLS, ...allowed }) as [string, Shape][]) allow(where, prop, values[prop], shape);
  return given(props);
}

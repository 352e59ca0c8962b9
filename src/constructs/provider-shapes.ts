import { Construct } from 'constructs';
import { madeCredential, made, need, OBJECT, SCOPE, Shape } from './misuse';

export { API_KEY } from './misuse';

export const AWS_CREDENTIALS = madeCredential('_intent', 'AwsCredentials, such as AwsCredentials.podIdentity()');
export const AZURE_CREDENTIALS = madeCredential('_intent', 'AzureCredentials, such as AzureCredentials.clientSecret({ … })');
export const GCP_CREDENTIALS = madeCredential('_intent', 'GcpCredentials, such as GcpCredentials.fromSecretName("…")');
export const SERVICE = made('_host', 'an InClusterService, such as InClusterService.fromServiceName("…")');
export const VENDOR: Shape = { wanted: 'a Vendor, such as Vendor.GROQ', fits: value => value !== null && typeof value === 'object' && 'hostname' in value };
export const SERVER: Shape = { wanted: 'a ModelServer, such as ModelServer.VLLM', fits: value => value !== null && typeof value === 'object' && 'port' in value };

/**
 * Properties a provider cannot be made without. Asked before the construct exists,
 * because what it passes on is made of them, so its path is put together here.
 */
export function needProps<T extends object>(scope: Construct, id: string, props: T, shapes: { readonly [prop in keyof T]?: Shape }): T {
  need(String(id), 'scope', scope, SCOPE);
  const where = [scope.node.path, id].filter(Boolean).join('/');
  need(where, 'props', props, OBJECT);
  for (const [prop, shape] of Object.entries(shapes) as [string, Shape][]) need(where, prop, (props as { [prop: string]: unknown })[prop], shape);
  return props;
}

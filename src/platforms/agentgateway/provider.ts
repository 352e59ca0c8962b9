import { backendObject, renderBackend } from './backend';
import { Release } from './releases';
import { ObjectName, ProviderIntent } from '../../intent';
import { RenderedObject, Rendering } from '../contract';
import { BackendForm } from '../declared/backend-form';
import { mergedHeaders } from '../declared/caller-credentials';

/** Secret and AgentgatewayBackend: in apply order. */
export function renderProvider(intent: ProviderIntent, place: ObjectName, release: Release): Rendering {
  const rendered = renderBackend(intent, place, {}, release);
  const possible = rendered.llm !== undefined || rendered.static !== undefined;
  return {
    objects: [...rendered.secrets, ...(possible ? [backendObject(rendered, place, 'Resource', backendProps(intent))] : [])],
    problems: rendered.problems,
  };
}

const KINDS = ['openai', 'anthropic', 'gemini', 'vertexai', 'bedrock', 'azure', 'custom'];

/** Which property decides which part of a backend. */
export function backendProps(intent: ProviderIntent, form: BackendForm = {}): NonNullable<RenderedObject['props']> {
  const { hostnameProp = 'hostname', portProp = 'port' } = intent.endpoint;
  const credential = intent.credential.prop ?? 'credentials';
  const provider = 'spec.ai.provider';
  const headers = `${form.headers ? 'model().' : ''}headers`;
  const props: { [path: string]: string } = {
    'metadata.name': 'name',
    [`${provider}.host`]: hostnameProp,
    [`${provider}.port`]: portProp,
    [`${provider}.path`]: intent.props?.pathPrefix ?? 'pathPrefix',
    [`${provider}.pathPrefix`]: intent.props?.pathPrefix ?? 'pathPrefix',
    [`${provider}.bedrock.region`]: 'region',
    [`${provider}.vertexai.region`]: 'location',
    [`${provider}.vertexai.projectId`]: 'project',
    [`${provider}.azure.resourceName`]: 'resource',
    [`${provider}.azure.apiVersion`]: intent.props?.apiVersion ?? 'apiVersion',
    [`${provider}.azureopenai.endpoint`]: 'resource',
    'spec.static.host': hostnameProp,
    'spec.static.port': portProp,
    'spec.policies.auth': credential,
    'spec.policies.tls': 'tls',
    'spec.policies.tls.sni': 'tls.serverName',
    'spec.policies.transformation.request': headers,
    'spec.policies.transformation.request.set': `${headers}.set`,
    'spec.policies.transformation.request.remove': `${headers}.remove`,
    'spec.policies.ai.overrides': form.body ? 'model().body' : 'body',
  };
  for (const kind of KINDS) props[`${provider}.${kind}.model`] = 'model()';
  props[`${provider}.azureopenai.deploymentName`] = 'model()';
  mergedHeaders(intent.headers, form.headers).set.forEach(({ prop }, index) => {
    if (prop !== undefined) props[`spec.policies.transformation.request.set[${index}]`] = prop;
  });
  return props;
}

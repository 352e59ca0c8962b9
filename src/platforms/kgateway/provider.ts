import { backendObject, renderBackend } from './backend';
import { ObjectName, ProviderIntent } from '../../intent';
import { RenderedObject, Rendering } from '../contract';

/** Secret and Backend: in apply order. Providers that need a model have a Backend for each, which routes ask for. */
export function renderProvider(intent: ProviderIntent, place: ObjectName): Rendering {
  const rendered = renderBackend(intent, place, undefined);
  const possible = rendered.llm !== undefined || rendered.static !== undefined;
  return {
    objects: [...rendered.secrets, ...(possible ? [backendObject(rendered, place, 'Resource', backendProps(intent))] : [])],
    problems: rendered.problems,
  };
}

/** Which property decides which part of a Backend. */
export function backendProps(intent: ProviderIntent): NonNullable<RenderedObject['props']> {
  const { hostnameProp = 'hostname', portProp = 'port' } = intent.endpoint;
  return {
    'metadata.name': 'name',
    'spec.ai.llm.host': hostnameProp,
    'spec.ai.llm.port': portProp,
    'spec.ai.llm.path': intent.props?.pathPrefix ?? 'pathPrefix',
    'spec.ai.llm.openai.model': 'model()',
    'spec.ai.llm.anthropic.model': 'model()',
    'spec.ai.llm.gemini.model': 'model()',
    'spec.ai.llm.bedrock.model': 'model()',
    'spec.ai.llm.vertexai.model': 'model()',
    'spec.ai.llm.azureopenai.deploymentName': 'model()',
    'spec.ai.llm.bedrock.region': 'region',
    'spec.ai.llm.vertexai.location': 'location',
    'spec.ai.llm.vertexai.projectId': 'project',
    'spec.ai.llm.azureopenai.endpoint': 'resource',
    'spec.ai.llm.azureopenai.apiVersion': intent.props?.apiVersion ?? 'apiVersion',
    'spec.static.hosts[0].host': hostnameProp,
    'spec.static.hosts[0].port': portProp,
  };
}

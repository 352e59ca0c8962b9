import { RenderedAuth, renderAuth } from './credential';
import { KGATEWAY_V1ALPHA1, LABEL } from './kinds';
import { notExpressible } from './refusals';
import { Problem } from '../../findings/finding';
import { ObjectName, ProviderIntent } from '../../intent';
import { MODEL_NAME_NEEDED } from '../codes';
import { RenderedObject } from '../contract';

/** A provider with the model it is for. */
export interface RenderedBackend {
  /** One provider of an AI backend; undefined where it cannot be said without a model, or at all. */
  readonly llm?: object;
  readonly static?: object;
  readonly secrets: readonly RenderedObject[];
  /** What is wrong with the provider, whatever the model. */
  readonly problems: readonly Problem[];
  /** True where a model is needed and missing. */
  readonly modelMissing: boolean;
}

const GEMINI_HOST = 'generativelanguage.googleapis.com';
/** What the API's own paths are below. */
const GEMINI_VERSION = 'v1beta';
const VERTEX_VERSION = 'v1';

export function renderBackend(intent: ProviderIntent, place: ObjectName, model: string | undefined): RenderedBackend {
  if (intent.api === 'http') return transparent(intent);
  const auth = renderAuth(intent, place);
  const shape = shapeOf(intent, auth, model);
  return {
    llm: auth.problems.some(({ definition }) => definition.final) ? undefined : shape.llm,
    secrets: auth.secrets,
    problems: [...shape.problems ?? [], ...auth.problems, ...bodyProblems(intent)],
    modelMissing: shape.needsModel === true && model === undefined,
  };
}

interface Shape {
  readonly llm?: object;
  readonly problems?: readonly Problem[];
  readonly needsModel?: boolean;
}

function shapeOf(intent: ProviderIntent, { token, aws }: RenderedAuth, model: string | undefined): Shape {
  const { endpoint, pathPrefix, region } = intent;
  const named = model === undefined ? {} : { model };
  const whole = (needed: object): Shape => ({ llm: model === undefined ? undefined : needed, needsModel: true });
  switch (intent.api) {
    case 'openai':
      if (endpoint.standard) return { llm: { openai: { authToken: token, ...named } } };
      if (endpoint.hostname === GEMINI_HOST) return whole({ gemini: { authToken: token, model, apiVersion: GEMINI_VERSION } });
      if (intent.resource !== undefined) {
        return { problems: [notExpressible('api', `calls Azure OpenAI without a version, which ${LABEL} cannot do`, 'use AzureOpenAIApi.deployments()')] };
      }
      return ownHost(intent, { openai: { authToken: token, ...named } }, pathPrefix);
    case 'anthropic':
      return atHome(intent, { llm: { anthropic: { authToken: token, ...named } } });
    case 'bedrock':
    case 'bedrock-anthropic':
      return atHome(intent, { llm: { bedrock: { region, ...named, ...(aws === undefined ? {} : { auth: aws }) } } });
    case 'azure-openai':
      return atHome(intent, whole({
        azureopenai: { endpoint: endpoint.hostname, deploymentName: model, apiVersion: intent.apiVersion, authToken: token },
      }));
    case 'vertex':
      return atHome(intent, whole({
        vertexai: { projectId: intent.project, location: region, publisher: 'GOOGLE', apiVersion: VERTEX_VERSION, model, authToken: token },
      }));
    default:
      return { problems: [notExpressible('class', `speaks the ${intent.api} API, for which ${LABEL} has no provider`, 'use agentgateway with Platform.use()')] };
  }
}

/** Hosts of other providers than their own are spoken to in plaintext, and one path is called for all. */
function ownHost({ endpoint: { hostname: host, port, tls, hostnameProp = 'hostname', chosenBy = hostnameProp } }: ProviderIntent, llm: object, pathPrefix = '/v1'): Shape {
  if (tls) {
    return { problems: [notExpressible(chosenBy, `leads to an address of its own with TLS, to which ${LABEL} would speak in plaintext`, 'use agentgateway with Platform.use()', addressOf(host, port))] };
  }
  const prefix = typeof pathPrefix === 'string' ? pathPrefix.replace(/^\/+|\/+$/g, '') : pathPrefix;
  return { llm: { ...llm, host, port, ...(prefix === 'v1' ? {} : { path: { full: `${prefix === '' ? '' : `/${prefix}`}/chat/completions` } }) } };
}

function atHome({ endpoint, pathPrefix, props }: ProviderIntent, shape: Shape): Shape {
  if (!endpoint.standard) {
    return { problems: [notExpressible(endpoint.chosenBy ?? endpoint.hostnameProp ?? 'hostname', `leads to another address than the usual one, which ${LABEL} cannot call for this API`, 'leave it out', addressOf(endpoint.hostname, endpoint.port))] };
  }
  if (pathPrefix === undefined) return shape;
  return { problems: [notExpressible(props?.pathPrefix ?? 'pathPrefix', `is a path of its own, which ${LABEL} cannot call for this API`, 'leave it out', pathPrefix)] };
}

function addressOf(hostname: string, port: number): string {
  return port === 443 ? hostname : `${hostname}:${port}`;
}

function transparent({ endpoint, credential }: ProviderIntent): RenderedBackend {
  const { hostname: host, port, tls } = endpoint;
  return {
    static: { hosts: [{ host, port }] },
    secrets: [],
    modelMissing: false,
    problems: [
      ...(tls ? [notExpressible('tls', `protects a transparent provider, to which ${LABEL} speaks in plaintext`, 'leave it out')] : []),
      ...(credential.kind === 'none' || credential.kind === 'passThrough' ? [] : [notExpressible(
        credential.prop ?? 'apiKey', `is for a transparent provider, to which ${LABEL} sends no key`, 'use ApiKey.passThrough(), or leave `transparent` out')]),
    ],
  };
}

function bodyProblems({ body }: ProviderIntent): Problem[] {
  return body === undefined ? [] : [notExpressible('body', `changes bodies of requests, which ${LABEL} cannot do`, 'leave it out')];
}

export function modelNeeded(provider: string, prop: string): Problem {
  return {
    definition: MODEL_NAME_NEEDED,
    prop,
    message: `leaves the model of ${provider} to the client, while ${LABEL} needs its name`,
    fix: 'give it: provider.model("…")',
  };
}

export function backendObject({ llm, static: plain }: RenderedBackend, place: ObjectName, id: string, props?: RenderedObject['props']): RenderedObject {
  return {
    role: 'backend',
    id,
    manifest: {
      apiVersion: KGATEWAY_V1ALPHA1,
      kind: 'Backend',
      metadata: { ...place },
      spec: plain === undefined ? { type: 'AI', ai: { llm } } : { type: 'Static', static: plain },
    },
    props,
  };
}

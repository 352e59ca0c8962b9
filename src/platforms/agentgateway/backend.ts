import { ROUTE_TYPES } from './client-apis';
import { renderAuth } from './credential';
import { AGENTGATEWAY_V1ALPHA1 } from './kinds';
import { renderLlm } from './llm';
import { headerTransformation, bodyOverrides } from './mutations';
import { Release } from './releases';
import { Problem } from '../../findings/finding';
import { EndpointIntent, ObjectName, ProviderIntent } from '../../intent';
import { NOT_EXPRESSIBLE } from '../codes';
import { RenderedObject } from '../contract';
import { BackendForm } from '../declared/backend-form';
import { mergedBody, mergedHeaders } from '../declared/caller-credentials';

/** A provider as a backend says it: alone, or as a member of a group. */
export interface RenderedBackend {
  /** The provider of an AI backend; undefined where requests go through unread. */
  readonly llm?: object;
  readonly static?: object;
  readonly policies: object;
  readonly secrets: readonly RenderedObject[];
  /** True where its credential could not be expressed. */
  readonly credentialRefused?: boolean;
  /** What is wrong with the provider, whatever a target changes. */
  readonly problems: readonly Problem[];
  /** What is wrong with the changes of the target; `prop` is what they are called there. */
  readonly formProblems: readonly Problem[];
}

/** @param formProp property of the route that holds the target */
export function renderBackend(intent: ProviderIntent, place: ObjectName, form: BackendForm, release: Release, formProp = 'target'): RenderedBackend {
  const llm = renderLlm(intent, form.model, release);
  const auth = renderAuth(intent, place, llm.ownHost, release);
  const headers = headerTransformation(intent, mergedHeaders(intent.headers, form.headers), auth.header, form.headers ? formProp : 'headers');
  const unread = intent.api === 'http';
  const body = bodyOverrides(mergedBody(intent.body, form.body), form.body ? formProp : 'body', unread);
  const ai = unread ? {} : { ai: { routes: { ...ROUTE_TYPES[release.has('customProvider') ? 'v1.4' : 'v1.0'] }, ...body.fields } };
  return {
    llm: llm.provider,
    static: unread ? { host: intent.endpoint.hostname, port: intent.endpoint.port } : undefined,
    policies: {
      ...ai,
      ...(auth.auth === undefined ? {} : { auth: auth.auth }),
      ...(llm.ownHost ? tls(intent.endpoint) : {}),
      ...headers.policy,
    },
    secrets: auth.secrets,
    credentialRefused: auth.refused,
    problems: [...llm.problems, ...auth.problems, ...(form.headers ? [] : headers.problems), ...(form.body ? [] : body.problems)],
    formProblems: [...(form.headers ? headers.problems : []), ...(form.body ? body.problems : []), ...(unread ? unreadModel(form, formProp) : [])],
  };
}

/** Hosts of one's own are spoken to in plaintext unless the backend says otherwise. */
function tls({ tls: intent }: EndpointIntent): object {
  if (!intent) return {};
  return {
    tls: {
      ...(intent.serverName === undefined ? {} : { sni: intent.serverName }),
      ...(intent.caConfigMap === undefined ? {} : { caCertificateRefs: [{ name: intent.caConfigMap }] }),
    },
  };
}

function unreadModel({ model }: BackendForm, prop: string): Problem[] {
  if (model === undefined) return [];
  return [llmNeeded(prop, model)];
}

function llmNeeded(prop: string, value: string): Problem {
  return {
    definition: NOT_EXPRESSIBLE,
    prop,
    message: 'gives a model name to a transparent provider, whose requests agentgateway does not read',
    value,
    fix: 'leave the name out, or `transparent`',
  };
}

/** Objects of a provider: `Resource` for what it is, others for what targets make of it. */
export function backendObject(
  rendered: RenderedBackend, place: ObjectName, id: string, props?: RenderedObject['props'],
): RenderedObject {
  return {
    role: 'backend',
    id,
    manifest: {
      apiVersion: AGENTGATEWAY_V1ALPHA1,
      kind: 'AgentgatewayBackend',
      metadata: { ...place },
      spec: {
        ...(rendered.llm === undefined ? {} : { ai: { provider: rendered.llm } }),
        ...(rendered.static === undefined ? {} : { static: rendered.static }),
        ...(Object.keys(rendered.policies).length > 0 ? { policies: rendered.policies } : {}),
      },
    },
    props,
    credentialRefused: rendered.credentialRefused,
  };
}

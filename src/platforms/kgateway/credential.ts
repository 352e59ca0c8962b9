import { LABEL } from './kinds';
import { notExpressible } from './refusals';
import { API_KEY, AWS_ACCESS_KEY } from './secret-contracts';
import { Problem } from '../../findings/finding';
import { ObjectName, ProviderIntent } from '../../intent';
import { RenderedObject } from '../contract';
import { renderSecret } from '../stored-secret';

/** How a provider of a Backend authenticates, and the Secret it names. */
export interface RenderedAuth {
  /** `authToken`, which all providers but Bedrock need. */
  readonly token?: object;
  /** `auth` of Bedrock; unset means the identity of the proxy's pods. */
  readonly aws?: object;
  readonly secrets: readonly RenderedObject[];
  readonly problems: readonly Problem[];
}

export function renderAuth({ credential }: ProviderIntent, place: ObjectName): RenderedAuth {
  const prop = credential.prop ?? (credential.kind === 'apiKey' || credential.kind === 'none' ? 'apiKey' : 'credentials');
  switch (credential.kind) {
    case 'none':
      return refused(prop, `is none, while ${LABEL} always sends one to a provider whose requests it reads`, 'give a key, which servers that ask for none ignore, or set `transparent`');
    case 'passThrough': {
      const others = credential.headers.filter(header => header !== 'authorization');
      if (others.length > 0) return refused(prop, `passes ${others.join(', ')} on, while ${LABEL} passes authorization only`, 'store a key');
      return { token: { kind: 'Passthrough' }, secrets: [], problems: [] };
    }
    case 'apiKey': {
      const { name, objects, problems } = renderSecret(credential.secret, API_KEY, place, prop);
      return { token: { kind: 'SecretRef', secretRef: { name } }, secrets: objects, problems };
    }
    case 'aws': {
      const { source } = credential;
      const assumeRole = source.kind === 'podIdentity' || source.kind === 'irsa' ? source.assumeRole : undefined;
      if (assumeRole !== undefined) return refused(prop, `assume a role, which ${LABEL} cannot do`, 'give the identity of the pods the role itself', assumeRole);
      if (source.kind === 'podIdentity' || source.kind === 'irsa') return { secrets: [], problems: [] };
      if (source.kind === 'oidc') return refused(prop, `exchange a token of an OpenID Connect provider, which ${LABEL} cannot do`, 'use AwsCredentials.irsa() or podIdentity()');
      const { name, objects, problems } = renderSecret(source.secret, AWS_ACCESS_KEY, place, prop);
      return { aws: { type: 'Secret', secretRef: { name } }, secrets: objects, problems };
    }
    case 'azure':
    case 'azureWorkloadIdentity':
      return refused(prop, `are an identity of Microsoft Entra, for which ${LABEL} gets no tokens`, 'use AzureCredentials.fromApiKey()');
    case 'gcp':
      return refused(prop, `are an identity of Google Cloud, for which ${LABEL} gets no tokens`, 'use GcpCredentials.fromAccessToken()');
  }
}

function refused(prop: string, message: string, fix: string, value?: unknown): RenderedAuth {
  return { secrets: [], problems: [notExpressible(prop, message, fix, value)] };
}

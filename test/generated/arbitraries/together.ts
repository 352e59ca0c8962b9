import { Cluster } from './slots';
import { ProviderDescription, ProviderKind } from '../program';

export const isAddress = (hostname: string | undefined) => hostname !== undefined && /^[\d.]+$|:/.test(hostname);

const OPENAI = ['chat', 'completions', 'embeddings', 'responses', 'messages'];
const CLIENT_APIS: { readonly [kind in ProviderKind]: readonly string[] } = {
  openai: OPENAI,
  gemini: OPENAI,
  compatible: OPENAI,
  inCluster: OPENAI,
  azureV1: OPENAI,
  azureDeployments: ['chat', 'embeddings', 'responses'],
  anthropic: ['messages'],
  bedrock: ['chat', 'embeddings', 'messages'],
  bedrockAnthropic: ['chat', 'messages'],
  vertex: ['chat', 'embeddings'],
  vertexAnthropic: ['chat', 'messages'],
  cohere: ['rerank'],
  existing: ['unknown'],
};

function hasOwnHeaders({ organization, project }: ProviderDescription): boolean {
  return organization !== undefined || project !== undefined;
}

/** Whether one rule can send requests to both. */
export function goTogether(one: ProviderDescription, other: ProviderDescription): boolean {
  if (isAddress(one.hostname) || isAddress(other.hostname) || one.transparent || other.transparent) return false;
  const keyless = ({ credential }: ProviderDescription) => credential.kind === 'none' || credential.kind === 'passThrough';
  if (keyless(one) !== keyless(other)) return false;
  return one.kind === other.kind || CLIENT_APIS[one.kind].some(api => api === 'chat' && CLIENT_APIS[other.kind].includes(api));
}

/** A name the provider knows; some are called by the client's. */
export function modelOf(
  { kind, api }: ProviderDescription, named: boolean, wanted: string, n: number, gateway: Cluster['gateway'],
): string | undefined {
  // agentgateway calls a deployment by its path in each of Azure's APIs.
  switch (kind === 'existing' ? api : gateway === 'agentgateway' && kind === 'azureV1' ? 'azureDeployments' : kind) {
    case 'bedrock': return `us.amazon.nova-pro-v1:${n}`;
    case 'bedrockAnthropic': return `us.anthropic.claude-sonnet-4-20250514-v1:${n}`;
    case 'anthropic': return `claude-sonnet-4-${n}`;
    case 'vertexAnthropic': return `claude-sonnet-4@2025051${n}`;
    case 'azureDeployments':
    case 'azure-openai': return `my-gpt-4o.${n}`;
    default: return named ? wanted : undefined;
  }
}

/** What more another gateway asks of two providers in one rule. */
export function goTogetherOn(gateway: Cluster['gateway'], one: ProviderDescription, other: ProviderDescription, inOneNamespace: boolean): boolean {
  switch (gateway) {
    // All Secrets of a fallback are read in one namespace.
    case 'agentgateway': return inOneNamespace;
    // What changes in headers is one for all.
    case 'kgateway':
      return one === other
        || (one.kind === other.kind && one.credential.kind === other.credential.kind && !hasOwnHeaders(one) && !hasOwnHeaders(other));
    default: return true;
  }
}

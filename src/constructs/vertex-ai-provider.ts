import { Construct } from 'constructs';
import { GCP_CREDENTIALS, needProps } from './provider-shapes';
import { GcpCredentials } from './gcp-credentials';
import { ProviderBase, ProviderProps, ProviderSpec } from './provider';
import { derivedHost, EndpointProps, KnownHost, specifiedEndpoint, textNeeded, unknownHost } from './provider-endpoint';
import { isUnresolved } from '../synthesis/unresolved';

/** Properties of `VertexAIProvider` and `VertexAnthropicProvider`. */
export interface VertexAIProviderProps extends ProviderProps, EndpointProps {
  /** Id of the Google Cloud project, such as `acme-prod-1234`. */
  readonly project: string;

  /**
   * Where the models are: a region such as `us-central1`, `global`, or the multi-regions `us` and `eu`.
   *
   * @see https://cloud.google.com/vertex-ai/generative-ai/docs/learn/locations
   */
  readonly location: string;

  /** How requests are authenticated. The identity needs the role `roles/aiplatform.user`. */
  readonly credentials: GcpCredentials;
}

/**
 * Sends requests to Gemini on Vertex AI.
 *
 * For a key of Google AI Studio use `GeminiProvider`.
 *
 * @see https://cloud.google.com/vertex-ai/generative-ai/docs/models
 */
export class VertexAIProvider extends ProviderBase {
  constructor(scope: Construct, id: string, props: VertexAIProviderProps) {
    const declared = needProps(scope, id, props, { credentials: GCP_CREDENTIALS });
    super(scope, id, declared, { api: 'vertex', ...vertexSpec(declared) });
  }
}

/**
 * Sends requests to Claude on Vertex AI.
 *
 * Models are named with their version: `model('claude-sonnet-4@20250514')`.
 *
 * @see https://cloud.google.com/vertex-ai/generative-ai/docs/partner-models/claude
 */
export class VertexAnthropicProvider extends ProviderBase {
  constructor(scope: Construct, id: string, props: VertexAIProviderProps) {
    const declared = needProps(scope, id, props, { credentials: GCP_CREDENTIALS });
    super(scope, id, declared, { api: 'vertex-anthropic', ...vertexSpec(declared) });
  }
}

function vertexSpec(props: VertexAIProviderProps): Omit<ProviderSpec, 'api'> {
  const { project, location, credentials } = props;
  return {
    ...specifiedEndpoint(props, () => vertexHost(location)),
    credential: credentials._intent(project, location),
    project,
    region: location,
  };
}

/** The path repeats the location, and a host of another one answers 404. */
function vertexHost(location: unknown): KnownHost {
  // Which form it takes depends on the value, so a placeholder for one is not enough.
  if (typeof location === 'string' && isUnresolved(location)) return unknownHost('location', [textNeeded('location', location)]);
  const host = derivedHost({ location }, at => {
    switch (at) {
      case 'global': return 'aiplatform.googleapis.com';
      case 'us':
      case 'eu': return `aiplatform.${at}.rep.googleapis.com`;
      default: return `${at}-aiplatform.googleapis.com`;
    }
  });
  // Multi-regions are named as a whole: a platform that derives hosts of regions itself would make one that does not exist.
  return { ...host, standard: host.problems.length === 0 && location !== 'us' && location !== 'eu' };
}

import { readFileSync } from 'node:fs';
import { App, Chart, YamlOutputType } from 'cdk8s';
import {
  ApiKey, ArgoCD, AwsCredentials, AzureCredentials, AzureOpenAIProvider, BedrockProvider, GcpCredentials, OpenAIProvider, StoredSecret,
  VertexAIProvider,
} from 'cdk8s-ai-gateway';

/** What `cdk8s synth` runs: a provider for each encrypted file that `plan.json` in the working directory lists. */

export interface Planned {
  /** Names the chart, and so its file. */
  readonly id: string;
  readonly path: string;
  readonly holds: 'apiKey' | 'aws' | 'google' | 'clientSecret';
  readonly secretName?: string;
}

const { files, filePerResource } = JSON.parse(readFileSync('plan.json', 'utf8')) as { files: Planned[]; filePerResource: boolean };
const app = new App({ outputFileExtension: '.k8s.yaml', yamlOutputType: filePerResource ? YamlOutputType.FILE_PER_RESOURCE : YamlOutputType.FILE_PER_CHART });
// Neither waves nor labels may reach a document that is sealed.
ArgoCD.useSyncWaves(app);
for (const { id, path, holds, secretName } of files) {
  const chart = new Chart(app, id, { namespace: 'ai', disableResourceNameHashes: true, labels: { team: 'search' } });
  const options = { secretName };
  switch (holds) {
    case 'apiKey':
      new OpenAIProvider(chart, 'provider', { apiKey: ApiKey.fromSopsFile(path, options) });
      break;
    case 'aws':
      new BedrockProvider(chart, 'provider', { region: 'us-east-1', credentials: AwsCredentials.fromSopsFile(path, options) });
      break;
    case 'google':
      new VertexAIProvider(chart, 'provider', { project: 'acme-prod-1234', location: 'us-central1', credentials: GcpCredentials.fromSopsFile(path, options) });
      break;
    case 'clientSecret':
      new AzureOpenAIProvider(chart, 'provider', {
        resource: 'acme',
        credentials: AzureCredentials.clientSecret({
          clientId: '3f1c2d4e-0000-4000-8000-000000000001',
          tenantId: '3f1c2d4e-0000-4000-8000-000000000002',
          secret: StoredSecret.fromSopsFile(path, options),
        }),
      });
      break;
  }
}
app.synth();

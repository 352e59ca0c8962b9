import { App, Chart } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import { AIGateway, ApiKey, Checks, InClusterProvider, InClusterService, ModelServer, OpenAIProvider } from 'cdk8s-ai-gateway';

const app = new App();
const chart = new Chart(app, 'ai', { namespace: 'ai', disableResourceNameHashes: true });

// A server of this program: requests go to the first port of its Service.
const ollamaServer = new Deployment(chart, 'ollama-server', {
  replicas: 1,
  containers: [{
    image: 'ollama/ollama:0.12.3',
    portNumber: 11434,
    securityContext: { ensureNonRoot: false, readOnlyRootFilesystem: false },
  }],
});
const ollama = new InClusterProvider(chart, 'ollama', {
  server: ModelServer.OLLAMA,
  service: InClusterService.fromService(ollamaServer.exposeViaService()),
});

// Servers of other teams, known by name.
const vllm = new InClusterProvider(chart, 'vllm', {
  server: ModelServer.VLLM,
  service: InClusterService.fromServiceName('llama-70b', { namespace: 'inference' }),
});
const litellm = new InClusterProvider(chart, 'litellm', {
  server: ModelServer.LITELLM,
  service: InClusterService.fromServiceName('litellm', { namespace: 'litellm' }),
  apiKey: ApiKey.fromSecretName('litellm-virtual-key'),
});
const openai = new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSecretName('openai-api-key') });

const gateway = new AIGateway(chart, 'gateway');
gateway.addModel('small', ollama.model('qwen2.5:0.5b'));
// A scaled-down GPU pool is a refused connection: the hosted model answers instead.
const large = gateway.addModel('large', vllm.model('meta-llama/Llama-3.3-70B-Instruct').fallbackTo(openai.model('gpt-4o')));
Checks.acknowledge(large, 'KEYLESS_MIX', 'vLLM asks for no key; only pods of the cluster reach it');
gateway.addModel('research', litellm.model('research-default'));

app.synth();

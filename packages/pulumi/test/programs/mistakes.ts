import { AIGateway, ApiKey, AwsCredentials, BedrockProvider, OpenAIProvider } from 'pulumi-ai-gateway';

const openai = new OpenAIProvider('openai', { namespace: 'ai', apiKey: ApiKey.fromSecretName('openai') });
const bedrock = new BedrockProvider('bedrock', { namespace: 'ai', region: 'us-east-1', credentials: AwsCredentials.irsa('no-role') });
const gateway = new AIGateway('gateway', { namespace: 'ai' });
gateway.addModel('a', openai.model());
gateway.addModel('a', bedrock.model('x'));

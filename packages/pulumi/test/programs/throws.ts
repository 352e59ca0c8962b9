import { AIGateway, ApiKey, OpenAIProvider } from 'pulumi-ai-gateway';

const openai = new OpenAIProvider('openai', { namespace: 'ai', apiKey: ApiKey.fromSecretName('openai') });
const gateway = new AIGateway('gateway', { namespace: 'ai' });
gateway.addPattern('gpt-4.*', openai.model('gpt-4o'));
throw new Error('before the second pattern');

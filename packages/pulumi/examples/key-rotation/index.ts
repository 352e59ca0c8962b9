import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { AIGateway, ApiKey, OpenAIProvider } from 'pulumi-ai-gateway';

// Without it a changed Secret is deleted and made again, and in between the gateway has no key.
const provider = new k8s.Provider('cluster', { enableSecretMutable: true });
const config = new pulumi.Config();

// 1. pulumi config set --secret openai   (the new key; the old one still works)
// 2. pulumi up                           (one Secret is updated in place, nothing else changes)
// 3. revoke the old key at OpenAI
const openai = new OpenAIProvider('openai', {
  namespace: 'ai',
  apiKey: ApiKey.fromSecretOutput(config.requireSecret('openai')),
}, { provider });

new AIGateway('gateway', { namespace: 'ai' }, { provider }).addModel('gpt-4o', openai.model());

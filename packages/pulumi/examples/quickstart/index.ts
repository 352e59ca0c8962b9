import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { AIGateway, ApiKey, Chart, OpenAICompatibleProvider, OpenAIProvider, Vendor } from 'pulumi-ai-gateway';

const config = new pulumi.Config();
const namespace = new k8s.core.v1.Namespace('ai', { metadata: { name: 'ai' } });

// Components in a chart share its namespace, and their objects are named as in a cdk8s program: ai-openai, ai-gateway.
const parent = new Chart('ai', { namespace: namespace.metadata.name });

const openai = new OpenAIProvider('openai', { apiKey: ApiKey.fromSecretOutput(config.requireSecret('openai')) }, { parent });
const groq = new OpenAICompatibleProvider('groq', {
  vendor: Vendor.GROQ,
  apiKey: ApiKey.fromSecretOutput(config.requireSecret('groq')),
}, { parent });

const gateway = new AIGateway('gateway', {}, { parent });
gateway.addModel('gpt-4o', openai.model());
gateway.addModel('fast', groq.model('llama-3.1-8b-instant').fallbackTo(openai.model('gpt-4o-mini')));

export const gatewayName = gateway.gatewayName;

import * as pulumi from '@pulumi/pulumi';
import { AIGateway, ApiKey, OpenAIProvider } from 'pulumi-ai-gateway';

/** Registers models with Pulumi's mocks and prints the milliseconds of processor time until the last one is registered. */
async function main(models: number): Promise<void> {
  await pulumi.runtime.setMocks({ newResource: ({ name, inputs }) => ({ id: name, state: inputs }), call: ({ inputs }) => inputs });
  const start = process.cpuUsage();
  const openai = new OpenAIProvider('openai', { namespace: 'ai', apiKey: ApiKey.fromSecretName('openai') });
  const standby = new OpenAIProvider('standby', { namespace: 'ai', apiKey: ApiKey.fromSecretName('standby') });
  const gateway = new AIGateway('gateway', { namespace: 'ai' });
  for (let m = 0; m < models; m++) {
    const target = openai.model(pulumi.output(`model-${m}-large`));
    gateway.addModel(`model-${m}`, m % 5 === 0 ? target.fallbackTo(standby.model()) : target);
  }
  await new Promise(setImmediate);
  await (pulumi.runtime as unknown as { waitForRPCs(): Promise<void> }).waitForRPCs();
  const { user, system } = process.cpuUsage(start);
  process.stdout.write(String((user + system) / 1000));
}

void main(Number(process.argv[2]));

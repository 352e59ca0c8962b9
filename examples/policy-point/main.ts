import { App, Chart } from 'cdk8s';
import { AIGateway, ApiKey, OpenAIProvider, Policy, PolicyPoint, TenantIdentity } from 'cdk8s-ai-gateway';

const app = new App();

// Teams of our own, told apart by keys the gateway knows: the policy only refuses, so the simple front serves.
const internal = new Chart(app, 'internal', { namespace: 'ai-internal' });
const teams = new AIGateway(internal, 'gateway');
const ours = new OpenAIProvider(internal, 'openai', { apiKey: ApiKey.fromSecretName('openai-api-key') });
for (const model of ['gpt-4o', 'gpt-4o-mini']) teams.addModel(model, ours.model());
new PolicyPoint(internal, 'policy', {
  gateway: teams,
  policy: Policy.fromFile('internal.policy.yaml'),
  tenants: TenantIdentity.apiKeys(['team-keys']),
});

// Customers, told apart by their tokens: addresses are taken out of prompts, and each customer's own key pays.
const customers = new Chart(app, 'customers', { namespace: 'ai-customers' });
const assistant = new AIGateway(customers, 'gateway');
const theirs = new OpenAIProvider(customers, 'openai', { apiKey: ApiKey.fromSecretName('openai-api-key') });
assistant.addModel('gpt-4o', theirs.model(), { retries: 2 });
const point = new PolicyPoint(customers, 'policy', {
  gateway: assistant,
  policy: Policy.fromFile('customers.policy.yaml'),
  tenants: TenantIdentity.token({
    issuer: 'https://id.acme.example', jwksUri: 'https://id.acme.example/.well-known/jwks.json', audiences: ['assistant'], claim: 'org_id',
  }),
  tenantKeys: { 'globex-openai': 'globex-openai-key', 'initech-openai': 'initech-openai-key' },
  autoscaling: { minReplicas: 2, maxReplicas: 6 },
});
point.handOver('openai', theirs);

app.synth();

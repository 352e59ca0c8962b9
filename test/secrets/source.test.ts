import { ExternalSecretSource, SecretSource } from '../../src/intent';
import { describeSource } from '../../src/secrets';

const external: ExternalSecretSource = { kind: 'external', store: { name: 'vault', kind: 'ClusterSecretStore' } };
const file = { path: 'secrets/openai.yaml', embed: true, secrets: [], problems: [] };

test.each<[SecretSource, string]>([
  [{ kind: 'existing', name: 'openai' }, 'Secret openai'],
  [{ kind: 'existing', name: 'openai', namespace: 'ai' }, 'Secret ai/openai'],
  [external, 'ExternalSecret from ClusterSecretStore vault'],
  [{ kind: 'sops', ...file }, 'SOPS file secrets/openai.yaml'],
  [{ kind: 'sealed', ...file }, 'SealedSecret file secrets/openai.yaml'],
])('%j is named in messages', (source, name) => {
  expect(describeSource(source)).toBe(name);
});

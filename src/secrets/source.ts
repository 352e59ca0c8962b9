import { ObjectName, SecretSource } from '../intent';

/** A source as messages name it: `Secret ai/openai`, `SOPS file secrets/openai.yaml`. */
export function describeSource(source: SecretSource): string {
  switch (source.kind) {
    case 'existing': return `Secret ${describeName(source)}`;
    case 'external': return `ExternalSecret from ${source.store.kind} ${source.store.name}`;
    case 'sops': return `SOPS file ${source.path}`;
    case 'sealed': return `SealedSecret file ${source.path}`;
    case 'late': return 'a Secret of its own';
  }
}

function describeName({ name, namespace }: ObjectName): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

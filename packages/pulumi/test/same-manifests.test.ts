import * as core from 'cdk8s-ai-gateway';
import { componentsAsConstructs, declareApp, examples, generalChart, manifestsOfApps, typedChart } from './engine/examples';
import { Registration, runProgram } from './engine/mocks';

/** Nothing decrypts them under Pulumi, which an error says. */
const ENCRYPTED = ['sops-with-flux'];

const identity = ({ apiVersion, kind, metadata }: any) => `${apiVersion} ${kind} ${metadata.namespace ?? ''} ${metadata.name}`;

function sorted(manifests: readonly any[]): any[] {
  return [...manifests].sort((a, b) => (identity(a) < identity(b) ? -1 : 1));
}

const inputsOf = (objects: readonly Registration[]) => sorted(objects.map(({ inputs }) => inputs));

describe.each(examples.filter(example => !ENCRYPTED.includes(example)))('%s: what Pulumi registers is what cdk8s writes,', example => {
  test('as cdk8s code in a component', async () => {
    const expected = manifestsOfApps(example);
    expect(expected.length).toBeGreaterThan(0);
    for (const [index, manifests] of expected.entries()) {
      const { objects, error } = await runProgram(() => declareApp(example, index, generalChart, core));
      expect(error).toBeUndefined();
      expect(inputsOf(objects)).toEqual(sorted(manifests));
    }
  });

  test('as a component for each construct', async () => {
    for (const [index, manifests] of manifestsOfApps(example).entries()) {
      const { objects, components, error } = await runProgram(() => declareApp(example, index, typedChart, componentsAsConstructs()));
      expect(error).toBeUndefined();
      expect(inputsOf(objects)).toEqual(sorted(manifests));
      expect(components.some(({ type }) => type.endsWith('ModelRoute') || type.endsWith('Provider'))).toBe(true);
    }
  });
});

test.each(ENCRYPTED)('%s is refused', async example => {
  const { all, error } = await runProgram(() => declareApp(example, 0, generalChart, core));
  expect(all).toEqual([]);
  expect(error!.message).toContain('[ENCRYPTED_BY_SOPS]');
});

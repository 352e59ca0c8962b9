import { Declaration, table } from './declarations';
import { isSupported, TestedPlatform, testedPlatforms } from './platforms';
import { World } from './world';
import { describeWithCrds } from '../judges/crd/judge';

const everything = table.flatMap(({ title, declarations }) => declarations.map(declaration => [`${title}: ${declaration.what}`, declaration] as const));

/** Codes with which a platform refuses what it cannot express. */
const REFUSALS = new Set(['NOT_EXPRESSIBLE', 'NOT_IN_RELEASE']);

function run(tested: TestedPlatform, { program }: Declaration): World {
  const world = new World(tested);
  program(world);
  return world;
}

describe.each(testedPlatforms.map(tested => [tested.platform.name, tested] as const))('%s', (name, tested) => {
  test.each(everything)('%s', (_, declaration) => {
    const findings = run(tested, declaration).findings();
    const support = declaration.on[tested.id];
    if (isSupported(support, tested)) {
      expect(findings.filter(({ severity, code }) => severity === 'error' || !declaration.warnings?.includes(code)).map(f => f.message)).toEqual([]);
      return;
    }
    const refusals = findings.filter(({ code, severity }) => REFUSALS.has(code) && severity === 'error');
    expect(findings.filter(({ code }) => REFUSALS.has(code)).map(f => f.message)).not.toEqual([]);
    for (const { message } of refusals) expect(message).toMatch(/^'[^']+' .*; .* \[\w+\]$/);
    // What a later release has is told with that release.
    if (support !== 'no') expect(refusals.map(f => f.message).join('\n')).toContain(support.slice('from '.length));
    expect(refusals.map(f => f.message).join('\n')).toContain(name.replace(/ v[\d.]+$/, ''));
  });
});

describeWithCrds('the API server takes all of it', () => {
  for (const tested of testedPlatforms) {
    const { judge } = tested;
    if (!judge) continue;
    test.each(everything.filter(([, { on }]) => isSupported(on[tested.id], tested)))(`${tested.platform.name}: %s`, (_, declaration) => {
      expect(judge(run(tested, declaration).manifests())).toEqual([]);
    });
  }
});

test('the suite refuses what no platform has', () => {
  // A table in which everything is the same would prove nothing.
  for (const id of new Set(testedPlatforms.map(tested => tested.id))) {
    const supports = new Set(everything.map(([, { on }]) => on[id]));
    expect([...supports]).toEqual(expect.arrayContaining(['yes', 'no']));
  }
});

import { CrdJudge } from './judge';

/** The module itself, of which an import is a copy. */
const fs = jest.requireActual<typeof import('node:fs')>('node:fs');

const { CRDS_DIR } = process.env;

afterEach(() => {
  if (CRDS_DIR === undefined) delete process.env.CRDS_DIR;
  else process.env.CRDS_DIR = CRDS_DIR;
});

test('a folder that was named and has none is an error, so that no judge is silent by mistake', () => {
  process.env.CRDS_DIR = 'no-such-folder';
  expect(() => CrdJudge.available()).toThrow(/^CRDS_DIR names .*no-such-folder, where no CRD files/);
  expect(() => CrdJudge.load({ aiGateway: 'v1.1.0' })).toThrow(/no-such-folder/);
});

describe('without CRD files', () => {
  let exists: jest.SpyInstance;

  beforeEach(() => {
    delete process.env.CRDS_DIR;
    exists = jest.spyOn(fs, 'existsSync').mockReturnValue(false);
  });
  afterEach(() => exists.mockRestore());

  test('no judge is available, and none can be loaded', () => {
    expect(CrdJudge.available()).toBe(false);
    expect(() => CrdJudge.load({ aiGateway: 'v1.1.0' })).toThrow(/^CRD folder is missing: /);
  });

  test('tests that need them are skipped, and one line says so', () => {
    const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const skip = jest.fn();
    const run = jest.fn();
    const original = globalThis.describe;
    globalThis.describe = Object.assign(run, { skip }) as unknown as jest.Describe;
    try {
      jest.isolateModules(() => {
        // A module of its own, because it remembers what it said.
        const { describeWithCrds } = jest.requireActual<typeof import('./describe-with-crds')>('./describe-with-crds');
        describeWithCrds('one', () => {});
        describeWithCrds('two', () => {});
      });
    } finally {
      globalThis.describe = original;
    }
    expect(write.mock.calls.map(([text]) => text)).toEqual(['CRD rules: skipped, no CRD folder (set CRDS_DIR)\n']);
    expect(skip.mock.calls.map(([name]) => name)).toEqual(['judge: CRD rules', 'judge: CRD rules']);
    expect(run).not.toHaveBeenCalled();
    write.mockRestore();
  });
});

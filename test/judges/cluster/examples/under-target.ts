import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { AgentgatewayRelease, EnvoyAIGatewayOptions, Platform } from '../../../../src';

/**
 * Runs every example as if it were written for one release and one channel: `under-target.ts <release> <channel>
 * <folder>`, where `agentgateway` is a channel as well. Each writes to a folder of its own name; what could not be
 * synthesized is told on the standard output, as JSON of messages by example. Runs in a process of its own, because the
 * platform is changed for all of it.
 */
const [release, gatewayApiChannel, output] = process.argv.slice(2);
const folder = join(__dirname, '../../../../examples');

const envoyAIGateway = Platform.envoyAIGateway.bind(Platform);
Platform.envoyAIGateway = (options: EnvoyAIGatewayOptions = {}) => gatewayApiChannel === 'agentgateway'
  ? Platform.agentgateway()
  : envoyAIGateway({ ...options, ...{ release, gatewayApiChannel } as EnvoyAIGatewayOptions, envoyGateway: undefined });

const agentgateway = Platform.agentgateway.bind(Platform);
if (gatewayApiChannel === 'agentgateway') Platform.agentgateway = () => agentgateway({ release: release as AgentgatewayRelease });

const load = createRequire(__filename);
const refused: Record<string, string> = {};
for (const { name } of readdirSync(folder, { withFileTypes: true }).filter(entry => entry.isDirectory())) {
  // An example reads files of its folder, and writes where it is told.
  process.chdir(join(folder, name));
  process.env.CDK8S_OUTDIR = join(output, name);
  try {
    load(join(folder, name, 'main.ts'));
  } catch (error) {
    refused[name] = (error as Error).message;
  }
}
process.stdout.write(JSON.stringify(refused));

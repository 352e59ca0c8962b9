import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ClusterSetup } from '../../../../src';
import { ApiServer } from '../api-server';
import { binary, sourceOf } from '../binaries';
import { Manifest } from '../client';
import { Channel } from '../../crd/release-set';
import { ServerProcess, temporaryFolder } from '../processes/server-process';

const READY_SECONDS = 60;
const IDLE_SECONDS = 30;
const TOLD = /^judge: (\S+) ?(.*)$/;

/** Envoy Gateway's controller on an API server: it gives Gateways, routes and policies their statuses. */
export class EnvoyGateway {
  static async start(server: ApiServer, channel: Channel): Promise<EnvoyGateway> {
    const program = await binary('envoy-gateway');
    // It watches kinds that no manifest of ours has.
    await server.installCrds([join(sourceOf('envoy-gateway', 'sigs.k8s.io/gateway-api'), 'config', 'crd', channel)]);
    for (const secret of ownSecrets(server)) await server.apply(secret);
    server.keep();
    const folder = temporaryFolder('envoy-gateway');
    const configuration = join(folder, 'envoy-gateway.json');
    writeFileSync(configuration, JSON.stringify(configurationOf(settingsOfClusterSetup())));
    const started = ServerProcess.start({
      name: 'envoy-gateway', program, folder, args: [configuration], env: { ...process.env, KUBECONFIG: server.kubeconfig },
    });
    const gateway = new EnvoyGateway(started);
    await started.ready(async () => gateway.lines().some(line => line === 'idle'), READY_SECONDS).catch(async (error: Error) => {
      await started.stop();
      throw error;
    });
    return gateway;
  }

  private read = 0;

  private constructor(private readonly started: ServerProcess) {}

  /** What it could not translate for Envoy since the last call; several for one Gateway are one, the last. */
  failures(): string[] {
    this.started.assertRunning();
    const lines = this.lines().slice(this.read);
    this.read += lines.length;
    const last = new Map<string, string>();
    for (const line of lines) {
      const [outcome, key] = line.split(' ', 2);
      if (outcome === 'translated') last.delete(key);
      else if (outcome === 'failed') last.set(key, line);
    }
    return [...last.values()];
  }

  /** Waits until it has forgotten the objects that were deleted. */
  async idle(): Promise<void> {
    await this.started.ready(async () => this.lines().at(-1) === 'idle', IDLE_SECONDS);
    this.read = this.lines().length;
  }

  async stop(): Promise<void> {
    await this.started.stop();
  }

  private lines(): string[] {
    return this.started.log().split('\n').flatMap(line => {
      const [, word, rest] = TOLD.exec(line) ?? [];
      return word === undefined ? [] : [`${word} ${rest}`.trim()];
    });
  }
}

/** What its installation makes for it. */
function ownSecrets({ tls }: ApiServer): Manifest[] {
  const secret = (name: string, content: object) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: 'envoy-gateway-system' }, ...content });
  return [
    secret('envoy', { type: 'kubernetes.io/tls', stringData: { 'tls.crt': tls.certificate, 'tls.key': tls.key, 'ca.crt': tls.certificate } }),
    secret('envoy-oidc-hmac', { stringData: { 'hmac-secret': 'dummy' } }),
  ];
}

/** The settings that our own Helm values give it. */
function settingsOfClusterSetup(): object {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-ai-gateway-settings-'));
  try {
    new ClusterSetup().write(folder);
    return parse(readFileSync(join(folder, 'envoy-gateway-values.yaml'), 'utf8')).config.envoyGateway as object;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function configurationOf(settings: object): object {
  return {
    apiVersion: 'gateway.envoyproxy.io/v1alpha1',
    kind: 'EnvoyGateway',
    gateway: { controllerName: 'gateway.envoyproxy.io/gatewayclass-controller' },
    provider: { type: 'Kubernetes', kubernetes: { leaderElection: { disable: true }, proxyTopologyInjector: { disabled: true } } },
    logging: { level: { default: 'error' } },
    ...settings,
  };
}

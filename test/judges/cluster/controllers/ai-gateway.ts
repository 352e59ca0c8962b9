import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TokenEndpoints } from './token-endpoints';
import { ApiServer } from '../api-server';
import { Manifest } from '../client';
import { freePorts, ServerProcess, temporaryFolder } from '../processes/server-process';

const NAMESPACE = 'envoy-ai-gateway-system';
const READY_SECONDS = 60;

/** The AI gateway's controller, which is no Go module to build: it is given as a program in `AIGW_CONTROLLER_BIN`. */
export class AiGateway {
  static program(): string | undefined {
    return process.env.AIGW_CONTROLLER_BIN || undefined;
  }

  static async start(server: ApiServer, program: string): Promise<AiGateway> {
    for (const manifest of installed()) {
      const { refused } = await server.apply(manifest);
      if (refused !== undefined) throw new Error(`${manifest.kind}: ${refused}`);
    }
    server.keep();
    const folder = temporaryFolder('ai-gateway-controller');
    for (const [name, content] of [['tls.crt', server.tls.certificate], ['tls.key', server.tls.key], ['ca.crt', server.tls.certificate]]) {
      writeFileSync(join(folder, name), content);
    }
    const tokens = await TokenEndpoints.open(folder);
    const [port, webhookPort] = await freePorts(2);
    const started = ServerProcess.start({
      name: 'AI gateway controller',
      program,
      folder,
      args: [`-tlsCertDir=${folder}`, `-port=127.0.0.1:${port}`, `-webhookPort=${webhookPort}`, '-enableLeaderElection=false'],
      env: { ...process.env, ...tokens.env, KUBECONFIG: server.kubeconfig, POD_NAMESPACE: NAMESPACE },
    });
    // It says so when its watches run, and ends when its port for metrics, 8080, is taken.
    await started.ready(async () => started.log().includes('Starting workers'), READY_SECONDS).catch(async (error: Error) => {
      await started.stop();
      await tokens.close();
      throw error;
    });
    return new AiGateway(started, tokens);
  }

  private constructor(private readonly started: ServerProcess, private readonly tokens: TokenEndpoints) {}

  /** Throws when it ended by itself. */
  assertRunning(): void {
    this.started.assertRunning();
  }

  async stop(): Promise<void> {
    await this.started.stop();
    await this.tokens.close();
  }
}

/** What it makes of AIGatewayRoutes and leaves to the garbage collector, of which there is none. */
export const MADE_BY_AI_GATEWAY: readonly (readonly [apiVersion: string, kind: string])[] = [
  ['gateway.networking.k8s.io/v1', 'HTTPRoute'],
  ['gateway.envoyproxy.io/v1alpha1', 'HTTPRouteFilter'],
  ['gateway.envoyproxy.io/v1alpha1', 'EnvoyExtensionPolicy'],
];

/** What its installation makes, as far as it looks for it. */
function installed(): Manifest[] {
  return [{
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: { name: `envoy-ai-gateway-gateway-pod-mutator.${NAMESPACE}` },
    webhooks: [{
      name: 'pod-mutator.aigateway.envoyproxy.io',
      admissionReviewVersions: ['v1'],
      sideEffects: 'None',
      failurePolicy: 'Ignore',
      clientConfig: { service: { name: 'ai-gateway-controller', namespace: NAMESPACE, path: '/mutate' } },
    }],
  }];
}

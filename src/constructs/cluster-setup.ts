import { mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { Yaml } from 'cdk8s';
import { allow, FLAG, given, need, Shape, TEXT } from './misuse';
import { ClusterSetupPlan } from '../platforms/contract';
import { Platform } from '../platforms/platform';

const PLATFORM: Shape = { wanted: 'a Platform, such as Platform.envoyAIGateway()', fits: value => typeof value?._renderer?.clusterSetup === 'function' };
const ADDRESS: Shape = { wanted: 'an address such as "redis.redis.svc:6379"', fits: value => typeof value === 'string' && /^[^\s/@]+:\d{1,5}$/.test(value) };

/** What an administrator decides about a cluster. */
export interface ClusterSetupOptions {
  /**
   * Gateway and release the cluster runs.
   *
   * @default - the newest Envoy AI Gateway
   */
  readonly platform?: Platform;

  /**
   * Redis that counts tokens for rate limits, as `host:port`.
   *
   * @default - none; token limits are accepted and not enforced
   */
  readonly redisUrl?: string;

  /**
   * Whether cert-manager issues the certificate of the AI gateway's webhook. Needed where charts are
   * rendered without access to the cluster, as Argo CD does: each rendering makes another certificate otherwise.
   *
   * @default false
   */
  readonly certManager?: boolean;
}

/** What a cluster needs once, before any of this library's manifests works: the Helm values of its controllers. */
export class ClusterSetup {
  /** Commands that install the controllers with the values files, in order. */
  public readonly commands: string[];

  private readonly plan: ClusterSetupPlan;

  constructor(options: ClusterSetupOptions = {}) {
    const { platform = Platform.envoyAIGateway(), redisUrl, certManager } = given(options);
    need('ClusterSetup', 'platform', platform, PLATFORM);
    allow('ClusterSetup', 'redisUrl', redisUrl, ADDRESS);
    allow('ClusterSetup', 'certManager', certManager, FLAG);
    this.plan = platform._renderer.clusterSetup({ redisUrl, certManager });
    this.commands = [...this.plan.commands];
  }

  /**
   * Writes the values files into a directory, which is made when it is missing.
   *
   * @returns the paths of the files
   */
  public write(directory: string): string[] {
    need('ClusterSetup.write()', 'directory', directory, TEXT);
    mkdirSync(directory, { recursive: true });
    return this.plan.files.map(file => {
      const target = join(directory, file.name);
      writeFileSync(target, `# ${file.purpose}\n${Yaml.stringify(file.values)}`);
      return target;
    });
  }
}

import { Chart } from 'cdk8s';
import { AddModelOptions, AIGateway, AIGatewayProps, ApiKey, OpenAICompatibleProvider, Vendor } from '../../../../src';
import { hosted, Pretended, Scenario, World } from '../world';

/** A scenario with its own part of the program. */
export interface Case extends Scenario {
  declare(kit: Kit): unknown;
}

export const PRIMARY = 'primary.example.com';
export const SECOND = 'second.example.com';
export const STANDBY = 'standby.example.com';

/** A gateway, and providers that are named after their hosts. */
export class Kit {
  public readonly gateway: AIGateway;
  private readonly providers = new Map<string, OpenAICompatibleProvider>();

  constructor(public readonly chart: Chart, props?: AIGatewayProps) {
    this.gateway = new AIGateway(chart, 'gateway', props);
  }

  /** The provider at a host. A function of its own, so that it can be taken apart from the kit. */
  public readonly at = (hostname: string): OpenAICompatibleProvider => {
    let provider = this.providers.get(hostname);
    if (!provider) {
      const apiKey = ApiKey.fromSecretName(secretOf(hostname));
      provider = new OpenAICompatibleProvider(this.chart, hostname.replaceAll('.', '-'), { vendor: Vendor.of({ hostname }), apiKey });
      this.providers.set(hostname, provider);
    }
    return provider;
  };

  /** A model of the primary with the standby behind it. */
  public guarded(name: string, script: string, options?: AddModelOptions): void {
    this.gateway.addModel(name, this.at(PRIMARY).model(script).fallbackTo(this.at(STANDBY).model('spare')), options);
  }
}

export function secretOf(hostname: string): string {
  return `${hostname.split('.')[0]}-key`;
}

export function keyOf(hostname: string): string {
  return `key-of-${hostname.split('.')[0]}`;
}

export interface MoreOfWorld extends Partial<Omit<World, 'name' | 'program' | 'scenarios'>> {
  /** Providers behind TLS. */
  readonly hosts?: readonly string[];
  readonly gateway?: AIGatewayProps;
}

/** A world whose program is that of its cases, with a key for each host. */
export function worldOf(name: string, cases: readonly Case[], more: MoreOfWorld = {}): World {
  const { hosts = [], providers = [], secrets, gateway, ...rest } = more;
  const all: readonly Pretended[] = [...hosts.map(host => hosted(host)), ...providers];
  return {
    name,
    providers: all,
    secrets: () => ({ ...Object.fromEntries(all.map(({ hostname }) => [secretOf(hostname), { apiKey: keyOf(hostname) }])), ...secrets?.() }),
    program(chart) {
      const kit = new Kit(chart, gateway);
      for (const { declare } of cases) declare(kit);
    },
    scenarios: cases,
    ...rest,
  };
}

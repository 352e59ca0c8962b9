import { App, Chart, Testing } from 'cdk8s';
import { TestedPlatform } from './platforms';
import {
  AddPathOptions, AIGateway, ApiKey, Checks, ExternalSecretValueOptions, Finding, OpenAIProvider, Platform, RouteEntryOptions, RouteNamespaces,
  SecretStore, Target,
} from '../../src';
import { silently } from '../silently';

/** What programs of the table are made in. */
export class World {
  public readonly app: App;
  public readonly chart: Chart;
  public readonly apps: Chart;
  private readonly providers = new Map<string, OpenAIProvider>();
  private made: AIGateway | undefined;

  /** How the platform routes where a program leaves it open. */
  public readonly routesBy: 'model' | 'path';

  constructor(tested: TestedPlatform) {
    this.routesBy = tested.routesBy;
    this.app = Testing.app();
    Platform.use(this.app, tested.platform);
    this.chart = new Chart(this.app, 'ai', { namespace: 'ai' });
    this.apps = new Chart(this.app, 'apps', { namespace: 'apps' });
  }

  public get gateway(): AIGateway {
    return this.made ??= new AIGateway(this.chart, 'gateway', { routeNamespaces: RouteNamespaces.named('ai', 'apps') });
  }

  public get a(): OpenAIProvider {
    return this.openai('a');
  }

  public get b(): OpenAIProvider {
    return this.openai('b');
  }

  public get c(): OpenAIProvider {
    return this.openai('c');
  }

  public openai(id: string): OpenAIProvider {
    let provider = this.providers.get(id);
    if (!provider) this.providers.set(id, provider = new OpenAIProvider(this.chart, id, { apiKey: this.key(id) }));
    return provider;
  }

  public key(name = 'provider-key'): ApiKey {
    return ApiKey.fromSecretName(name);
  }

  public readonly stored: ExternalSecretValueOptions = { store: SecretStore.cluster('vault'), key: 'llm/provider', property: 'key' };

  /** Serves a target in the way the platform routes. */
  public serve(target: Target, options: RouteEntryOptions & AddPathOptions = {}, name = 'gpt-4o'): void {
    if (this.routesBy === 'model') {
      this.gateway.addModel(name, target, options);
    } else {
      this.gateway.addPath(`/${name}`, target, options);
    }
  }

  public findings(): Finding[] {
    return Checks.findings(this.app);
  }

  public manifests(): unknown[] {
    return silently(() => [...Testing.synth(this.chart), ...Testing.synth(this.apps)]);
  }
}

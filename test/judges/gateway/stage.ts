import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { parseAllDocuments, stringify } from 'yaml';
import { adaptForThisMachine } from './adapter';
import { Authority } from './authority';
import { Client } from './client';
import { GatewayProcess } from './gateway-process';
import { Internet } from './internet';
import { NameServer } from './names';
import { blackHole, closedPort } from './upstream/black-hole';
import { PretendedProvider } from './upstream/provider';
import { Pretended, PUBLIC_CA, World } from './world';

/** What all worlds of a run share. */
export interface Tools {
  readonly gateway: string;
  readonly envoy: string;
  readonly verbose: boolean;
  /** Progress. */
  say(line: string): void;
  readonly publicCa: Authority;
  readonly privateCa: Authority;
}

const NAMESPACE = 'ai';

/** A world that runs: its providers, and the gateway its program made. */
export class Stage {
  public static async set(world: World, tools: Tools): Promise<Stage> {
    const stage = new Stage(world, mkdtempSync(join(tmpdir(), 'aigw-')));
    try {
      await stage.start(tools);
      return stage;
    } catch (error) {
      await stage.strike();
      throw error;
    }
  }

  private readonly closing: (() => Promise<void>)[] = [];
  private readonly ports = new Map<string, number>();
  private readonly providers: PretendedProvider[] = [];
  private listenPort = 0;
  private gateway: GatewayProcess | undefined;

  private constructor(private readonly world: World, private readonly folder: string) {}

  public get client(): Client {
    const attemptsOf = (request: string) => this.providers.flatMap(provider => provider.attemptsOf(request)).sort((a, b) => a.time - b.time);
    return new Client(this.listenPort, attemptsOf);
  }

  public get address(): string {
    return `http://127.0.0.1:${this.listenPort}`;
  }

  public get admin(): string | undefined {
    return this.gateway?.admin;
  }

  public get files(): readonly string[] {
    return this.gateway?.files ?? [];
  }

  public get running(): boolean {
    return this.gateway?.running ?? false;
  }

  public get lastWords(): string {
    return this.gateway?.lastWords() ?? '';
  }

  /** Ends everything and removes its files. */
  public async strike(): Promise<void> {
    await this.gateway?.stop();
    await Promise.all(this.closing.map(async close => close()));
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async start(tools: Tools): Promise<void> {
    const { world, folder } = this;
    const names = await NameServer.start();
    this.closing.push(async () => names.stop());
    for (const pretended of world.providers) this.ports.set(`${pretended.hostname}:${pretended.port}`, await this.pretend(pretended, tools));
    this.listenPort = await closedPort();
    const trust = { publicCa: tools.publicCa.pem, privateCa: tools.privateCa.pem };
    const configMaps = { [PUBLIC_CA]: { 'ca.crt': trust.publicCa }, ...world.configMaps?.(trust) };
    const { namespace = NAMESPACE } = world;
    const core = (kind: string, name: string, content: object) => ({ apiVersion: 'v1', kind, metadata: { name, namespace }, ...content });
    const manifests = adaptForThisMachine(synthesize(world), {
      listenPort: this.listenPort,
      namesPort: names.port,
      publicCaConfigMap: PUBLIC_CA,
      namespace,
      portOf: (hostname, port) => this.ports.get(`${hostname}:${port}`),
      others: [
        ...Object.entries(world.secrets?.() ?? {}).map(([name, stringData]) => core('Secret', name, { stringData })),
        ...Object.entries(configMaps).map(([name, data]) => core('ConfigMap', name, { data })),
      ],
    });
    const { gateway: program, envoy, verbose, say } = tools;
    this.gateway = await GatewayProcess.start({
      program, envoy, folder, manifests, verbose, say, listenPort: this.listenPort, env: { ...await this.connect(tools), ...world.env?.(folder) },
    });
  }

  /** The way to those who issue tokens, and trust in them. */
  private async connect({ publicCa, say }: Tools): Promise<{ readonly [name: string]: string }> {
    const { files, tokens } = this.world;
    for (const [name, content] of Object.entries(files?.() ?? {})) writeFileSync(join(this.folder, name), content);
    if (!tokens) return {};
    const internet = await Internet.open(publicCa, tokens, say);
    this.closing.push(async () => internet.close());
    const bundle = join(this.folder, 'authorities.pem');
    writeFileSync(bundle, publicCa.pem);
    return { HTTPS_PROXY: internet.url, HTTP_PROXY: internet.url, NO_PROXY: '', SSL_CERT_FILE: bundle };
  }

  private async pretend({ hostname, tls, instead }: Pretended, { publicCa, privateCa }: Tools): Promise<number> {
    if (instead === 'closed port') return closedPort();
    if (instead === 'black hole') {
      const hole = await blackHole();
      this.closing.push(async () => hole.stop());
      return hole.port;
    }
    const issuer = tls?.issuer === 'private' ? privateCa : publicCa;
    const provider = new PretendedProvider(hostname, tls && await issuer.issue(tls.name ?? hostname));
    this.closing.push(async () => provider.stop());
    this.providers.push(provider);
    return provider.start();
  }
}

/** Exactly what a user would commit: a finding that is an error stops here. */
function synthesize(world: World): string {
  if (world.yaml !== undefined) return world.yaml;
  const app = new App();
  world.program?.(new Chart(app, 'ai', { namespace: NAMESPACE, disableResourceNameHashes: true }));
  const yaml = app.synthYaml();
  if (!world.change) return yaml;
  const changed = world.change(parseAllDocuments(yaml).map(document => document.toJS() as object));
  return changed.map(manifest => stringify(manifest)).join('---\n');
}

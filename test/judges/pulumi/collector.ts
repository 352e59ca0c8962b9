import { KubernetesClient, Manifest, objectPath } from '../cluster/client';

const INTERVAL_MS = 200;

/** Stands for the two controllers of a real cluster that let deleted objects go: the garbage collector, and that of namespaces. */
export class Collector {
  private readonly kinds = new Map([['v1 Namespace', { apiVersion: 'v1', kind: 'Namespace' }]]);
  private readonly timer: NodeJS.Timeout;
  private round: Promise<void> | undefined;

  constructor(private readonly client: KubernetesClient) {
    this.timer = setInterval(() => this.round ??= this.collect().catch(() => undefined).finally(() => this.round = undefined), INTERVAL_MS);
  }

  /** Looks after objects of a kind from now on. */
  watch({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): void {
    this.kinds.set(`${apiVersion} ${kind}`, { apiVersion, kind });
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.round;
  }

  private async collect(): Promise<void> {
    for (const { apiVersion, kind } of this.kinds.values()) {
      const deleted = (await this.client.list(apiVersion, kind)).filter(({ metadata }) => metadata.deletionTimestamp);
      for (const object of deleted) await this.release(object);
    }
  }

  private async release(object: Manifest): Promise<void> {
    const resource = (await this.client.resource(object.apiVersion, object.kind))!;
    const path = objectPath(resource, object.metadata.name, object.metadata.namespace);
    if (object.kind === 'Namespace') await this.client.send('PUT', `${path}/finalize`, { ...object, spec: { finalizers: [] } });
    // Nothing owns anything here, so there is nothing to wait for.
    await this.client.send('PATCH', path, { metadata: { finalizers: null } }, 'application/merge-patch+json');
  }
}

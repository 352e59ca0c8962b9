import { ApiObject, Chart, ChartProps, Names } from 'cdk8s';
import { Construct } from 'constructs';

const CRON_JOB_LENGTH = 52;

/** A chart whose objects Pulumi registers. */
export class RegisteredChart extends Chart {
  private readonly changed: () => void;

  /** @param changed is called whenever an object is made in the chart */
  constructor(scope: Construct, id: string, props: ChartProps, changed: () => void) {
    super(scope, id, { ...props, disableResourceNameHashes: true });
    this.changed = changed;
  }

  /** cdk8s asks every chart for its labels when an object is made, and says so nowhere else. */
  public get labels(): { [name: string]: string } {
    this.changed();
    return super.labels;
  }
}

/** The chart of components that no chart was declared for: it is no part of their names. */
export class NamespaceChart extends RegisteredChart {
  private readonly nameById = new Map<string, string>();

  /** An id for a component; components of different types may have the same name. */
  public idFor(name: string, type: string): string {
    const id = this.node.tryFindChild(name) ? `${name} (${type})` : name;
    this.nameById.set(id, name);
    return id;
  }

  public generateObjectName(apiObject: ApiObject): string {
    const [id, ...rest] = apiObject.node.path.slice(this.node.path.length + 1).split('/');
    const path = [this.nameById.get(id) ?? id, ...rest].join('/');
    // cdk8s leaves out words such as "default".
    return Names.toDnsLabel({ node: { path } } as Construct, { includeHash: false, maxLen: apiObject.kind === 'CronJob' ? CRON_JOB_LENGTH : undefined }) || id;
  }
}

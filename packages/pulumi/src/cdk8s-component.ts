import * as pulumi from '@pulumi/pulumi';
import { ApiObject, Chart as Cdk8sChart } from 'cdk8s';
import { Platform } from 'cdk8s-ai-gateway';
import { adopt, adoptChart, complete, construct, held, labelOf, typeToken } from './component';
import { constructOf } from './construct-of';
import { forConstruct } from './inputs';
import { Run } from './run';

/** Properties of a `Chart`. */
export interface ChartArgs {
  /**
   * Namespace of all objects that name none themselves.
   *
   * @default - what the Kubernetes provider chooses
   */
  namespace?: pulumi.Input<string>;

  /**
   * Labels of all objects.
   *
   * @default - none
   */
  labels?: { [name: string]: pulumi.Input<string> };

  /**
   * The gateway and its release that everything in the chart is for.
   *
   * @default - the newest release of Envoy AI Gateway
   */
  platform?: Platform;
}

/** Options of a `Cdk8sComponent`. */
export interface Cdk8sComponentOptions extends pulumi.ComponentResourceOptions {
  /**
   * Namespace, labels and platform of the chart.
   *
   * @default - none
   */
  chart?: ChartArgs;

  /**
   * Options of single objects, such as `import` or `aliases`, beside those of the component.
   *
   * @default - none
   */
  objectOptions?: (object: ApiObject) => pulumi.CustomResourceOptions | undefined;
}

/**
 * Components that belong together: they share namespace, labels and platform, and the chart's name begins the
 * names of their objects, as in a cdk8s program. Components enter it with `{ parent: chart }`.
 */
export class Chart extends pulumi.ComponentResource {
  constructor(name: string, args: ChartArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    const chart = makeChart('Chart', name, args);
    super(typeToken('Chart'), name, {}, held(opts));
    adopt(this, 'Chart', name, chart, opts);
    adoptChart(this, chart);
  }

  /** The chart of cdk8s. */
  public get construct(): Cdk8sChart {
    return constructOf(this);
  }

  /** @internal */
  protected initialize(): Promise<void> {
    return complete();
  }
}

/** Any code for cdk8s as a component: each object that `build` puts into the chart is a resource of its own. */
export class Cdk8sComponent extends pulumi.ComponentResource {
  /**
   * @param name name of the component, which is the chart's id
   * @param build fills the chart; Outputs go in with `asString()` and `asNumber()`, into raw manifests as they are
   */
  constructor(name: string, build: (chart: Cdk8sChart) => void, opts: Cdk8sComponentOptions = {}) {
    const { chart: args = {}, ...options } = opts;
    const chart = makeChart('Cdk8sComponent', name, args);
    construct(labelOf('Cdk8sComponent', name), { scope: Run.current().app, id: name }, () => {
      build(chart);
      return chart;
    });
    super(typeToken('Cdk8sComponent'), name, {}, held(options));
    adopt(this, 'Cdk8sComponent', name, chart, options);
    adoptChart(this, chart);
  }

  /** The chart of cdk8s. */
  public get construct(): Cdk8sChart {
    return constructOf(this);
  }

  /** @internal */
  protected initialize(): Promise<void> {
    return complete();
  }
}

function makeChart(type: string, name: string, args: ChartArgs): Cdk8sChart {
  const label = labelOf(type, name);
  const { namespace, labels, platform } = forConstruct<ChartArgs>(label, '', 'k', args);
  const run = Run.current();
  if (run.app.node.tryFindChild(name)) throw new Error(`${label}: there is a chart '${name}' already, and objects are named after it; give it another name`);
  const chart = run.chart(name, { namespace: forConstruct(label, 'namespace', 's', namespace), labels: forConstruct(label, 'labels', '{}s', labels) });
  if (platform) Platform.use(chart, forConstruct(label, 'platform', 'k', platform));
  return chart;
}

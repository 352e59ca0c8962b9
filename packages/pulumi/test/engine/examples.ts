import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as pulumi from '@pulumi/pulumi';
import * as cdk8s from 'cdk8s';
import * as core from 'cdk8s-ai-gateway';
import * as kplus from 'cdk8s-plus-28';
import * as ts from 'typescript';
import * as components from '../../src';
import { Run } from '../../src/run';

const folder = join(__dirname, '../../../../examples');
export const examples = readdirSync(folder).filter(name => existsSync(join(folder, name, 'main.ts'))).sort();

type Modules = { readonly [name: string]: unknown };

/** Runs an example with modules of a test's choosing in place of cdk8s and the constructs. */
function run(example: string, modules: Modules): void {
  const directory = join(folder, example);
  const { outputText } = ts.transpileModule(readFileSync(join(directory, 'main.ts'), 'utf8'), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
  });
  const others = createRequire(join(directory, 'main.ts'));
  const before = process.cwd();
  const outdir = mkdtempSync(join(tmpdir(), 'example-'));
  process.env.CDK8S_OUTDIR = outdir;
  process.chdir(directory);
  try {
    new Function('require', 'exports', '__dirname', outputText)((name: string) => modules[name] ?? others(name), {}, directory);
  } finally {
    process.chdir(before);
    delete process.env.CDK8S_OUTDIR;
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** An app that is written to nowhere. */
class QuietApp extends cdk8s.App {
  public synth(): void {
    // What it holds is read from its charts.
  }
}

class PlainChart extends cdk8s.Chart {
  constructor(scope: cdk8s.App, id: string, props: cdk8s.ChartProps) {
    super(scope, id, { ...props, disableResourceNameHashes: true });
  }
}

/** The manifests of each app of an example as cdk8s makes them, with names without hashes. */
export function manifestsOfApps(example: string): any[][] {
  const apps: cdk8s.App[] = [];
  class App extends QuietApp {
    constructor(props: cdk8s.AppProps) {
      super(props);
      apps.push(this);
    }
  }
  run(example, { 'cdk8s': { ...cdk8s, App, Chart: PlainChart }, 'cdk8s-ai-gateway': core });
  return apps.map(app => app.node.children.flatMap(chart => cdk8s.Testing.synth(chart as cdk8s.Chart)));
}

/** Declares one app of an example in a Pulumi program, each chart a component; the other apps go nowhere. */
export function declareApp(example: string, index: number, chartOf: (id: string, props: cdk8s.ChartProps) => unknown, library: unknown): void {
  let count = 0;
  const ours = new Set<unknown>();
  const App = function (props: cdk8s.AppProps) {
    if (count++ !== index) return new QuietApp(props);
    const { app } = Run.current();
    Object.defineProperty(app, 'synth', { value: () => undefined, configurable: true, writable: true });
    ours.add(app);
    return app;
  };
  const Chart = function (scope: cdk8s.App, id: string, props: cdk8s.ChartProps) {
    return ours.has(scope) ? chartOf(id, props) : new PlainChart(scope, id, props);
  };
  const Deployment = function (scope: any, ...rest: unknown[]) {
    return Reflect.construct(kplus.Deployment, [scope instanceof components.Chart ? scope.construct : scope, ...rest]);
  };
  run(example, { 'cdk8s': { ...cdk8s, App, Chart }, 'cdk8s-ai-gateway': library, 'cdk8s-plus-28': { ...kplus, Deployment } });
}

/** A chart of the general component. */
export function generalChart(id: string, { namespace, labels }: cdk8s.ChartProps): cdk8s.Chart {
  return new components.Cdk8sComponent(id, () => undefined, { chart: { namespace, labels } }).construct;
}

/** The components under the signatures of the constructs: a scope is a parent. */
export function componentsAsConstructs(): unknown {
  const asConstruct = (component: any) => Object.setPrototypeOf(
    Object.assign(
      function (scope: any, id: string, props: any) {
        if (scope instanceof cdk8s.Chart) return Reflect.construct((core as any)[component.name], [scope, id, props]);
        return new component(id, props, { parent: scope });
      },
      component.fromGatewayName && {
        fromGatewayName: (scope: any, id: string, name: string, options: any) => component.fromGatewayName(id, name, options, { parent: scope }),
      },
    ),
    component,
  );
  const entries = Object.entries(components).map(([name, value]: [string, any]) =>
    [name, name in core && typeof value === 'function' && value.prototype?.registerOutputs ? asConstruct(value) : value]);
  // Services of cdk8s-plus are constructs, which these programs have beside components.
  const { fromService } = core.InClusterService;
  return { ...core, ...Object.fromEntries(entries), InClusterService: { ...components.InClusterService, fromService } };
}

export function typedChart(id: string, { namespace, labels }: cdk8s.ChartProps): components.Chart {
  // Charts of an example have components of the same names, which Pulumi tells apart by the types above them.
  const parent = new pulumi.ComponentResource(`example:index:${id}`, id);
  return new components.Chart(id, { namespace, labels }, { parent });
}

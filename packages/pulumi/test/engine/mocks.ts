import * as pulumi from '@pulumi/pulumi';

/** A registration as the engine is sent it. */
export interface Registration {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly parent: string;
  /** Inputs with marks for what is secret or unknown, leaf by leaf. */
  readonly inputs: any;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: { readonly [property: string]: readonly string[] };
  readonly protect: boolean;
  readonly provider: string;
  readonly version: string;
  readonly ignoreChanges: readonly string[];
  readonly retainOnDelete: boolean;
  readonly aliases: readonly { readonly name?: string; readonly type?: string }[];
  readonly additionalSecretOutputs: readonly string[];
}

declare const realProcess: NodeJS.Process;

const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';
const SIGNATURE = '4dabf18193072939515e22adb298388d';
const SECRET = '1b47061264138c4ac30d75fd1eb44270';

export interface Outcome {
  readonly all: readonly Registration[];
  readonly objects: readonly Registration[];
  readonly components: readonly Registration[];
  readonly error: Error | undefined;
  readonly errors: readonly Error[];
  readonly log: string;
}

export interface Settings {
  readonly preview?: boolean;
  readonly config?: { readonly [key: string]: string };
}

/** Runs a program against Pulumi's mocks and returns what it registers. */
export async function runProgram(program: () => unknown, { preview = false, config = {} }: Settings = {}): Promise<Outcome> {
  const printed: string[] = [];
  const outputs = (['log', 'warn', 'error', 'info', 'debug'] as const).map(method => jest.spyOn(console, method).mockImplementation((...texts: unknown[]) => void printed.push(texts.join(' '))));
  const errors: Error[] = [];
  await pulumi.runtime.setMocks({
    newResource: ({ name, inputs, id }) => ({ id: id || `${name}-id`, state: inputs }),
    call: ({ inputs }) => inputs,
  }, 'project', 'stack', preview, 'organization');
  pulumi.runtime.setAllConfig(config);
  const all: Registration[] = [];
  const monitor = pulumi.runtime.getMonitor() as any;
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request: any, callback: any) => register(request, (error: Error | null, response: any) => {
    if (!error) all.push(registration(request, response.getUrn()));
    callback(error, response);
  });
  const remember = (error: Error) => void errors.push(error);
  const listeners = realProcess.listeners('unhandledRejection');
  realProcess.removeAllListeners('unhandledRejection').on('unhandledRejection', remember);
  try {
    await program();
    await nextTurn();
    await Promise.race([(pulumi.runtime as any).waitForRPCs(), failed(errors)]);
  } catch (error) {
    remember(error as Error);
  } finally {
    await nextTurn();
    realProcess.removeAllListeners('unhandledRejection');
    for (const listener of listeners) realProcess.on('unhandledRejection', listener);
    for (const output of outputs) output.mockRestore();
  }
  return {
    all,
    objects: all.filter(({ type }) => type.startsWith('kubernetes:')),
    components: all.filter(({ type }) => type.startsWith('pulumi-ai-gateway:')),
    error: errors[0],
    errors: [...new Set(errors)],
    log: printed.join('\n'),
  };
}

async function failed(errors: readonly Error[]): Promise<void> {
  while (errors.length === 0) await new Promise(resolve => setTimeout(resolve, 5).unref());
}

export function registration(request: any, urn: string): Registration {
  const plain = request.toObject();
  return {
    urn,
    type: request.getType(),
    name: request.getName(),
    parent: request.getParent(),
    inputs: marked(request.getObject().toJavaScript()),
    dependencies: [...plain.dependenciesList].sort(),
    propertyDependencies: Object.fromEntries(plain.propertydependenciesMap.map(([name, { urnsList }]: any) => [name, urnsList])),
    protect: request.getProtect() ?? false,
    provider: request.getProvider() || Object.values(Object.fromEntries(plain.providersMap ?? []))[0] || '',
    version: request.getVersion(),
    ignoreChanges: plain.ignorechangesList,
    retainOnDelete: request.getRetainondelete() ?? false,
    aliases: plain.aliasesList.map(({ spec }: any) => spec),
    additionalSecretOutputs: plain.additionalsecretoutputsList,
  };
}

/** Wire marks as something a test can be read with. */
function marked(value: any): any {
  if (value === UNKNOWN) return '<unknown>';
  if (Array.isArray(value)) return value.map(marked);
  if (typeof value !== 'object' || value === null) return value;
  if (value[SIGNATURE] === SECRET) return { secret: marked(value.value) };
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, marked(item)]));
}

/** An Output that is unknown, as those of resources that do not exist yet are at preview. */
export function unknown<T>(): pulumi.Output<T> {
  const Output = pulumi.Output as any;
  return new Output(new Set(), Promise.resolve(undefined), Promise.resolve(false), Promise.resolve(false), Promise.resolve(new Set()));
}

/** Waits until what is declared so far is checked. */
export function nextTurn(): Promise<void> {
  return new Promise(resolve => setImmediate(() => setImmediate(() => setImmediate(resolve))));
}

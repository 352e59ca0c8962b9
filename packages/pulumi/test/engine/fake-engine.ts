import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { registration, Registration } from './mocks';

/** The SDK's own copies: messages of another copy are not theirs. */
const sdk = createRequire(require.resolve('@pulumi/pulumi'));
const grpc = sdk('@grpc/grpc-js');
const resources = sdk('./proto/resource_pb');
const { ResourceMonitorService } = sdk('./proto/resource_grpc_pb');
const { EngineService } = sdk('./proto/engine_grpc_pb');
const engineMessages = sdk('./proto/engine_pb');
const callbackMessages = sdk('./proto/callback_pb');
const { CallbacksClient } = sdk('./proto/callback_grpc_pb');
const { Struct } = sdk('google-protobuf/google/protobuf/struct_pb');
const { Empty } = sdk('google-protobuf/google/protobuf/empty_pb');

const LIMIT_MS = 50_000;
/** After a failure the engine lets run what is under way, and then ends the program. */
const GRACE_MS = 1_000;
const RUNNER = join(dirname(require.resolve('@pulumi/pulumi/package.json')), 'cmd/run');

export interface EngineRun {
  readonly registrations: readonly Registration[];
  /** Outputs of components and of the stack, by URN. */
  readonly outputs: ReadonlyMap<string, any>;
  readonly log: string;
  readonly exitCode: number | null;
  readonly ms: number;
}

export interface EngineSettings {
  readonly preview?: boolean;
  readonly config?: { readonly [key: string]: string };
  readonly secretKeys?: readonly string[];
  /** What stacks that are referred to have as outputs. */
  readonly stackOutputs?: { readonly [name: string]: string };
  /** Whether the engine fails to make a resource. */
  readonly fails?: (type: string, name: string) => boolean;
}

/** Plays Pulumi's engine over gRPC towards the real SDK, which runs a program in a process of its own. */
export async function runWithEngine(program: string, settings: EngineSettings = {}): Promise<EngineRun> {
  const engine = new FakeEngine(settings);
  const address = await engine.listen();
  const start = process.hrtime.bigint();
  try {
    const args = [
      RUNNER, `--monitor=${address}`, `--engine=${address}`, '--project=project', '--stack=stack', '--parallel=100',
      ...settings.preview ? ['--dry-run'] : [], `--pwd=${dirname(program)}`, program,
    ];
    const { exitCode, output } = await node(args, engine.stopped, {
      PULUMI_CONFIG: JSON.stringify(settings.config ?? {}),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(settings.secretKeys ?? []),
      PULUMI_ERROR_OUTPUT_STRING: 'true',
    });
    return {
      registrations: engine.registrations, outputs: engine.outputs, log: [...engine.log, output].join('\n'), exitCode,
      ms: Number(process.hrtime.bigint() - start) / 1e6,
    };
  } finally {
    engine.close();
  }
}

interface Ended {
  /** Null where the engine ended the program. */
  readonly exitCode: number | null;
  readonly output: string;
}

function node(args: readonly string[], stopped: Promise<void>, env: { readonly [name: string]: string }): Promise<Ended> {
  return new Promise((resolve, reject) => {
    // The root's configuration of tsx is named relative to the root.
    const child = spawn(process.execPath, ['--import', require.resolve('tsx'), ...args], { env: { ...process.env, TSX_TSCONFIG_PATH: undefined, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    void stopped.then(() => child.kill());
    const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
    let output = '';
    child.stdout.on('data', part => output += part);
    child.stderr.on('data', part => output += part);
    child.on('error', reject);
    child.on('close', exitCode => {
      clearTimeout(timer);
      resolve({ exitCode, output });
    });
  });
}

interface Known {
  readonly types: string;
  readonly parent: string;
  readonly transforms: readonly any[];
}

class FakeEngine {
  public readonly registrations: Registration[] = [];
  public readonly outputs = new Map<string, any>();
  public readonly log: string[] = [];
  /** Resolves when the engine gives up. */
  public readonly stopped: Promise<void>;
  private stop!: () => void;
  private readonly known = new Map<string, Known>();
  private readonly server = new grpc.Server();
  private root = '';

  constructor(private readonly settings: EngineSettings) {
    this.stopped = new Promise(resolve => this.stop = resolve);
    const unary = (handle: (request: any) => unknown) => (call: any, callback: any) => void Promise.resolve()
      .then(() => handle(call.request))
      .then(answer => callback(null, answer), error => callback({ code: grpc.status.UNKNOWN, details: error.message }));
    const empty = () => new Empty();
    this.server.addService(ResourceMonitorService, {
      supportsFeature: unary(() => new resources.SupportsFeatureResponse().setHassupport(true)),
      registerResource: unary(request => this.register(request)),
      registerResourceOutputs: unary(request => {
        this.outputs.set(request.getUrn(), request.getOutputs()?.toJavaScript() ?? {});
        return new Empty();
      }),
      readResource: unary(request => this.read(request)),
      registerStackTransform: unary(empty),
      registerStackInvokeTransform: unary(empty),
      signalAndWaitForShutdown: unary(empty),
      invoke: unary(() => {
        throw new Error('no invokes here');
      }),
    });
    this.server.addService(EngineService, {
      log: unary(request => {
        if (request.getSeverity() > 0) this.log.push(`${request.getUrn().split('::').at(-1)}: ${request.getMessage()}`);
        return new Empty();
      }),
      getRootResource: unary(() => new engineMessages.GetRootResourceResponse().setUrn(this.root)),
      setRootResource: unary(request => {
        this.root = request.getUrn();
        return new engineMessages.SetRootResourceResponse();
      }),
    });
  }

  listen(): Promise<string> {
    return new Promise((resolve, reject) => this.server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error: Error | null, port: number) => {
      if (error) reject(error); else resolve(`127.0.0.1:${port}`);
    }));
  }

  close(): void {
    this.server.forceShutdown();
  }

  private async register(request: any): Promise<unknown> {
    const [type, name] = [request.getType(), request.getName()];
    if (this.settings.fails?.(type, name)) {
      setTimeout(this.stop, GRACE_MS);
      this.log.push(`cannot make ${name}`);
      throw new Error(`cannot make ${name}`);
    }
    const parent = request.getParent();
    const above = this.known.get(parent);
    // The stack is left out of the types of a URN.
    const types = above && parent !== this.root ? `${above.types}$${type}` : type;
    const urn = `urn:pulumi:stack::project::${types}::${name}`;
    if (this.known.has(urn)) throw new Error(`Duplicate resource URN ${urn}`);
    const protect = request.getProtect();
    this.known.set(urn, { types, parent, transforms: request.getTransformsList() });
    if (type === 'pulumi:pulumi:Stack') this.root = urn;
    if (request.getCustom()) await this.transform(request, parent);
    this.registrations.push({ ...registration(request, urn), protect });
    const response = new resources.RegisterResourceResponse().setUrn(urn).setObject(request.getObject());
    if (request.getCustom() && !this.settings.preview) response.setId(`${name}-id`);
    return response;
  }

  /** Outputs of another stack. */
  private read(request: any): unknown {
    const urn = `urn:pulumi:stack::project::${request.getType()}::${request.getName()}`;
    const outputs = { name: request.getId(), outputs: this.settings.stackOutputs ?? {}, secretOutputNames: [] };
    return new resources.ReadResourceResponse().setUrn(urn).setProperties(Struct.fromJavaScript(outputs));
  }

  /** Asks the program's own transforms, from the nearest component up. */
  private async transform(request: any, parent: string): Promise<void> {
    for (let at = this.known.get(parent); at; at = this.known.get(at.parent)) {
      for (const callback of at.transforms) {
        const asked = new resources.TransformRequest();
        asked.setType(request.getType());
        asked.setName(request.getName());
        asked.setCustom(true);
        asked.setParent(parent);
        asked.setProperties(request.getObject());
        asked.setOptions(new resources.TransformResourceOptions());
        const client = new CallbacksClient(callback.getTarget(), grpc.credentials.createInsecure());
        const invocation = new callbackMessages.CallbackInvokeRequest().setToken(callback.getToken()).setRequest(asked.serializeBinary());
        const answer: any = await new Promise((resolve, reject) => {
          client.invoke(invocation, (error: Error | null, value: any) => (error ? reject(error) : resolve(value)));
        });
        client.close();
        const properties = resources.TransformResponse.deserializeBinary(answer.getResponse_asU8()).getProperties();
        if (properties) request.setObject(properties);
      }
    }
  }
}

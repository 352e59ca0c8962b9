import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { envoyBinary } from './binary';
import { freePort, start, Started, until } from './processes';

export interface EnvoyOptions {
  readonly front: 'ext_proc' | 'ext_authz' | 'none';
  readonly guardPort: number;
  readonly upstreamPort: number;
  /** Demands the mark, as the gateway does; true by default for ext_proc. */
  readonly mark?: boolean;
  /** Strips at the edge what only the gateway may set; true by default. */
  readonly strip?: boolean;
  readonly bufferLimit?: number;
  readonly bodyMode?: string;
  readonly messageTimeout?: string;
  readonly maxRequestsPerConnection?: number;
  readonly concurrency?: number;
  /** Tries again on 503 from upstream. */
  readonly retry?: boolean;
}

const MIB = 1024 * 1024;
const HTTP_OPTIONS = 'type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions';

/** An Envoy configured as the gateway configures it from our manifests, as far as the policy server is concerned. */
export class Envoy {
  public static async start(options: EnvoyOptions): Promise<Envoy> {
    const [port, admin] = [await freePort(), await freePort()];
    const folder = mkdtempSync(join(tmpdir(), 'policy-envoy-'));
    const file = join(folder, 'envoy.json');
    writeFileSync(file, JSON.stringify(config(options, port, admin)));
    const started = start(envoyBinary(), [
      '-c', file, '--concurrency', String(options.concurrency ?? 1), '--log-level', 'warning', '--use-dynamic-base-id', '--drain-time-s', '1',
    ]);
    const envoy = new Envoy(started, port, admin, folder);
    await until('Envoy is ready', async () => {
      if (started.process.exitCode !== null) throw new Error(started.output());
      return (await fetch(`http://127.0.0.1:${admin}/ready`).catch(() => undefined))?.status === 200;
    });
    return envoy;
  }

  private constructor(
    private readonly started: Started,
    public readonly port: number,
    private readonly admin: number,
    private readonly folder: string,
  ) {}

  public get output(): string {
    return this.started.output();
  }

  /** The sum of the counters whose names match. */
  public async counter(name: RegExp): Promise<number> {
    const text = await (await fetch(`http://127.0.0.1:${this.admin}/stats`)).text();
    return text.split('\n').map(line => /^(.*): (\d+)$/.exec(line)).filter(found => found && name.test(found[1])).reduce((sum, found) => sum + Number(found![2]), 0);
  }

  public async stop(): Promise<void> {
    await this.started.stop();
    rmSync(this.folder, { recursive: true });
  }
}

function config(options: EnvoyOptions, port: number, admin: number): object {
  const { front, mark = front === 'ext_proc', strip = true, bufferLimit = 50 * MIB } = options;
  return {
    admin: { address: address(admin) },
    static_resources: {
      listeners: [{
        name: 'edge',
        address: address(port),
        per_connection_buffer_limit_bytes: bufferLimit,
        filter_chains: [{
          filters: [{
            name: 'envoy.filters.network.http_connection_manager',
            typed_config: {
              '@type': 'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
              'stat_prefix': 'edge',
              'http2_protocol_options': { initial_stream_window_size: bufferLimit, initial_connection_window_size: Math.max(bufferLimit, MIB) },
              'early_header_mutation_extensions': strip ? [stripping()] : [],
              'access_log': [accessLog()],
              'route_config': { virtual_hosts: [{ name: 'all', domains: ['*'], routes: [route(options)] }] },
              'http_filters': [
                ...(front === 'ext_proc' ? [extProc(options)] : []),
                ...(front === 'ext_authz' ? [extAuthz(options, bufferLimit)] : []),
                ...(mark ? [rbac()] : []),
                { name: 'envoy.filters.http.router', typed_config: { '@type': 'type.googleapis.com/envoy.extensions.filters.http.router.v3.Router' } },
              ],
            },
          }],
        }],
      }],
      clusters: [
        { ...cluster('upstream', options.upstreamPort), per_connection_buffer_limit_bytes: bufferLimit },
        ...(front === 'none' ? [] : [guardCluster(options)]),
      ],
    },
  };
}

function address(port: number): object {
  return { socket_address: { address: '127.0.0.1', port_value: port } };
}

function cluster(name: string, port: number): object {
  return {
    name,
    connect_timeout: '1s',
    circuit_breakers: { thresholds: [{ max_connections: 65536, max_pending_requests: 65536, max_requests: 65536, max_retries: 65536 }] },
    load_assignment: { cluster_name: name, endpoints: [{ lb_endpoints: [{ endpoint: { address: address(port) } }] }] },
  };
}

function guardCluster({ front, guardPort, maxRequestsPerConnection }: EnvoyOptions): object {
  const protocol = front === 'ext_proc'
    ? { http2_protocol_options: { initial_stream_window_size: 64 * 1024, initial_connection_window_size: MIB } }
    : { http_protocol_options: {} };
  return {
    ...cluster('guard', guardPort),
    per_connection_buffer_limit_bytes: 32 * 1024,
    typed_extension_protocol_options: {
      'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': {
        '@type': HTTP_OPTIONS,
        'explicit_http_config': protocol,
        ...(maxRequestsPerConnection === undefined
          ? {} : { common_http_protocol_options: { max_requests_per_connection: maxRequestsPerConnection } }),
      },
    },
  };
}

function route({ retry }: EnvoyOptions): object {
  return {
    match: { prefix: '/' },
    route: {
      cluster: 'upstream',
      timeout: '60s',
      ...(retry ? { retry_policy: { retry_on: 'retriable-status-codes', retriable_status_codes: [503], num_retries: 2 } } : {}),
    },
  };
}

function stripping(): object {
  return {
    name: 'strip',
    typed_config: {
      '@type': 'type.googleapis.com/envoy.extensions.http.early_header_mutation.header_mutation.v3.HeaderMutation',
      'mutations': ['x-aigw-', 'x-ai-eg-', 'x-guard-'].map(prefix => ({ remove_on_match: { key_matcher: { prefix, ignore_case: true } } })),
    },
  };
}

function accessLog(): object {
  return {
    name: 'stdout',
    typed_config: {
      '@type': 'type.googleapis.com/envoy.extensions.access_loggers.stream.v3.StdoutAccessLog',
      'log_format': { text_format_source: { inline_string: 'AUDIT %RESPONSE_CODE% %RESPONSE_CODE_DETAILS% %DYNAMIC_METADATA(ai-policy.audit)%\n' } },
    },
  };
}

function extProc({ bodyMode = 'BUFFERED', messageTimeout = '2s' }: EnvoyOptions): object {
  return {
    name: 'guard',
    typed_config: {
      '@type': 'type.googleapis.com/envoy.extensions.filters.http.ext_proc.v3.ExternalProcessor',
      'grpc_service': { envoy_grpc: { cluster_name: 'guard' }, timeout: '10s' },
      'message_timeout': messageTimeout,
      'processing_mode': { request_header_mode: 'SEND', response_header_mode: 'SKIP', request_body_mode: bodyMode },
      'metadata_options': { receiving_namespaces: { untyped: ['ai-policy.audit'] } },
    },
  };
}

function extAuthz({ messageTimeout = '2s' }: EnvoyOptions, bufferLimit: number): object {
  const names = (list: readonly string[]) => ({ patterns: list.map(exact => ({ exact, ignore_case: true })) });
  return {
    name: 'guard',
    typed_config: {
      '@type': 'type.googleapis.com/envoy.extensions.filters.http.ext_authz.v3.ExtAuthz',
      'transport_api_version': 'V3',
      'allowed_headers': names(['x-tenant-id', 'content-type', 'content-encoding', 'x-request-id', 'x-ai-eg-model', 'x-ai-eg-internal-req-id', 'x-aigw-openai', 'x-guard-ok']),
      'with_request_body': { max_request_bytes: bufferLimit },
      'http_service': {
        server_uri: { uri: 'http://guard/check', cluster: 'guard', timeout: messageTimeout },
        path_prefix: '/check',
        authorization_response: { allowed_upstream_headers: names(['x-aigw-openai']) },
      },
    },
  };
}

function rbac(): object {
  return {
    name: 'mark',
    typed_config: {
      '@type': 'type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC',
      'rules': {
        action: 'ALLOW',
        policies: { marked: { permissions: [{ any: true }], principals: [{ header: { name: 'x-guard-ok', string_match: { exact: '1' } } }] } },
      },
    },
  };
}

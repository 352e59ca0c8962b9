import { AGENTGATEWAY, POLICY_TARGETS } from '../../../agentgateway';
import { GraphNode } from '../../../graph';
import { at, Fields, fields, isToken, list, text } from '../../../read';
import { isBefore } from '../../../release';
import { Rule, RuleFinding } from '../../../rule';

const TRAFFIC_KINDS = ['Gateway', 'ListenerSet', 'HTTPRoute', 'GRPCRoute', 'InferencePool'];
const BEFORE_ROUTES_KINDS = ['Gateway', 'ListenerSet'];
/** What runs before a route is chosen. */
const BEFORE_ROUTES = ['phase', 'extAuth', 'transformation', 'extProc', 'jwtAuthentication', 'basicAuthentication', 'apiKeyAuthentication'];
const BEFORE_ROUTES_SINCE_V1_4 = [...BEFORE_ROUTES, 'authorization', 'cors'];
/** Settings of a port, which its listeners share. */
const OF_PORTS = ['tcp', 'networkAuthorization', 'tls', 'http', 'proxyProtocol', 'connect'];

export const policyInvalid: Rule = {
  code: 'POLICY_INVALID',
  severity: 'error',
  title: 'A policy of agentgateway has parts that its targets or each other exclude',
  cause: 'An AgentgatewayPolicy is for a kind that policies, or the part it sets, cannot be for: `frontend` is for Gateways, `traffic` for Gateways and routes, `backend.ai` not for Services; its targets are of several kinds; or a field of `traffic` cannot run in the phase PreRouting.',
  consequence: 'The API server refuses the manifest.',
  fix: 'Do what the message says; parts for different targets are policies of their own.',
  final: true,
  * check(graph) {
    for (const node of graph.ofKind(AGENTGATEWAY, 'AgentgatewayPolicy')) {
      const early = isBefore(node.target, 'agentgateway', 'v1.4');
      const spec = fields(node.manifest.spec);
      const targets = targetsOf(spec);
      yield* judgeKinds(node, targets, early);
      yield* judgeParts(node, spec, targets.filter(({ kind }) => Object.hasOwn(POLICY_TARGETS, kind)), early);
      yield* judgeTraffic(node, fields(at(node.manifest, 'spec', 'traffic')), early);
    }
  },
};

interface Target {
  /** `spec.targetRefs[0]` */
  readonly path: string;
  readonly ref: Fields;
  readonly kind: string;
}

/** Targets whose kind is known. */
function targetsOf(spec: Fields): Target[] {
  return ['targetRefs', 'targetSelectors'].flatMap(name => list(spec[name]).flatMap((value, index) => {
    const ref = fields(value);
    const kind = text(ref.kind);
    return kind === undefined || isToken(kind) ? [] : [{ path: `spec.${name}[${index}]`, ref, kind }];
  }));
}

function* judgeKinds(node: GraphNode, targets: readonly Target[], early: boolean): Iterable<RuleFinding> {
  const possible = Object.keys(POLICY_TARGETS).filter(kind => !early || kind !== 'InferencePool');
  for (const { path, kind, ref } of targets) {
    // That the group is missing is told as that.
    if (ref.group === undefined && possible.includes(kind)) continue;
    const group = text(ref.group) ?? '';
    if (isToken(group) || (possible.includes(kind) && POLICY_TARGETS[kind] === group)) continue;
    yield {
      node, prop: path, message: 'is of a kind that no policy of agentgateway is for', value: `${group === '' ? '' : `${group}/`}${kind}`,
      fix: possible.includes(kind) ? `write the group ${JSON.stringify(POLICY_TARGETS[kind])}` : `use one of ${possible.join(', ')}`,
    };
  }
  const other = targets.find(({ kind }) => kind !== targets[0].kind);
  if (other) yield { node, prop: other.path, message: `is of the kind ${other.kind}, beside one of the kind ${targets[0].kind}`, value: other.kind, fix: 'make a policy for each kind' };
}

function* judgeParts(
  node: GraphNode, { frontend, traffic, backend, strategy }: Fields, targets: readonly Target[], early: boolean,
): Iterable<RuleFinding> {
  const refuse = ({ path, kind, ref }: Target, what: string, fix: string): RuleFinding => ({ node, prop: path, message: `is of the kind ${kind}${what}`, value: ref.name, fix });
  const shared = OF_PORTS.find(name => at(frontend, name) !== undefined);
  for (const target of targets) {
    const { kind, path, ref } = target;
    if (frontend !== undefined && kind !== 'Gateway') yield refuse(target, ', while `frontend` is for Gateways', 'move `frontend` into a policy for the Gateway');
    if (frontend !== undefined && ref.sectionName !== undefined && (early || shared !== undefined)) {
      yield {
        node, prop: `${path}.sectionName`, message: `names a listener, while \`frontend${shared === undefined ? '' : `.${shared}`}\` is for all of them`, value: ref.sectionName,
        fix: early ? 'leave it out' : 'leave it out, or name a `port`',
      };
    }
    if (traffic !== undefined && !TRAFFIC_KINDS.includes(kind)) yield refuse(target, ', while `traffic` is for Gateways and routes', 'move `traffic` into a policy for the route');
    if (at(traffic, 'phase') === 'PreRouting' && TRAFFIC_KINDS.includes(kind) && !BEFORE_ROUTES_KINDS.includes(kind)) {
      yield refuse(target, ', which is not chosen yet in the phase PreRouting', 'name the Gateway, or leave `phase` out');
    }
    for (const part of ['ai', 'mcp']) {
      if (kind === 'Service' && at(backend, part) !== undefined) yield refuse(target, `, while \`backend.${part}\` is not for Services`, 'name an AgentgatewayBackend');
    }
    if (kind === 'AgentgatewayBackend' && ref.sectionName !== undefined && at(backend, 'mcp') !== undefined) {
      yield { node, prop: `${path}.sectionName`, message: 'names a part of a backend, while `backend.mcp` is for all of it', value: ref.sectionName, fix: 'leave it out' };
    }
    if (ref.port !== undefined && (frontend === undefined || traffic !== undefined || backend !== undefined)) {
      yield { node, prop: `${path}.port`, message: 'names a port, which only policies with nothing but `frontend` can', value: ref.port, fix: 'leave it out, or move the other parts into a policy of their own' };
    }
  }
  if (at(strategy, 'inheritance') !== undefined && (traffic === undefined || frontend !== undefined || backend !== undefined)) {
    yield { node, prop: 'spec.strategy.inheritance', message: 'is for policies with nothing but `traffic`', value: at(strategy, 'inheritance'), fix: 'leave it out, or move the other parts into a policy of their own' };
  }
}

function* judgeTraffic(node: GraphNode, traffic: Fields, early: boolean): Iterable<RuleFinding> {
  const possible = early ? BEFORE_ROUTES : BEFORE_ROUTES_SINCE_V1_4;
  for (const name of Object.keys(traffic)) {
    if (traffic.phase === 'PreRouting' && !possible.includes(name)) {
      yield { node, prop: `spec.traffic.${name}`, message: 'cannot run in the phase PreRouting, before a route is chosen', fix: 'move it into a policy without `phase`' };
    }
    const entries = list(at(traffic[name], 'conditional'));
    const open = entries.findIndex(entry => fields(entry).condition === undefined);
    if (open >= 0 && open < entries.length - 1) {
      yield { node, prop: `spec.traffic.${name}.conditional[${open}]`, message: 'has no condition, so that later entries are never used', fix: 'move it to the end, or give it a condition' };
    }
  }
}

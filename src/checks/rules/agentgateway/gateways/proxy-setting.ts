import { AGENTGATEWAY, KGATEWAY } from '../../../agentgateway';
import { GraphNode } from '../../../graph';
import { at, fields, isToken } from '../../../read';
import { Rule, RuleFinding } from '../../../rule';

const SERVICE_TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'off'];

export const proxySetting: Rule = {
  code: 'PROXY_SETTING',
  severity: 'error',
  final: true,
  title: 'A setting of the proxy has a value that does not exist',
  cause: 'The type of the Service in AgentgatewayParameters or GatewayParameters is none that Kubernetes has, or the log level is none that the proxy knows; the schemas take any text. Or an annotation of the Service is no text.',
  consequence: 'The Service is refused when the controller makes it, so the Gateway never gets an address; a word that is no level is taken for the name of a module, and nothing is logged.',
  fix: 'Use a value that the message lists.',
  covers: ['INVALID_VALUE'],
  * check(graph) {
    for (const node of graph.ofKind(AGENTGATEWAY, 'AgentgatewayParameters')) {
      yield* judgeType(node, 'spec.service.spec.type', at(node.manifest, 'spec', 'service', 'spec', 'type'));
      yield* judgeLevel(node, 'spec.logging.level', at(node.manifest, 'spec', 'logging', 'level'));
    }
    for (const node of graph.ofKind(KGATEWAY, 'GatewayParameters')) {
      for (const [name, value] of Object.entries(fields(at(node.manifest, 'spec', 'kube', 'service', 'extraAnnotations')))) {
        if (typeof value !== 'string') yield { node, prop: `spec.kube.service.extraAnnotations.${name}`, message: 'must be text', value, fix: 'write it in quotes' };
      }
      yield* judgeType(node, 'spec.kube.service.type', at(node.manifest, 'spec', 'kube', 'service', 'type'));
      yield* judgeLevel(node, 'spec.kube.agentgateway.logLevel', at(node.manifest, 'spec', 'kube', 'agentgateway', 'logLevel'));
    }
  },
};

function* judgeType(node: GraphNode, prop: string, value: unknown): Iterable<RuleFinding> {
  if (value === undefined || value === null || isToken(value) || SERVICE_TYPES.includes(value as string)) return;
  yield { node, prop, message: 'is no type of a Service', value, fix: `use one of ${SERVICE_TYPES.join(', ')}`, inCode: { fix: 'use a ProxyServiceType' } };
}

/** A level for all, or a list with levels of modules: `warn,rmcp=debug`. */
function* judgeLevel(node: GraphNode, prop: string, value: unknown): Iterable<RuleFinding> {
  if (value === undefined || value === null || isToken(value)) return;
  const levels = String(value).split(',').map(part => part.slice(part.lastIndexOf('=') + 1).trim().toLowerCase());
  if (typeof value === 'string' && levels.every(level => LEVELS.includes(level))) return;
  yield { node, prop, message: 'is no log level', value, fix: `use one of ${LEVELS.join(', ')}`, inCode: { fix: 'use a ProxyLogLevel' } };
}

import { AGENTGATEWAY } from '../../../agentgateway';
import { AgentModel, agentModels } from '../../../models';
import { Listener, listenersOf } from '../../../places';
import { at, fields, list } from '../../../read';
import { RouteParent } from '../../../route';
import { Rule } from '../../../rule';

export const modelNotAttached: Rule = {
  code: 'MODEL_NOT_ATTACHED',
  severity: 'error',
  title: 'No listener of the gateway takes an AgentgatewayModel',
  cause: 'The listeners of a Gateway in `parentRefs` do not list the kind AgentgatewayModel in `allowedRoutes.kinds`, or there is none with the section name or port.',
  consequence: 'The model is not attached, and requests for it answer 404.',
  fix: 'List `{group: agentgateway.dev, kind: AgentgatewayModel}` in `allowedRoutes.kinds` of the listener, and HTTPRoute beside it where both are used.',
  covers: ['INVALID_VALUE', 'MISSING_FIELD'],
  * check(graph) {
    for (const model of agentModels(graph)) {
      if (model.parents.length === 0) {
        yield { node: model.node, prop: 'spec.parentRefs', message: 'names no gateway, so none serves the model', fix: 'name the Gateway' };
      }
      for (const parent of model.parents) {
        const reason = reasonOf(model, parent);
        if (reason === undefined) continue;
        yield {
          node: model.node, prop: parent.path, message: `names a gateway that does not take the model: ${reason}`, value: `${parent.namespace ?? ''}/${parent.name}`,
          fix: 'list the kind AgentgatewayModel in `allowedRoutes.kinds` of a listener, or correct the reference',
        };
      }
    }
  },
};

function reasonOf({ namespace }: AgentModel, parent: RouteParent): string | undefined {
  if (!parent.gateway) return undefined;
  // Without listeners the Gateway is told to lack them.
  if (at(parent.gateway.manifest, 'spec', 'listeners') === undefined) return undefined;
  const listeners = listenersOf(parent);
  if (listeners.length === 0) return 'it has no such listener';
  if (!listeners.some(takesModels)) return 'no listener allows that kind';
  const from = listeners.filter(takesModels).map(({ allowedRoutes }) => at(allowedRoutes, 'namespaces', 'from') ?? 'Same');
  const own = namespace === undefined || parent.namespace === undefined || namespace === parent.namespace;
  return !own && from.every(value => value === 'Same') ? `it takes only models of "${parent.namespace}"` : undefined;
}

/** An entry without its kind is told to lack it. */
function takesModels({ allowedRoutes }: Listener): boolean {
  return list(at(allowedRoutes, 'kinds')).map(fields).some(({ group, kind = 'AgentgatewayModel' }) => group === AGENTGATEWAY && kind === 'AgentgatewayModel');
}

import { AGENTGATEWAY } from '../../../agentgateway';
import { agentModels, targetsOf } from '../../../models';
import { isToken } from '../../../read';
import { Rule } from '../../../rule';

export const modelTargetUnresolved: Rule = {
  code: 'MODEL_TARGET_UNRESOLVED',
  severity: 'error',
  title: 'A virtual model leads to a model that cannot serve it',
  cause: 'A target of an AgentgatewayModel names a model that does not exist in its namespace, one that is virtual itself, or one whose match has a `*` without giving `model`; or two failover targets are the same model at the same priority.',
  consequence: 'The controller does not accept the virtual model, and all requests for it answer 404; of two targets that are the same one is dropped.',
  fix: 'Correct the name, and give `model` where the match has a `*`.',
  * check(graph) {
    const models = new Map(agentModels(graph).map(model => [`${model.namespace ?? ''}/${model.name}`, model]));
    for (const model of agentModels(graph)) {
      const seen = new Set<string>();
      for (const { path, ref, model: given, priority } of targetsOf(model)) {
        if (ref === undefined || isToken(ref)) continue;
        const found = models.get(`${model.namespace ?? ''}/${ref}`);
        const finding = (message: string, fix: string) => ({ node: model.node, prop: `${path}.modelRef.name`, message, value: ref, fix });
        if (graph.knownMissing(AGENTGATEWAY, 'AgentgatewayModel', model.namespace, ref)) yield finding(`names no AgentgatewayModel there is in namespace "${model.namespace}"`, 'correct the name, or make the model');
        if (found?.virtual) yield finding('is a virtual model itself', 'name a model with a provider');
        if (found && !found.virtual && found.match.includes('*') && given === undefined) yield finding(`is for ${JSON.stringify(found.match)}, so it is not said which model is meant`, 'give `model` beside `modelRef`');
        const key = JSON.stringify([ref, priority]);
        if (priority !== undefined && seen.has(key)) yield finding('is a target with this priority already, and only one of them counts', 'remove one, or use another model or priority');
        seen.add(key);
      }
    }
  },
};

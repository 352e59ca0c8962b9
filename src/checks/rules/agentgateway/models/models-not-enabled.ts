import { agentModels } from '../../../models';
import { Rule } from '../../../rule';

export const modelsNotEnabled: Rule = {
  code: 'MODELS_NOT_ENABLED',
  severity: 'warning',
  title: 'AgentgatewayModels are read only where they are switched on',
  cause: 'A manifest is an AgentgatewayModel, which agentgateway v1.4 calls experimental and does not read by default.',
  consequence: 'Where the chart is not told, the object is stored and ignored without a word: its model answers 404.',
  fix: 'Install the chart with `agentgatewayModels.enabled=true` and acknowledge this, or route the model with HTTPRoutes.',
  * check(graph) {
    for (const { node, match } of agentModels(graph)) {
      yield { node, prop: 'kind', message: 'is read only with the chart value `agentgatewayModels.enabled=true`', value: match, fix: 'set that value and acknowledge this, or use HTTPRoutes' };
    }
  },
};

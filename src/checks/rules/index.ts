import { agentgatewayRules } from './agentgateway';
import { credentialRules } from './credentials';
import { manifestRules } from './manifests';
import { policyRules } from './policies';
import { routeRules } from './routes';
import { Rule } from '../rule';

/** Every rule there is. */
export const rules: readonly Rule[] = [
  ...manifestRules,
  ...routeRules,
  ...policyRules,
  ...credentialRules,
  ...agentgatewayRules,
];

import { azureEndpoint } from './backends/azure-endpoint';
import { backendInvalid } from './backends/backend-invalid';
import { groupsStay } from './backends/groups-stay';
import { hostWithoutAuth } from './backends/host-without-auth';
import { hostWithoutTls } from './backends/host-without-tls';
import { inlineKey } from './backends/inline-key';
import { kgatewayBackend } from './backends/kgateway-backend';
import { providerNameTwice } from './backends/provider-name-twice';
import { proxySetting } from './gateways/proxy-setting';
import { modelInvalid } from './models/model-invalid';
import { modelNotAttached } from './models/model-not-attached';
import { modelShadowed } from './models/model-shadowed';
import { modelTargetUnresolved } from './models/model-target-unresolved';
import { modelsNotEnabled } from './models/models-not-enabled';
import { durationTooShort } from './policies/duration-too-short';
import { limitsIgnored } from './policies/limits-ignored';
import { policiesOverlap } from './policies/policies-overlap';
import { policyInvalid } from './policies/policy-invalid';
import { policyOverridden } from './policies/policy-overridden';
import { retriesOverflow } from './policies/retries-overflow';
import { sectionUnknown } from './policies/section-unknown';
import { tcpIgnored } from './policies/tcp-ignored';
import { textUnquoted } from './policies/text-unquoted';
import { attemptsOutlastRequest } from './routes/attempts-outlast-request';
import { backendUnresolved } from './routes/backend-unresolved';
import { modelBehindPattern } from './routes/model-behind-pattern';
import { modelHeaderUnset } from './routes/model-header-unset';
import { modelRoutedTwice } from './routes/model-routed-twice';
import { pathHidesModels } from './routes/path-hides-models';
import { pathRoutedTwice } from './routes/path-routed-twice';
import { rewriteOnBackend } from './routes/rewrite-on-backend';
import { ruleNameTwice } from './routes/rule-name-twice';
import { Rule } from '../../rule';

/** Backends, gateways, models, policies and routes of agentgateway and kgateway. */
export const agentgatewayRules: readonly Rule[] = [
  azureEndpoint,
  backendInvalid,
  groupsStay,
  hostWithoutAuth,
  hostWithoutTls,
  inlineKey,
  kgatewayBackend,
  providerNameTwice,
  proxySetting,
  modelInvalid,
  modelNotAttached,
  modelShadowed,
  modelTargetUnresolved,
  modelsNotEnabled,
  durationTooShort,
  limitsIgnored,
  policiesOverlap,
  policyInvalid,
  policyOverridden,
  retriesOverflow,
  sectionUnknown,
  tcpIgnored,
  textUnquoted,
  attemptsOutlastRequest,
  backendUnresolved,
  modelBehindPattern,
  modelHeaderUnset,
  modelRoutedTwice,
  pathHidesModels,
  pathRoutedTwice,
  rewriteOnBackend,
  ruleNameTwice,
];

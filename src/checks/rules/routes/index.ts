import { apiNotServed } from './api-not-served';
import { backendRequestTimeout } from './backend-request-timeout';
import { badRuleName } from './bad-rule-name';
import { catchAllShadowed } from './catch-all-shadowed';
import { costExpression } from './cost-expression';
import { defaultTimeout } from './default-timeout';
import { duplicateModel } from './duplicate-model';
import { ejectionIgnoresSilence } from './ejection-ignores-silence';
import { ejectionImpossible } from './ejection-impossible';
import { emptyMatches } from './empty-matches';
import { emptyModelOverride } from './empty-model-override';
import { emptyRule } from './empty-rule';
import { fallbackMissesFailures } from './fallback-misses-failures';
import { fallbackRepeatsLevel } from './fallback-repeats-level';
import { fallbackStays } from './fallback-stays';
import { fallbackTooFewRetries } from './fallback-too-few-retries';
import { fallbackWithoutConnectTimeout } from './fallback-without-connect-timeout';
import { fallbackWithoutPerTryTimeout } from './fallback-without-per-try-timeout';
import { fallbackWithoutRetry } from './fallback-without-retry';
import { gatewayTwice } from './gateway-twice';
import { halfAnchoredPattern } from './half-anchored-pattern';
import { hostnameNotServed } from './hostname-not-served';
import { httprouteOverwritten } from './httproute-overwritten';
import { invalidPattern } from './invalid-pattern';
import { ipInSharedRule } from './ip-in-shared-rule';
import { keylessMix } from './keyless-mix';
import { listenerRefusesRoute } from './listener-refuses-route';
import { missingGrant } from './missing-grant';
import { missingReference } from './missing-reference';
import { mixedProtocols } from './mixed-protocols';
import { modelCharacters } from './model-characters';
import { modelNotListed } from './model-not-listed';
import { noGateway } from './no-gateway';
import { noTraffic } from './no-traffic';
import { patternUnreachable } from './pattern-unreachable';
import { patternsInSeveralRoutes } from './patterns-in-several-routes';
import { policyRuleUnknown } from './policy-rule-unknown';
import { policyTimeoutIgnored } from './policy-timeout-ignored';
import { poolOptionIgnored } from './pool-option-ignored';
import { preferLocal } from './prefer-local';
import { reservedName } from './reserved-name';
import { retryCodesIgnored } from './retry-codes-ignored';
import { routeNameTooLong } from './route-name-too-long';
import { sameTargetTwice } from './same-target-twice';
import { sharedInferencePool } from './shared-inference-pool';
import { streamIdleNotShorter } from './stream-idle-not-shorter';
import { streamIdleTooShort } from './stream-idle-too-short';
import { timeoutTooShort } from './timeout-too-short';
import { tooManyMatches } from './too-many-matches';
import { tooManyRules } from './too-many-rules';
import { tooManyTargets } from './too-many-targets';
import { weightTooLarge } from './weight-too-large';
import { Rule } from '../../rule';

/** Models, routes, their targets and the policies that make fallbacks true. */
export const routeRules: readonly Rule[] = [
  // Which models a rule takes.
  duplicateModel,
  modelCharacters,
  modelNotListed,
  emptyMatches,
  catchAllShadowed,
  invalidPattern,
  halfAnchoredPattern,
  patternUnreachable,
  patternsInSeveralRoutes,
  // Where it sends them.
  emptyRule,
  emptyModelOverride,
  ipInSharedRule,
  apiNotServed,
  keylessMix,
  mixedProtocols,
  sharedInferencePool,
  poolOptionIgnored,
  sameTargetTwice,
  noTraffic,
  weightTooLarge,
  // What happens when a provider fails.
  fallbackWithoutRetry,
  fallbackStays,
  fallbackTooFewRetries,
  fallbackRepeatsLevel,
  fallbackMissesFailures,
  fallbackWithoutPerTryTimeout,
  fallbackWithoutConnectTimeout,
  retryCodesIgnored,
  ejectionImpossible,
  ejectionIgnoresSilence,
  preferLocal,
  // How long it may take.
  defaultTimeout,
  timeoutTooShort,
  backendRequestTimeout,
  policyTimeoutIgnored,
  streamIdleNotShorter,
  streamIdleTooShort,
  // What it costs.
  costExpression,
  // What the generated objects have room for.
  tooManyRules,
  tooManyTargets,
  tooManyMatches,
  routeNameTooLong,
  badRuleName,
  reservedName,
  httprouteOverwritten,
  // What a route refers to, and who refers to it.
  noGateway,
  gatewayTwice,
  missingReference,
  missingGrant,
  listenerRefusesRoute,
  hostnameNotServed,
  policyRuleUnknown,
];

import { backendFallbackFlag } from './connections/backend-fallback-flag';
import { backendRefKind } from './connections/backend-ref-kind';
import { badHostname } from './connections/bad-hostname';
import { mixedEndpoints } from './connections/mixed-endpoints';
import { plaintextToTlsPort } from './connections/plaintext-to-tls-port';
import { publicCaForService } from './connections/public-ca-for-service';
import { tlsCaChoice } from './connections/tls-ca-choice';
import { tlsCaMissing } from './connections/tls-ca-missing';
import { tlsNameMismatch } from './connections/tls-name-mismatch';
import { tlsNotVerified } from './connections/tls-not-verified';
import { tlsPolicySection } from './connections/tls-policy-section';
import { tlsWithoutSni } from './connections/tls-without-sni';
import { bufferLimit } from './gateways/buffer-limit';
import { envoyProxyMissing } from './gateways/envoy-proxy-missing';
import { filterOrder } from './gateways/filter-order';
import { gatewayConfigMissing } from './gateways/gateway-config-missing';
import { gatewayInControlNamespace } from './gateways/gateway-in-control-namespace';
import { gatewayNameCollision } from './gateways/gateway-name-collision';
import { gatewayNameTooLong } from './gateways/gateway-name-too-long';
import { http2WindowUnset } from './gateways/http2-window-unset';
import { listenerCertificate } from './gateways/listener-certificate';
import { listenerConflict } from './gateways/listener-conflict';
import { listenerTls } from './gateways/listener-tls';
import { noBufferLimit } from './gateways/no-buffer-limit';
import { serviceAccountAdopted } from './gateways/service-account-adopted';
import { serviceAccountShared } from './gateways/service-account-shared';
import { badHeader } from './mutations/bad-header';
import { bodyFieldOfOpenai } from './mutations/body-field-of-openai';
import { bodyValueNotJson } from './mutations/body-value-not-json';
import { headerTwice } from './mutations/header-twice';
import { modelInBodyMutation } from './mutations/model-in-body-mutation';
import { mutationContradicts } from './mutations/mutation-contradicts';
import { mutationIgnored } from './mutations/mutation-ignored';
import { mutationOfCredential } from './mutations/mutation-of-credential';
import { identityAfterExtAuth } from './processors/identity-after-ext-auth';
import { processorAfterAiFilter } from './processors/processor-after-ai-filter';
import { processorOnRoute } from './processors/processor-on-route';
import { costKeyUnknown } from './targets/cost-key-unknown';
import { costKeyUnused } from './targets/cost-key-unused';
import { gatewayRetries } from './targets/gateway-retries';
import { policyConflict } from './targets/policy-conflict';
import { policyReplacesGatewayPolicy } from './targets/policy-replaces-gateway-policy';
import { policyServerPort } from './targets/policy-server-port';
import { policyTargetKind } from './targets/policy-target-kind';
import { policyTargetMissing } from './targets/policy-target-missing';
import { policyWithoutTarget } from './targets/policy-without-target';
import { apiVersionNotServed } from './versions/api-version-not-served';
import { deprecatedApiVersion } from './versions/deprecated-api-version';
import { Rule } from '../../rule';

/** Gateways, listeners, connections to providers, and policies on them. */
export const policyRules: readonly Rule[] = [
  backendFallbackFlag,
  backendRefKind,
  badHostname,
  mixedEndpoints,
  plaintextToTlsPort,
  publicCaForService,
  tlsCaChoice,
  tlsCaMissing,
  tlsNameMismatch,
  tlsNotVerified,
  tlsPolicySection,
  tlsWithoutSni,
  bufferLimit,
  envoyProxyMissing,
  filterOrder,
  gatewayConfigMissing,
  gatewayInControlNamespace,
  gatewayNameCollision,
  gatewayNameTooLong,
  http2WindowUnset,
  listenerCertificate,
  listenerConflict,
  listenerTls,
  noBufferLimit,
  serviceAccountAdopted,
  serviceAccountShared,
  badHeader,
  bodyFieldOfOpenai,
  bodyValueNotJson,
  headerTwice,
  modelInBodyMutation,
  mutationContradicts,
  mutationIgnored,
  mutationOfCredential,
  identityAfterExtAuth,
  processorAfterAiFilter,
  processorOnRoute,
  costKeyUnknown,
  costKeyUnused,
  gatewayRetries,
  policyConflict,
  policyReplacesGatewayPolicy,
  policyServerPort,
  policyTargetKind,
  policyTargetMissing,
  policyWithoutTarget,
  apiVersionNotServed,
  deprecatedApiVersion,
];

import { callerCredentialsForwarded } from './callers/caller-credentials-forwarded';
import { credentialBlock } from './policies/credential-block';
import { credentialOverrideFallback } from './policies/credential-override-fallback';
import { credentialOverrideInert } from './policies/credential-override-inert';
import { impersonationAddress } from './policies/impersonation-address';
import { oidcClient } from './policies/oidc-client';
import { oidcFieldIgnored } from './policies/oidc-field-ignored';
import { oidcSecretNamespace } from './policies/oidc-secret-namespace';
import { profileIgnored } from './policies/profile-ignored';
import { secretRefNamespace } from './policies/secret-ref-namespace';
import { severalSecurityPolicies } from './policies/several-security-policies';
import { azureDeploymentName } from './providers/azure-deployment-name';
import { badRegion } from './providers/bad-region';
import { credentialMissing } from './providers/credential-missing';
import { credentialTypeMismatch } from './providers/credential-type-mismatch';
import { regionMismatch } from './providers/region-mismatch';
import { schemaFieldIgnored } from './providers/schema-field-ignored';
import { schemaVersionMissing } from './providers/schema-version-missing';
import { badReference } from './secrets/bad-reference';
import { encryptedManifestRules } from './secrets/encrypted-manifests';
import { keyInManifest } from './secrets/key-in-manifest';
import { plaintextSecret } from './secrets/plaintext-secret';
import { sealedSecretClusterWide } from './secrets/sealed-secret-cluster-wide';
import { secretInOtherNamespace } from './secrets/secret-in-other-namespace';
import { secretKeyExtra } from './secrets/secret-key-extra';
import { secretKeyMissing } from './secrets/secret-key-missing';
import { secretMissing } from './secrets/secret-missing';
import { secretNameReserved } from './secrets/secret-name-reserved';
import { secretRefKind } from './secrets/secret-ref-kind';
import { secretTwoSources } from './secrets/secret-two-sources';
import { Rule } from '../../rule';

/** Credentials, the Secrets they come from, and what must not leak. */
export const credentialRules: readonly Rule[] = [
  callerCredentialsForwarded,
  credentialBlock,
  credentialOverrideFallback,
  credentialOverrideInert,
  impersonationAddress,
  oidcClient,
  oidcFieldIgnored,
  oidcSecretNamespace,
  profileIgnored,
  secretRefNamespace,
  severalSecurityPolicies,
  azureDeploymentName,
  badRegion,
  credentialMissing,
  credentialTypeMismatch,
  regionMismatch,
  schemaFieldIgnored,
  schemaVersionMissing,
  badReference,
  keyInManifest,
  plaintextSecret,
  sealedSecretClusterWide,
  secretInOtherNamespace,
  secretKeyExtra,
  secretKeyMissing,
  secretMissing,
  secretNameReserved,
  secretRefKind,
  secretTwoSources,
  ...encryptedManifestRules,
];

import { NAMESPACE_NAME, OBJECT_NAME } from '../findings/dns-names';
import { Problem } from '../findings/finding';
import { named } from '../findings/references';
import { isToken } from '../findings/token';
import { PolicyPointIntent, TenantIdentityIntent } from '../intent';
import { BAD_REFERENCE, OPTION_WITHOUT_EFFECT, OUT_OF_RANGE, POLICY_TENANT } from './codes';
import { memoryProblems, quantityProblems, replicaProblems } from './gateway-api/proxy-options';

const MOST_PERCENT = 1000;
const DIGEST = /@sha256:[0-9a-f]{64}$/;
/** As registries have them: a host, a port, and a path in lower case; no tag. */
const REPOSITORY = /^([a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?(:\d+)?\/)?[a-z0-9]+([._-]+[a-z0-9]+)*(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/;
const TAG = /:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;

/** What is wrong with what the policy server runs on: an API server refuses it, or pods never come and no status says so. */
export function checkPolicyServer(intent: PolicyPointIntent): Problem[] {
  const { replicas, autoscaling, resources, maxBodyBytes, keySecrets, image, proxyNamespace, identity, tenantHeader } = intent;
  return [
    ...replicaProblems(replicas, 'replicas'),
    ...(autoscaling ? autoscalingProblems(autoscaling, replicas) : []),
    ...quantityProblems(resources, 'resources'),
    ...memoryProblems(resources, 'resources', maxBodyBytes, '`limits.maxBodyBytes` of the policy'),
    ...keySecrets.flatMap(({ secret }) => named('tenantKeys', 'a Secret', secret, OBJECT_NAME)),
    ...imageProblems(image),
    ...(typeof proxyNamespace === 'string' ? named('proxyNamespace', 'a namespace', proxyNamespace, NAMESPACE_NAME) : []),
    ...(identity ? identityProblems(identity, tenantHeader) : []),
  ];
}

function autoscalingProblems({ min, max, cpuPercent }: NonNullable<PolicyPointIntent['autoscaling']>, replicas: number | undefined): Problem[] {
  const problems = [
    ...replicaProblems(min ?? null, 'autoscaling.minReplicas', 1),
    ...replicaProblems(max ?? null, 'autoscaling.maxReplicas', 1),
  ];
  if (problems.length === 0 && !isToken(min) && !isToken(max) && max < min) {
    problems.push({
      definition: OUT_OF_RANGE, prop: 'autoscaling.maxReplicas', message: `is less than minReplicas, ${min}`, value: max, fix: 'use at least as many',
    });
  }
  if (!isToken(cpuPercent) && !(Number.isInteger(cpuPercent) && cpuPercent >= 1 && cpuPercent <= MOST_PERCENT)) {
    problems.push({
      definition: OUT_OF_RANGE, prop: 'autoscaling.targetCpuPercent', message: `is not a whole number from 1 to ${MOST_PERCENT}`, value: cpuPercent,
      fix: 'use a percentage of the requested CPU',
    });
  }
  if (replicas !== undefined) {
    problems.push({ definition: OPTION_WITHOUT_EFFECT, prop: 'replicas', message: 'has no effect beside autoscaling', value: replicas, fix: 'leave it out, or `autoscaling`' });
  }
  return problems;
}

function imageProblems({ reference, pullSecrets = [] }: PolicyPointIntent['image']): Problem[] {
  const problems = pullSecrets.flatMap(name => named('image', 'a Secret', name, OBJECT_NAME));
  if (typeof reference !== 'string' || isToken(reference)) return problems;
  const pinned = DIGEST.test(reference);
  const rest = reference.replace(DIGEST, '');
  const repository = pinned ? rest : rest.replace(TAG, '');
  if (REPOSITORY.test(repository) || (pinned && REPOSITORY.test(rest.replace(TAG, '')) && TAG.test(rest))) return problems;
  return [...problems, {
    definition: BAD_REFERENCE, prop: 'image', message: 'is not a name an image can have', value: reference,
    fix: 'use a registry and a repository in lower case, such as "registry.example.com/policy-server"',
  }];
}

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

function identityProblems(identity: TenantIdentityIntent, tenantHeader: string | undefined): Problem[] {
  switch (identity.kind) {
    case 'trustedHeader': return [];
    case 'apiKeys': return apiKeyProblems(identity, tenantHeader);
    case 'jwt': return tokenProblems(identity);
  }
}

function apiKeyProblems({ secrets, header }: TenantIdentityIntent & { readonly kind: 'apiKeys' }, tenantHeader: string | undefined): Problem[] {
  const problems = secrets.flatMap(name => named('tenants', 'a Secret', name, OBJECT_NAME));
  if (secrets.length === 0) {
    problems.push(tenantProblem('names no Secret with keys, so that every request would be refused', undefined, 'give TenantIdentity.apiKeys() a Secret'));
  }
  if (isToken(header)) return problems;
  if (typeof header !== 'string' || !HEADER_NAME.test(header)) {
    problems.push(tenantProblem('reads keys from what is no header', header, 'use a name such as "x-api-key"'));
  } else if (header.toLowerCase() === tenantHeader) {
    problems.push(tenantProblem('reads keys from the header into which the gateway writes the tenant', header, 'use another header for one of the two'));
  }
  return problems;
}

const URL_OF_KEYS = /^https?:\/\/[^\s/]/;

function tokenProblems({ issuer, jwksUri, audiences, claim, provider }: TenantIdentityIntent & { readonly kind: 'jwt' }): Problem[] {
  const problems: Problem[] = [];
  const isEmpty = (value: unknown) => !isToken(value) && (typeof value !== 'string' || value.trim() === '');
  if (isEmpty(issuer)) problems.push(tenantProblem('has no issuer', issuer, 'give the issuer as it stands in the token'));
  if (!isToken(jwksUri) && !(typeof jwksUri === 'string' && URL_OF_KEYS.test(jwksUri))) {
    problems.push(tenantProblem('has the keys of its issuer at what is no URL', jwksUri, 'give jwksUri as "https://…"'));
  }
  if (claim !== undefined && isEmpty(claim)) problems.push(tenantProblem('has a claim without name', claim, 'name the claim, or leave it out'));
  if (isEmpty(provider)) problems.push(tenantProblem('has a provider without name', provider, 'name it, or leave it out'));
  if (audiences?.length === 0) {
    problems.push({
      definition: OPTION_WITHOUT_EFFECT, prop: 'tenants', message: 'has no audience in its list, so that tokens for anybody are taken',
      fix: 'name the audiences, or leave the list out',
    });
  }
  return problems;
}

function tenantProblem(message: string, value: unknown, fix: string): Problem {
  return { definition: POLICY_TENANT, prop: 'tenants', message, value, fix };
}

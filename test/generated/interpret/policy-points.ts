import { Construct } from 'constructs';
import { stringify } from 'yaml';
import { ExtProcImage, IAIGateway, IProvider, Policy, PolicyPoint, TenantIdentity } from '../../../src';
import { PolicyDescription, PolicyPointDescription, TenantsDescription } from '../program';

export function policyPoint(described: PolicyPointDescription, scope: Construct, gateway: IAIGateway, providers: readonly IProvider[]): void {
  const { id, policy, tenants, image, autoscaling, resources, handOvers, gateway: _, ...options } = described;
  const folders = policy.tenants.flatMap(tenant => tenant.folders);
  const point = new PolicyPoint(scope, id, {
    ...options,
    gateway,
    policy: Policy.fromText(textOf(policy)),
    tenants: tenants && identity(tenants),
    tenantKeys: Object.fromEntries(folders.map(folder => [folder, folder])),
    image: image && imageOf(image),
    autoscaling: autoscaling && { ...autoscaling },
    resources: resources && { ...resources },
  });
  handOvers.forEach(({ provider, shared }, index) => {
    const slot = policy.slots[index]?.name;
    if (slot !== undefined) point.handOver(slot, providers[provider % providers.length], { sharedKeyForOthers: shared });
  });
}

function textOf({ json, source, limits, rules, slots, tenants }: PolicyDescription): string {
  const document = {
    version: 1,
    tenant: source,
    limits,
    rules,
    credentials: slots.length === 0 ? undefined : Object.fromEntries(slots.map(({ name, type, header }) => [name, { type, header }])),
    tenants: Object.fromEntries(tenants.map(({ name, allow, deny, exceptRules, folders }) => [name, {
      models: { allow, deny },
      exceptRules,
      credentials: folders.length === 0 ? undefined : Object.fromEntries(folders.map((folder, index) => [slots[index]?.name ?? 'none', folder])),
    }])),
  };
  return json ? JSON.stringify(document) : stringify(JSON.parse(JSON.stringify(document)));
}

function identity({ form, issuer, jwksUri, audiences, claim, provider, secrets, header }: TenantsDescription): TenantIdentity {
  switch (form) {
    case 'token': return TenantIdentity.token({ issuer, jwksUri, audiences: audiences && [...audiences], claim, provider });
    case 'apiKeys': return TenantIdentity.apiKeys([...secrets], { header });
    case 'trustedHeader': return TenantIdentity.trustedHeader();
  }
}

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

function imageOf({ form, reference, pullSecrets }: NonNullable<PolicyPointDescription['image']>): ExtProcImage {
  const options = { pullSecrets: pullSecrets && [...pullSecrets] };
  return form === 'bundled' ? ExtProcImage.bundled({ repository: reference, ...options }) : ExtProcImage.fromRegistry(`${reference}@${DIGEST}`, options);
}

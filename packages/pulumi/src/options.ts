import * as pulumi from '@pulumi/pulumi';

const shared = new WeakMap<pulumi.Resource, pulumi.CustomResourceOptions>();
/** Options that Pulumi leaves with a component, and that its users mean for what it is made of. The others Pulumi hands down itself. */
const HANDED_DOWN = ['dependsOn', 'ignoreChanges', 'replaceOnChanges', 'retainOnDelete', 'deletedWith', 'customTimeouts'] as const;

/** Keeps the options of a component for its objects and for the components below it. */
export function shareOptions(resource: pulumi.Resource, options: pulumi.ComponentResourceOptions): void {
  const parent = parentOf(resource);
  const own = Object.fromEntries(HANDED_DOWN.filter(name => options[name] !== undefined).map(name => [name, options[name]]));
  shared.set(resource, pulumi.mergeOptions(parent && shared.get(parent), own));
}

export function sharedOptions(resource: pulumi.Resource): pulumi.CustomResourceOptions {
  return { ...shared.get(resource) };
}

export function parentOf(resource: pulumi.Resource): pulumi.Resource | undefined {
  return (resource as unknown as { readonly __parentResource?: pulumi.Resource }).__parentResource;
}

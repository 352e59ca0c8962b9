import * as pulumi from '@pulumi/pulumi';
import { IConstruct } from 'constructs';

const constructs = new WeakMap<object, IConstruct>();
const components = new WeakMap<IConstruct, pulumi.ComponentResource>();

export function pair(component: pulumi.ComponentResource, root: IConstruct): void {
  constructs.set(component, root);
  components.set(root, component);
}

/** The construct of a component, or the construct itself. */
export function constructOf<T extends IConstruct>(component: pulumi.ComponentResource | IConstruct): T {
  return (constructs.get(component) ?? component) as T;
}

export function componentOf(root: IConstruct): pulumi.ComponentResource | undefined {
  return components.get(root);
}

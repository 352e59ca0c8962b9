import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { ManifestObject } from './manifest-object';
import { Manifest, ObjectName } from '../intent';
import { RenderedObject } from '../platforms/contract';

/** Id of the main object of a construct, which `ApiObject.of()` finds. */
const MAIN = 'Resource';

/**
 * Name and namespace that all objects of a construct share: `name`, or what the
 * chart generates for the main object. The name has to be known before the first
 * object is made, and objects are made in apply order, so a stand-in asks for it.
 */
export function placeOf(construct: Construct, name: string | undefined): ObjectName {
  const chart = Chart.of(construct);
  if (name !== undefined) return { name, namespace: chart.namespace };
  const standIn = new Construct(construct, MAIN);
  const generated = chart.generateObjectName(standIn as any);
  construct.node.tryRemoveChild(MAIN);
  return { name: generated, namespace: chart.namespace };
}

/** Puts each manifest into an `ApiObject` below `scope`. */
export function placeObjects(
  scope: Construct,
  objects: readonly RenderedObject[],
  options: { readonly owner?: Construct; readonly current?: (id: string) => Manifest } = {},
): ManifestObject[] {
  const { owner = scope, current } = options;
  return objects.map(rendered => new ManifestObject(scope, owner, rendered, current && (() => current(rendered.id))));
}

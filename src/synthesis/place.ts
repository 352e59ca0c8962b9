import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { ManifestObject } from './manifest-object';
import { Session } from './session';
import { Problem } from '../findings/finding';
import { Manifest, ObjectName } from '../intent';
import { ENCRYPTED_METADATA_IGNORED } from '../platforms/codes';
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
  if (name !== undefined && name !== null) return { name, namespace: chart.namespace };
  const standIn = new Construct(construct, MAIN);
  const generated = chart.generateObjectName(standIn as any);
  construct.node.tryRemoveChild(MAIN);
  return { name: dnsName(generated), namespace: chart.namespace };
}

/**
 * Model names have characters that cdk8s lets into generated names and Kubernetes
 * does not, such as an underscore, or a dot next to a dash.
 */
function dnsName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9.-]/g, '-').split('.').map(label => label.replace(/^-+|-+$/g, '')).filter(Boolean).join('.');
}

/** Puts each manifest into an `ApiObject` below `scope`; what another construct of the tree placed already is that object. */
export function placeObjects(
  scope: Construct,
  objects: readonly RenderedObject[],
  options: { readonly owner?: Construct; readonly current?: (id: string) => RenderedObject } = {},
): ManifestObject[] {
  const { owner = scope, current } = options;
  const session = Session.of(scope);
  const place = (rendered: RenderedObject) => {
    const object = new ManifestObject(scope, owner, rendered, session, current && (() => current(rendered.id)));
    if (rendered.verbatim) session.record(owner, () => ignoredMetadata(object, rendered.manifest));
    return object;
  };
  return objects.map(rendered => (rendered.sharedKey === undefined ? place(rendered) : session.shared(rendered.sharedKey, () => place(rendered))));
}

/** Labels and annotations that an object would have if it did not go out as it is. */
function ignoredMetadata(object: ManifestObject, document: Manifest): Problem[] {
  const given = object.metadata.toJson() ?? {};
  const ignored = (['labels', 'annotations'] as const).flatMap(field =>
    Object.keys(given[field] ?? {}).filter(name => given[field][name] !== document.metadata[field]?.[name]));
  if (ignored.length === 0) return [];
  return [{
    definition: ENCRYPTED_METADATA_IGNORED,
    message: `has labels or annotations that its ${document.kind} ${document.metadata.name} does not get, because encrypted documents go out as they are`,
    value: ignored,
    fix: 'write them into the document and encrypt it again, or acknowledge this',
  }];
}

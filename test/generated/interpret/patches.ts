import { ApiObject, App, JsonPatch } from 'cdk8s';
import { EDGY_NUMBERS, EDGY_TEXTS } from '../arbitraries/texts';
import { PatchDescription } from '../program';

/** Changes one of all objects, at one place of what it is now. A patch before may have left nothing of another. */
export function patch(app: App, { object: index, place, change, with: choice }: PatchDescription): void {
  const objects = app.node.findAll().filter(ApiObject.isApiObject).filter(object => isOpen(object) && placesIn(object).length > 0)
    .sort((a, b) => (a.node.path < b.node.path ? -1 : 1));
  const object = objects[index % objects.length];
  if (change === 'label') {
    object.addJsonPatch(JsonPatch.add('/metadata/labels', { team: 'a' }));
    return;
  }
  const places = placesIn(object);
  const { path, value } = places[place % places.length];
  object.addJsonPatch(change === 'remove' ? JsonPatch.remove(path) : JsonPatch.replace(path, changed(value, choice)));
}

/** What is encrypted takes no patch. */
function isOpen(object: ApiObject): boolean {
  const { kind, sops } = object.toJson();
  return sops === undefined && kind !== 'SealedSecret';
}

interface Place {
  readonly path: string;
  readonly value: unknown;
}

function placesIn(object: ApiObject): Place[] {
  // A kind of others may be anything.
  return placesBelow(object.toJson(), '').filter(({ path }) => path !== '/apiVersion' && path !== '/kind');
}

function placesBelow(value: unknown, path: string): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const at = `${path}/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`;
    return [{ path: at, value: item as unknown }, ...placesBelow(item, at)];
  });
}

/** Another value, often of another type. */
function changed(value: unknown, choice: number): unknown {
  const text = EDGY_TEXTS[choice % EDGY_TEXTS.length];
  switch (choice % 4) {
    case 0: return typeof value === 'string' ? EDGY_NUMBERS[choice % EDGY_NUMBERS.length] : text;
    case 1: return Array.isArray(value) ? [...value, ...value] : [value];
    case 2: return { of: value };
    default: return text;
  }
}

/** An object inside a manifest of kind List. */
export interface ListItem {
  /** `items[0]` */
  readonly path: string;
  readonly item: unknown;
}

/** Whether a manifest only holds others, as `kubectl get -o yaml` writes them. */
export function isList(manifest: unknown): manifest is { readonly items: readonly unknown[] } {
  if (typeof manifest !== 'object' || manifest === null) return false;
  const { apiVersion, kind, items } = manifest as { apiVersion?: unknown; kind?: unknown; items?: unknown };
  return kind === 'List' && apiVersion === 'v1' && Array.isArray(items);
}

/** The objects in a list, and in lists inside it. */
export function itemsOf({ items }: { readonly items: readonly unknown[] }, before = ''): ListItem[] {
  return items.flatMap((item, index): ListItem[] => {
    const path = `${before}items[${index}]`;
    return isList(item) ? itemsOf(item, `${path}.`) : [{ path, item }];
  });
}

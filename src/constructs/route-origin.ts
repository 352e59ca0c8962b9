/** How a gateway came to make a route: for the arguments of one call, or for entries of later calls. */
export type Origin = 'call' | 'growing';

/** On the properties of a route whose author wrote no list of entries. No argument of constructors, which are public. */
const ORIGIN = Symbol('origin');

export function declaredFrom<T extends object>(origin: Origin, props: T): T {
  return { ...props, [ORIGIN]: origin };
}

export function originOf(props: object | undefined): Origin | undefined {
  return (props as { readonly [ORIGIN]?: Origin } | undefined)?.[ORIGIN];
}

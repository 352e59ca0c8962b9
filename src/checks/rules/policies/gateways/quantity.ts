const FACTORS: { readonly [suffix: string]: number } = {
  '': 1,
  'k': 1e3, 'M': 1e6, 'G': 1e9, 'T': 1e12, 'P': 1e15, 'E': 1e18,
  'Ki': 2 ** 10, 'Mi': 2 ** 20, 'Gi': 2 ** 30, 'Ti': 2 ** 40, 'Pi': 2 ** 50, 'Ei': 2 ** 60,
};

/** Bytes of a Kubernetes quantity such as `50Mi`; undefined where it is none. */
export function bytesOf(quantity: unknown): number | undefined {
  if (typeof quantity === 'number') return quantity;
  if (typeof quantity !== 'string') return undefined;
  const found = /^(\d+(?:\.\d+)?)([kMGTPE]i?|Ki)?$/.exec(quantity);
  const factor = found && FACTORS[found[2] ?? ''];
  return factor ? Number(found[1]) * factor : undefined;
}

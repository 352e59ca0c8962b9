const QUANTITY = /^([+-]?)(\d+(?:\.\d*)?|\.\d+)(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|[eE][+-]?\d+)?$/;

const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const DECIMAL: Record<string, number> = { n: -9, u: -6, m: -3, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
/** Quantities are kept in nano units, the smallest that Kubernetes has. */
const SCALE = 9;

/** The number of nano units in a quantity such as `50Mi`, rounded up, or `undefined` for anything else. */
export function parseQuantity(text: string): bigint | undefined {
  const [, sign, number, suffix = ''] = QUANTITY.exec(text) ?? [];
  if (number === undefined) return undefined;
  const [whole, fraction = ''] = number.split('.');
  const binary = BINARY.indexOf(suffix);
  const exponent = SCALE - fraction.length + (binary >= 0 ? 0 : decimalExponent(suffix));
  const digits = BigInt(whole + fraction) * (binary >= 0 ? 1024n ** BigInt(binary + 1) : 1n);
  const units = exponent >= 0 ? digits * 10n ** BigInt(exponent) : roundUp(digits, 10n ** BigInt(-exponent));
  return sign === '-' ? -units : units;
}

function decimalExponent(suffix: string): number {
  if (suffix === '') return 0;
  return DECIMAL[suffix] ?? Number(suffix.slice(1));
}

function roundUp(numerator: bigint, denominator: bigint): bigint {
  return (numerator + denominator - 1n) / denominator;
}

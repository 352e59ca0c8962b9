import { celFunc, celMethod, CelScalar, type CelFunc } from '@bufbuild/cel';
import { strings } from '@bufbuild/cel/ext';
import { re2 } from './pattern';
import { parseQuantity } from './quantity';
import { parseRequestUri, type RequestUri } from './request-uri';

const { BOOL, INT, STRING } = CelScalar;

/**
 * What Kubernetes adds to CEL, as far as rules of gateway CRDs use it. Quantities and URLs are strings here: rules only
 * pass them on to these functions.
 */
export const kubernetesFunctions: CelFunc[] = [
  ...strings,
  celFunc('matches', [STRING, STRING], BOOL, (text, pattern) => re2(pattern).test(text)),
  celFunc('isURL', [STRING], BOOL, text => parseRequestUri(text) !== undefined),
  celFunc('url', [STRING], STRING, text => uri(text).text),
  uriPart('getScheme', 'scheme'),
  uriPart('getHost', 'host'),
  uriPart('getHostname', 'hostname'),
  uriPart('getPort', 'port'),
  uriPart('getEscapedPath', 'escapedPath'),
  celFunc('isQuantity', [STRING], BOOL, text => parseQuantity(text) !== undefined),
  celFunc('quantity', [STRING], STRING, text => `${quantity(text)}n`),
  celMethod('isLessThan', STRING, [STRING], BOOL, function (other) { return quantity(this) < quantity(other); }),
  celMethod('isGreaterThan', STRING, [STRING], BOOL, function (other) { return quantity(this) > quantity(other); }),
  celMethod('compareTo', STRING, [STRING], INT, function (other) {
    const [left, right] = [quantity(this), quantity(other)];
    return left < right ? -1n : left > right ? 1n : 0n;
  }),
];

function uriPart(name: string, part: keyof RequestUri): CelFunc {
  return celMethod(name, STRING, [], STRING, function () { return uri(this)[part]; });
}

function uri(text: string): RequestUri {
  const parsed = parseRequestUri(text);
  if (!parsed) throw new Error('not a URL');
  return parsed;
}

function quantity(text: string): bigint {
  const units = parseQuantity(text);
  if (units === undefined) throw new Error('not a quantity');
  return units;
}

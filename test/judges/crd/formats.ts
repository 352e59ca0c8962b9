import { isIPv4, isIPv6 } from 'node:net';
import { isRequestUri } from './request-uri';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const DATE_TIME = /^(\d{4})-(\d{2})-(\d{2})[Tt](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

const stringFormats: Record<string, (text: string) => boolean> = {
  'byte': text => BASE64.test(text),
  'date-time': isDateTime,
  'ipv4': text => isIPv4(text),
  'ipv6': text => isIPv6(text) && !text.includes('%'),
  'uri': isRequestUri,
};

/** Limits of the integer formats; a JSON number cannot hold the ones of int64 exactly. */
const integerFormats: Record<string, readonly [number, number]> = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  int64: [-(2 ** 63), 2 ** 63],
};

/** Whether a value has a format. A format that the judge does not know is its fault, not the manifest's. */
export function hasFormat(format: string, value: unknown): boolean {
  const [least, most] = integerFormats[format] ?? [];
  if (least !== undefined && most !== undefined) return typeof value !== 'number' || (value >= least && value <= most);
  const check = stringFormats[format];
  if (!check) throw new Error(`the judge does not know the format "${format}"`);
  return typeof value !== 'string' || check(value);
}

function isDateTime(text: string): boolean {
  const [, year, month, day] = DATE_TIME.exec(text) ?? [];
  if (year === undefined) return false;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

/** The parts of a URI that CEL rules ask for. */
export interface RequestUri {
  readonly text: string;
  readonly scheme: string;
  /** With the port. */
  readonly host: string;
  readonly hostname: string;
  readonly port: string;
  readonly escapedPath: string;
}

const NO_PARTS = { scheme: '', host: '', hostname: '', port: '', escapedPath: '' };
const BAD_ESCAPE = /%(?![0-9A-Fa-f]{2})/;

/**
 * Parses as Go's `url.ParseRequestURI`, which API servers use: an absolute URI or an absolute path, and a `#` is no
 * fragment. WHATWG's `URL` repairs what Go refuses.
 */
export function parseRequestUri(text: string): RequestUri | undefined {
  if (text === '' || /[\x00-\x1f\x7f]/.test(text)) return undefined;
  if (text === '*') return { ...NO_PARTS, text, escapedPath: text };
  const [, scheme, afterScheme] = /^([A-Za-z][A-Za-z0-9+.-]*):(.*)$/.exec(text) ?? [];
  if (text.startsWith(':')) return undefined;
  const rest = (afterScheme ?? text).split('?', 1)[0];
  if (!rest.startsWith('/')) {
    return scheme === undefined ? undefined : { ...NO_PARTS, text, scheme: scheme.toLowerCase() };
  }
  if (scheme === undefined || !rest.startsWith('//')) {
    return BAD_ESCAPE.test(rest) ? undefined : { ...NO_PARTS, text, scheme: scheme?.toLowerCase() ?? '', escapedPath: rest };
  }
  const [, authority, escapedPath] = /^\/\/([^/]*)(.*)$/.exec(rest) ?? ['', '', ''];
  const host = splitHost(authority);
  if (!host || BAD_ESCAPE.test(escapedPath)) return undefined;
  return { text, scheme: scheme.toLowerCase(), ...host, escapedPath };
}

export function isRequestUri(text: string): boolean {
  return parseRequestUri(text) !== undefined;
}

function splitHost(authority: string): { host: string; hostname: string; port: string } | undefined {
  const at = authority.lastIndexOf('@');
  const userinfo = at < 0 ? '' : authority.slice(0, at);
  if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(userinfo) || BAD_ESCAPE.test(userinfo)) return undefined;
  const host = authority.slice(at + 1);
  const [, bracketed, plain, port = ''] = /^(?:\[([^\]]*)\]|([^[\]]*?))(?::(\d*))?$/.exec(host) ?? [];
  const hostname = bracketed ?? plain;
  if (hostname === undefined || BAD_ESCAPE.test(hostname)) return undefined;
  // A colon that is left belongs to a port that is not a number, or to an IPv6 address without brackets.
  const allowed = bracketed === undefined ? /^[^\s\\^`{|}:/?#@]*$/ : /^[0-9A-Fa-f:.]+(?:%25[^\s]+)?$/;
  return allowed.test(hostname) ? { host, hostname, port } : undefined;
}

import { DNS_LABEL, DNS_SUBDOMAIN } from '../../findings/dns-names';

/** The forms authors meet most, in words. The others are told as the pattern they are. */
export const FORMS: { readonly [pattern: string]: string } = {
  [`^${DNS_LABEL}$`]: 'use lower-case letters, digits and "-", beginning and ending with a letter or digit',
  [`^${DNS_SUBDOMAIN}$`]: 'use lower-case letters, digits, "-" and ".", each part beginning and ending with a letter or digit',
  [`^(\\*\\.)?${DNS_SUBDOMAIN}$`]: 'use a DNS name in lower case without scheme and port, such as "ai.example.com" or "*.example.com"',
  '^([0-9]{1,5}(h|m|s|ms)){1,4}$': 'use up to four numbers of up to five digits, each with its unit, such as "1h30m" or "300s"',
  '^[A-Za-z0-9!#$%&\'*+\\-.^_\\x60|~]+$': 'use the name of a header: letters, digits and "-", without spaces and colons',
  '^:?[A-Za-z0-9!#$%&\'*+\\-.^_\\x60|~]+$': 'use the name of a header: letters, digits and "-", without spaces and colons',
  '^[a-zA-Z0-9._-]+(:[0-9]+)?(/[a-zA-Z0-9._/-]+)?(:[a-zA-Z0-9._-]+)?(@sha256:[a-z0-9]+)?$': 'use an image with its tag or digest, such as "registry.example/ai-gateway-extproc:v1.1.0"',
};

/** What to do about a text that does not match. */
export function formOf(pattern: string): string {
  if (pattern.includes('[KMGTPE]i')) return 'use a quantity, such as "500m", "2" or "512Mi"';
  if (pattern.includes('[EPTGMK]i')) return 'use a size above 0, such as "512Ki" or "50Mi"';
  if (pattern.includes('25[0-5]')) return 'use an IP address, such as "10.0.0.1" or "fd00::1"';
  return FORMS[pattern] ?? `match ${pattern}`;
}

/** A part of a DNS name, as a pattern without ends. */
export const DNS_LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
/** Such parts with dots between them. */
export const DNS_SUBDOMAIN = `${DNS_LABEL}(\\.${DNS_LABEL})*`;

/** The same of any length, for who tells of the length apart. */
export const IS_DNS_LABEL = new RegExp(`^${DNS_LABEL}$`);
export const IS_DNS_SUBDOMAIN = new RegExp(`^${DNS_SUBDOMAIN}$`);

/** Names of namespaces. */
export const NAMESPACE_NAME = new RegExp(`^(?=.{1,63}$)${DNS_LABEL}$`);
/** Names of most objects. */
export const OBJECT_NAME = new RegExp(`^(?=.{1,253}$)${DNS_SUBDOMAIN}$`);

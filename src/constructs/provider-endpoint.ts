import { BAD_PATH_PREFIX, TEXT_NEEDED } from './provider-codes';
import { ProviderTls } from './provider-tls';
import { Problem } from '../findings/finding';
import { EndpointIntent } from '../intent';
import { composedText } from '../synthesis/composed-text';
import { isUnresolved } from '../synthesis/unresolved';

/** Properties of the connection to a provider. */
export interface ConnectionProps {
  /**
   * Port of the endpoint, 1 to 65535.
   *
   * @default - 443, or 80 for a connection without TLS
   */
  readonly port?: number;

  /**
   * Protection of the connection.
   *
   * @default - TLS with public certificate authorities, checked against the hostname
   */
  readonly tls?: ProviderTls;
}

/** Properties of providers whose endpoint can be replaced by one of your own. */
export interface EndpointProps extends ConnectionProps {
  /**
   * DNS name of the endpoint, in lower case, without scheme, port or path.
   *
   * An IP address serves as well, as long as no split or fallback sends requests to another provider too.
   *
   * @default - the provider's public endpoint
   */
  readonly hostname?: string;
}

/** A hostname a construct knows, and how it came to it. */
export interface KnownHost {
  readonly hostname: string;
  /** Property that decides it. */
  readonly prop: string;
  /** Property that chooses it among several, where that is another one. */
  readonly chosenBy?: string;
  /** Whether it is the public endpoint that the provider's API, region and resource imply. */
  readonly standard: boolean;
  readonly problems: readonly Problem[];
}

/** The part of a provider's spec that its endpoint decides. */
export interface SpecifiedEndpoint {
  readonly endpoint: EndpointIntent;
  readonly problems: readonly Problem[];
}

/** The public endpoint of the API a provider is named after. */
export function publicHost(hostname: string): KnownHost {
  return { ...fixedHost(hostname, 'hostname'), standard: true };
}

/** A hostname given as a whole, such as that of a vendor that speaks another's API. */
export function fixedHost(hostname: string, prop: string): KnownHost {
  return { hostname, prop, standard: false, problems: [] };
}

/** A hostname made of values of properties, by name; the first one is named by messages about the hostname. */
export function derivedHost(parts: { readonly [prop: string]: unknown }, compose: (...texts: string[]) => string, standard = false): KnownHost {
  const hostname = composedText(Object.values(parts), compose);
  const [prop] = Object.keys(parts);
  if (hostname !== undefined) return { hostname, prop, standard, problems: [] };
  const bad = Object.entries(parts).filter(([, value]) => composedText([value], text => text) === undefined);
  return { ...unknownHost(prop, bad.map(([name, value]) => textNeeded(name, value))), standard };
}

/** Stands in where a hostname could not be made: nobody can have it (RFC 2606), and synthesis fails anyway. */
export function unknownHost(prop: string, problems: readonly Problem[]): KnownHost {
  return { ...fixedHost('unknown.invalid', prop), problems };
}

/** The endpoint of a provider: the given one, or its public one. */
export function specifiedEndpoint(props: EndpointProps, publicOne: () => KnownHost): SpecifiedEndpoint {
  const host = props.hostname === undefined ? publicOne() : fixedHost(props.hostname, 'hostname');
  const tls = (props.tls ?? ProviderTls.publicCa())._intent;
  return {
    endpoint: {
      hostname: host.hostname,
      port: props.port ?? (tls ? 443 : 80),
      tls,
      standard: host.standard && props.port === undefined && props.tls === undefined,
      hostnameProp: host.prop,
      chosenBy: !host.standard ? host.chosenBy : props.port !== undefined ? 'port' : props.tls === undefined ? undefined : 'tls',
    },
    problems: host.problems,
  };
}

/** What stands before the operation in a path. */
const PREFIX = /^\/?([\w~.-]+(\/[\w~.-]+)*\/?)?$/;
const OPERATION = /\/(chat\/completions|completions|embeddings|responses|messages)\/?$/;

/** Whether a path prefix is one, for values that are known. */
export function checkPathPrefix(prefix: string | undefined, prop: string): Problem[] {
  if (prefix === undefined || isUnresolved(prefix)) return [];
  if (typeof prefix === 'string' && PREFIX.test(prefix) && !OPERATION.test(prefix)) return [];
  return [{
    definition: BAD_PATH_PREFIX,
    prop,
    message: 'is not a path that operations can be appended to',
    value: prefix,
    fix: 'use what comes before `/chat/completions` or `/messages`, such as "/openai/v1"',
  }];
}

/** A value that cannot become part of a hostname. */
export function textNeeded(prop: string, value: unknown): Problem {
  const unresolved = isUnresolved(value);
  return {
    definition: TEXT_NEEDED,
    prop,
    message: unresolved ? 'is part of the hostname and must be known at synthesis' : 'is part of the hostname and must be text',
    // How a value of another tool prints is its own affair, and nothing a reader knows it by.
    value: unresolved ? undefined : value ?? null,
    fix: 'give a string, or name the whole host',
  };
}

import { allow, allowEach, DATE, DURATION, FLAG, LIST, need, needEach, OBJECT, Shape, TEXT_OR_LATER } from './misuse';
import type { ModelRouteProps } from './model-route';
import type { PathEntry, PathRouteProps } from './path-route';
import type { RouteProps } from './route-base';
import type { RouteEntry, RouteEntryOptions } from './route-entry';
import { originOf } from './route-origin';

// By shape, because another copy of this package has classes of its own.
const MATCH: Shape = { wanted: 'a ModelMatch, such as ModelMatch.exact("gpt-4o")', fits: value => ['exact', 'pattern', 'any'].includes(value?._intent?.kind) };
const PATH: Shape = { wanted: 'a PathMatch, such as PathMatch.prefix("/openai")', fits: value => value?._intent?.kind === 'path' };
const REWRITE: Shape = { wanted: 'a PathRewrite, such as PathRewrite.prefix("/")', fits: value => ['full', 'prefix'].includes(value?._intent?.kind) };
const HEADER_MATCH: Shape = { wanted: 'a HeaderMatch, such as HeaderMatch.exact("x-team", "blue")', fits: value => typeof value?.isPattern === 'boolean' };
const GATEWAY: Shape = { wanted: 'a gateway, such as new AIGateway(…)', fits: value => typeof value?._need === 'function' };
export const TARGET: Shape = { wanted: 'a target, such as provider.model("…")', fits: value => Array.isArray(value?._providers) };

/** Whether the properties of a route are what they must be. */
export function needRouteProps(where: string, props: ModelRouteProps): void {
  needProps(where, props);
  Array.from(props.entries).forEach((entry, index) => needEntry(where, entryPath(props, index), entry));
}

export function needPathRouteProps(where: string, props: PathRouteProps): void {
  needProps(where, props);
  Array.from(props.entries).forEach((entry, index) => needPathEntry(where, entryPath(props, index), entry));
}

/** What stands before the options of an entry in messages. */
export function entryPath(props: RouteProps, index: number): string {
  return originOf(props) === undefined ? `entries[${index}].` : '';
}

function needProps(where: string, props: RouteProps & { readonly entries: unknown[] }): void {
  need(where, 'props', props, OBJECT);
  needEach(where, 'gateways', props.gateways, GATEWAY);
  allowEach(where, 'hostnames', props.hostnames, TEXT_OR_LATER);
  need(where, 'entries', props.entries, LIST);
}

function needPathEntry(where: string, at: string, entry: PathEntry): void {
  need(where, at === '' ? 'entries' : at.slice(0, -1), entry, OBJECT);
  need(where, `${at}path`, entry.path, PATH);
  allow(where, `${at}rewrite`, entry.rewrite, REWRITE);
  need(where, `${at}target`, entry.target, TARGET);
  needEntryOptions(where, at, entry);
}

/** @param at what stands before the names of properties in messages */
export function needEntry(where: string, at: string, entry: RouteEntry): void {
  need(where, at === '' ? 'entries' : at.slice(0, -1), entry, OBJECT);
  need(where, `${at}match`, entry.match, MATCH);
  need(where, `${at}target`, entry.target, TARGET);
  needEntryOptions(where, at, entry);
}

function needEntryOptions(where: string, at: string, entry: RouteEntryOptions): void {
  allowEach(where, `${at}headerMatches`, entry.headerMatches, HEADER_MATCH);
  allow(where, `${at}timeout`, entry.timeout, DURATION);
  allow(where, `${at}streamIdleTimeout`, entry.streamIdleTimeout, DURATION);
  allow(where, `${at}createdAt`, entry.createdAt, DATE);
  allow(where, `${at}apis`, entry.apis, LIST);
  const { failover } = entry;
  allow(where, `${at}failover`, failover, OBJECT);
  if (!failover) return;
  allow(where, `${at}failover.statusCodes`, failover.statusCodes, LIST);
  allow(where, `${at}failover.failFast`, failover.failFast, FLAG);
  for (const time of ['perTryTimeout', 'connectTimeout', 'ejectionTime'] as const) {
    allow(where, `${at}failover.${time}`, failover[time], DURATION);
  }
}

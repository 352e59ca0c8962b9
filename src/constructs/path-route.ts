import { Construct } from 'constructs';
import { BAD_PATH } from './codes';
import { PathMatch, PathRewrite } from './path-match';
import { RouteBase, RouteProps } from './route-base';
import { commonEntryIntent, RouteEntryOptions } from './route-entry';
import { entryPath, needPathRouteProps } from './route-shapes';
import { Target } from './target';
import { Problem } from '../findings/finding';
import { EntryIntent } from '../intent';
import { Session } from '../synthesis/session';
import { isUnresolved } from '../synthesis/unresolved';

/** How requests of one path are handled. */
export interface PathEntryOptions extends RouteEntryOptions {
  /**
   * What takes the place of the path before the provider is called.
   *
   * @default - none: the gateway finds the path of the provider's API by itself, or sends what the client sent where it
   * does not read requests
   */
  readonly rewrite?: PathRewrite;
}

/** A path and where its requests go. */
export interface PathEntry extends PathEntryOptions {
  /** Which paths. */
  readonly path: PathMatch;

  /** Where their requests go. */
  readonly target: Target;
}

/** Properties of `PathRoute`. */
export interface PathRouteProps extends RouteProps {
  /** Paths and where their requests go, 1 to 16. The longest path that fits wins. */
  readonly entries: PathEntry[];
}

/**
 * Sends requests to providers by their path, such as `/openai` and `/anthropic`, whatever model they name.
 *
 * agentgateway and kgateway can do so; Envoy AI Gateway routes by model only.
 */
export class PathRoute extends RouteBase {
  constructor(scope: Construct, id: string, props: PathRouteProps) {
    super(scope, id, props, path => {
      needPathRouteProps(path, props);
      return props.entries.map(entry => ({ intent: pathEntryIntent(entry), target: entry.target }));
    });
    Session.of(this).record(this, known => props.entries.flatMap(({ path, rewrite }, index) => (
      checkPaths(known(path._intent), known(rewrite?._intent), entryPath(props, index))
    )));
  }
}

function pathEntryIntent(entry: PathEntry): EntryIntent {
  return { ...commonEntryIntent(entry), match: entry.path._intent, rewrite: entry.rewrite?._intent ?? undefined };
}

/** What Gateway API takes for a path. */
const PATH = /^(?!.*(\/\/|\/\.{1,2}(\/|$)|%2f))\/[\w\-.~!$&'()*+,;=:@%/]*$/i;

function checkPaths(path: PathMatch['_intent'], rewrite: PathRewrite['_intent'] | undefined, at: string): Problem[] {
  const problems = [...checkPath(path.path, `${at}path`), ...(rewrite ? checkPath(rewrite.path, `${at}rewrite`) : [])];
  if (rewrite?.kind === 'prefix' && path.type === 'exact') {
    problems.push({
      definition: BAD_PATH, prop: `${at}rewrite`, message: 'replaces a prefix, while the whole path is matched', fix: 'use PathRewrite.full(), or PathMatch.prefix()',
    });
  }
  return problems;
}

function checkPath(path: unknown, prop: string): Problem[] {
  if (isUnresolved(path) || (typeof path === 'string' && PATH.test(path) && path.length <= 1024)) return [];
  return [{ definition: BAD_PATH, prop, message: 'is not a path', value: path, fix: 'write one such as "/openai", without scheme, host and query' }];
}

import { labelOf } from '../../../identity';
import { Links, Route, RouteParent } from '../../../links';
import { at, fields, isToken, list, text } from '../../../read';
import { Rule } from '../../../rule';

export const pathRoutedTwice: Rule = {
  code: 'PATH_ROUTED_TWICE',
  severity: 'error',
  title: 'Two rules of HTTPRoutes are for the same path',
  cause: 'Two matches without a model have the same path, method, headers, query parameters and hostnames, on one listener of a gateway of agentgateway. A `/` at the end of a prefix changes nothing.',
  consequence: 'One of the two gets all requests: in one route the first rule, between routes the one that is older in the cluster, whatever the program says.',
  fix: 'Remove one of them, or tell them apart by the path, a header or a hostname.',
  * check(graph) {
    const seen = new Map<string, Route>();
    for (const route of Links.of(graph).httpRoutes) {
      const hosts = JSON.stringify([...route.hostnames].sort());
      const places = [...new Set(route.parents.map(placeOf))];
      for (const { rule, matches, path: rulePath } of route.rules) {
        for (const [index, value] of list(rule.matches).entries()) {
          const { path, method = null, queryParams = null } = fields(value);
          const { type = 'PathPrefix', value: written = '/' } = fields(path);
          if (matches[index].model || isToken(written)) continue;
          const wanted = type === 'PathPrefix' ? trimmed(text(written)) : written;
          for (const place of places) {
            const key = JSON.stringify([place, hosts, type, wanted, method, queryParams, headersOf(value)]);
            const other = seen.get(key);
            if (!other) {
              seen.set(key, route);
              continue;
            }
            yield {
              node: route.node, prop: `${rulePath}.matches[${index}]`, message: other === route ? 'is for what another rule of this route is for' : `is for what ${labelOf(other.node)} is for`,
              value: written, fix: 'remove one of the two, or tell them apart by the path, a header or a hostname',
            };
          }
        }
      }
    }
  },
};

function placeOf({ namespace, name, sectionName, port }: RouteParent): string {
  return JSON.stringify([namespace, name, sectionName, port]);
}

function trimmed(path: string | undefined): string {
  return path?.replace(/\/+$/, '') || '/';
}

function headersOf(match: unknown): readonly string[] {
  return list(at(match, 'headers')).map(fields).map(({ type = 'Exact', name, value }) => JSON.stringify([text(name)?.toLowerCase(), type, value])).sort();
}

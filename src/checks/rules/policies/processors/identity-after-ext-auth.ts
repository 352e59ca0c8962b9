import { comesBefore, Filter } from '../../../filter-order';
import { GraphNode } from '../../../graph';
import { labelOf } from '../../../identity';
import { GATEWAY_API } from '../../../links';
import { at, fields, list, text } from '../../../read';
import { Rule } from '../../../rule';
import { appliedTargets } from '../../../policy-targets';
import { filterOrderOf } from './filter-order-of';

export const identityAfterExtAuth: Rule = {
  code: 'IDENTITY_AFTER_EXT_AUTH',
  severity: 'error',
  title: 'An authorization server is asked before the gateway knows who asks',
  cause: 'A SecurityPolicy sends a header to its `extAuth` server that its own `jwt`, `apiKeyAuth` or `basicAuth` writes, and no `filterOrder` moves `envoy.filters.http.ext_authz` behind that filter.',
  consequence: 'The server sees the header as the client sent it, so that anybody is whoever they say; who sends none is nobody to it. Nothing reports it.',
  fix: 'Write `filterOrder: [{ name: envoy.filters.http.ext_authz, after: envoy.filters.http.jwt_authn }]` into the EnvoyProxy of the Gateway, with the filter the message names; `PolicyPoint` does.',
  * check(graph) {
    for (const { policyKind, policy, kind, name, namespace } of appliedTargets(graph)) {
      if (policyKind !== 'SecurityPolicy' || kind !== 'Gateway' || name === undefined) continue;
      const written = sentToServer(policy);
      const gateway = written.length === 0 ? undefined : graph.find(GATEWAY_API, 'Gateway', namespace, name);
      const found = gateway && filterOrderOf(graph, gateway);
      const late = found && written.find(({ filter }) => comesBefore(found.order, 'ext_authz', filter));
      if (!late) continue;
      const entry = `{ name: envoy.filters.http.ext_authz, after: envoy.filters.http.${late.filter} }`;
      yield {
        node: policy,
        prop: late.path,
        message: `is written after the server of \`extAuth\` was asked, which gets the client's own: ${
          found.proxy ? `${labelOf(found.proxy)} leaves \`ext_authz\` before \`${late.filter}\`` : `\`ext_authz\` comes before \`${late.filter}\` by default`}`,
        value: late.header,
        fix: `write \`filterOrder: [${entry}]\` into the EnvoyProxy of the Gateway`,
        severity: found.certain ? 'error' : 'warning',
      };
    }
  },
};

interface WrittenHeader {
  readonly header: string;
  readonly path: string;
  readonly filter: Filter;
}

/** Headers with who asks, of those that go to the server. */
function sentToServer({ manifest }: GraphNode): readonly WrittenHeader[] {
  const extAuth = at(manifest, 'spec', 'extAuth');
  if (extAuth === undefined) return [];
  const sent = list(at(extAuth, 'headersToExtAuth')).map(header => text(header)?.toLowerCase());
  // Over gRPC all headers go where none is named.
  const goes = (header: string) => sent.includes(header.toLowerCase()) || (sent.length === 0 && at(extAuth, 'grpc') !== undefined);
  return writtenHeaders(manifest.spec).filter(({ header }) => goes(header));
}

function writtenHeaders(spec: unknown): WrittenHeader[] {
  const claims = list(at(spec, 'jwt', 'providers')).flatMap((provider, index) => list(at(provider, 'claimToHeaders')).map((claim, place) => (
    { header: text(fields(claim).header), path: `spec.jwt.providers[${index}].claimToHeaders[${place}].header`, filter: 'jwt_authn' as const })));
  const forwarded = [
    { header: text(at(spec, 'apiKeyAuth', 'forwardClientIDHeader')), path: 'spec.apiKeyAuth.forwardClientIDHeader', filter: 'api_key_auth' as const },
    { header: text(at(spec, 'basicAuth', 'forwardUsernameHeader')), path: 'spec.basicAuth.forwardUsernameHeader', filter: 'basic_auth' as const },
  ];
  return [...claims, ...forwarded].flatMap(({ header, ...rest }) => (header === undefined ? [] : [{ header, ...rest }]));
}

import { OBJECT_NAME } from '../../../../findings/dns-names';
import { kgatewayProviders, KGATEWAY, LlmProvider } from '../../../agentgateway';
import { GraphNode } from '../../../graph';
import { at, Fields, fields, isToken, list, text } from '../../../read';
import { Rule, RuleFinding } from '../../../rule';

/** What each provider of kgateway 2.1 needs, and what else it may have. */
const PROVIDERS: { readonly [kind: string]: { readonly needed: readonly string[]; readonly more: readonly string[] } } = {
  openai: { needed: ['authToken'], more: ['model'] },
  anthropic: { needed: ['authToken'], more: ['model', 'apiVersion'] },
  gemini: { needed: ['authToken', 'model', 'apiVersion'], more: [] },
  azureopenai: { needed: ['authToken', 'endpoint', 'deploymentName', 'apiVersion'], more: [] },
  vertexai: { needed: ['authToken', 'model', 'apiVersion', 'projectId', 'location', 'publisher'], more: ['modelPath'] },
  bedrock: { needed: [], more: ['auth', 'region', 'model', 'guardrail'] },
};
const AROUND = ['name', 'host', 'port', 'path', 'authHeader', 'routes'];
/** What the API server takes for the region of Bedrock. */
const REGION = /^[a-z0-9-]{1,63}$/;
/** The block that each kind of token needs, and the only one it may have. */
const TOKENS: { readonly [kind: string]: string | undefined } = { Inline: 'inline', SecretRef: 'secretRef', Passthrough: undefined };

export const kgatewayBackend: Rule = {
  code: 'KGATEWAY_BACKEND',
  severity: 'error',
  final: true,
  title: 'A Backend of kgateway 2.1 is not in its shape',
  cause: 'A provider has another name than kgateway 2.1 knows (`azureopenai`, not `azureOpenai`), is none or one of two, lacks a field that it needs (such as `location` of Vertex AI) or has one of another release (`region`), a field is empty, the region of Bedrock has capitals or other characters that it cannot have, the name of a provider of a group is none, an `authToken` does not have the block of its kind, or a port is none.',
  consequence: 'The API server refuses the Backend, or drops the field without a word.',
  fix: 'Do what the message says. kgateway 2.0 and 2.2 have other shapes: from 2.2 on backends are AgentgatewayBackends.',
  covers: ['EMPTY_MODEL_OVERRIDE', 'BAD_REGION', 'AZURE_ENDPOINT'],
  * check(graph) {
    for (const node of graph.ofKind(KGATEWAY, 'Backend')) {
      if (node.target.platform !== 'kgateway') continue;
      for (const [index, host] of list(at(node.manifest, 'spec', 'static', 'hosts')).entries()) yield* judgePort(node, `spec.static.hosts[${index}].port`, fields(host).port);
    }
    for (const provider of kgatewayProviders(graph)) {
      if (provider.node.target.platform === 'kgateway') yield* judge(provider);
    }
  },
};

function* judge({ node, path, fields: provider }: LlmProvider): Iterable<RuleFinding> {
  const kinds = Object.keys(provider).filter(name => !AROUND.includes(name));
  for (const kind of kinds) {
    if (Object.hasOwn(PROVIDERS, kind)) {
      yield* judgeKind(node, `${path}.${kind}`, kind, fields(provider[kind]));
      continue;
    }
    const meant = Object.keys(PROVIDERS).find(name => name === kind.toLowerCase());
    yield {
      node, prop: `${path}.${kind}`, message: 'is no provider of kgateway 2.1',
      fix: meant ? `write "${meant}"` : `use one of ${Object.keys(PROVIDERS).join(', ')}`,
    };
  }
  if (kinds.length !== 1) yield { node, prop: path, message: `has ${kinds.length} providers`, fix: 'give each its own backend, or a place in `priorityGroups`' };
  const name = text(provider.name);
  if (name !== undefined && !isToken(name) && !OBJECT_NAME.test(name)) {
    yield { node, prop: `${path}.name`, message: 'names a provider in a way that the API server refuses', value: name, fix: 'use lower-case letters, digits, "-" and "."' };
  }
  if ((provider.host === undefined) !== (provider.port === undefined)) yield { node, prop: path, message: 'has one of `host` and `port`', fix: 'give both or none' };
  yield* judgePort(node, `${path}.port`, provider.port);
}

function* judgeKind(node: GraphNode, path: string, kind: string, given: Fields): Iterable<RuleFinding> {
  const { needed, more } = PROVIDERS[kind];
  for (const name of needed) {
    const value = given[name];
    if (value === undefined) yield { node, prop: `${path}.${name}`, message: `is missing, which ${kind} needs`, fix: 'write it' };
    else if (text(value)?.trim() === '') yield { node, prop: `${path}.${name}`, message: `is empty, while ${kind} needs it`, value, fix: 'give a value' };
  }
  for (const name of more) {
    if (given[name] === '') yield { node, prop: `${path}.${name}`, message: 'is empty', value: '', fix: 'give a value, or leave it out' };
  }
  const region = kind === 'bedrock' ? text(given.region) : undefined;
  if (region && !isToken(region) && !REGION.test(region)) {
    yield { node, prop: `${path}.region`, message: 'is not the name of a region of AWS', value: region, fix: 'write one such as "us-east-1"' };
  }
  for (const name of Object.keys(given)) {
    if (!needed.includes(name) && !more.includes(name)) yield { node, prop: `${path}.${name}`, message: `is no field of ${kind}`, fix: `there are ${[...needed, ...more].join(', ')}` };
  }
  if (given.authToken !== undefined) yield* judgeToken(node, `${path}.authToken`, fields(given.authToken));
}

function* judgeToken(node: GraphNode, path: string, token: Fields): Iterable<RuleFinding> {
  const kind = text(token.kind);
  if (kind === undefined || isToken(kind)) return;
  if (!Object.hasOwn(TOKENS, kind)) {
    yield { node, prop: `${path}.kind`, message: 'is no kind of token', value: kind, fix: `use one of ${Object.keys(TOKENS).join(', ')}` };
    return;
  }
  for (const block of ['inline', 'secretRef']) {
    if ((token[block] !== undefined) === (TOKENS[kind] === block)) continue;
    yield {
      node, prop: `${path}.${block}`, message: token[block] === undefined ? `is missing for the kind ${kind}` : `is not for the kind ${kind}`,
      fix: token[block] === undefined ? 'write it' : 'remove it, or choose its kind',
    };
  }
}

function* judgePort(node: GraphNode, prop: string, port: unknown): Iterable<RuleFinding> {
  if (port === undefined || isToken(port) || (Number.isInteger(port) && Number(port) > 0 && Number(port) < 65_536)) return;
  yield { node, prop, message: 'is no port', value: port, fix: 'use a number from 1 to 65535' };
}

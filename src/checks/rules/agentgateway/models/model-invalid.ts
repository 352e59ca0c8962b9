import { AgentModel, agentModels } from '../../../models';
import { at, isToken, text } from '../../../read';
import { Rule, RuleFinding } from '../../../rule';

/** Blocks that belong to a provider, and to no other. */
const BLOCKS: { readonly [provider: string]: string } = { Azure: 'azure', VertexAI: 'vertexai', Bedrock: 'bedrock', Custom: 'custom' };
export const modelInvalid: Rule = {
  code: 'MODEL_INVALID',
  severity: 'error',
  title: 'An AgentgatewayModel has parts that do not go together',
  cause: 'The block of a provider (`azure`, `vertexai`, `bedrock`, `custom`) is missing, or stands beside another provider; a virtual model has policies, visibility or a `*`; or a `baseURL` is missing for Ollama, or is none that the controller takes.',
  consequence: 'The API server refuses the model, or the controller does not accept it: requests for it answer 404.',
  fix: 'Do what the message says.',
  final: true,
  covers: ['INVALID_VALUE'],
  * check(graph) {
    for (const model of agentModels(graph)) {
      yield* judgeKind(model);
      yield* model.virtual ? judgeVirtual(model) : judgeProvider(model);
    }
  },
};

function* judgeKind({ node, spec, match }: AgentModel): Iterable<RuleFinding> {
  if ((spec.provider === undefined) === (spec.virtualModel === undefined)) {
    yield { node, prop: 'spec', message: 'has to have one of `provider` and `virtualModel`', fix: 'give one of the two' };
  }
  const star = match.indexOf('*');
  if (star >= 0 && (match.lastIndexOf('*') !== star || (star > 0 && star < match.length - 1))) {
    yield { node, prop: 'spec.match.model', message: 'has a * that is not its beginning or its end', value: match, fix: 'write "gpt-*", "*-latest" or "*"' };
  }
}

function* judgeVirtual({ node, spec, match }: AgentModel): Iterable<RuleFinding> {
  if (spec.policies !== undefined) yield { node, prop: 'spec.policies', message: 'is not for a virtual model', fix: 'set them on the models it leads to' };
  if (spec.visibility === 'Internal') yield { node, prop: 'spec.visibility', message: 'cannot be Internal for a virtual model', value: 'Internal', fix: 'leave it out' };
  if (match.includes('*')) yield { node, prop: 'spec.match.model', message: 'has a *, while a virtual model is for one name', value: match, fix: 'write the name' };
}

function* judgeProvider({ node, spec }: AgentModel): Iterable<RuleFinding> {
  const provider = text(spec.provider);
  for (const [name, block] of Object.entries(BLOCKS)) {
    if (provider === name && spec[block] === undefined) {
      yield { node, prop: `spec.${block}`, message: `is missing for the provider ${name}`, fix: `add it; \`${block}: {}\` where nothing is to be said` };
    } else if (provider !== name && spec[block] !== undefined) {
      yield { node, prop: `spec.${block}`, message: `is not for the provider ${provider}`, fix: 'remove it, or choose its provider' };
    }
  }
  if (provider === 'Ollama' && spec.baseURL === undefined) yield { node, prop: 'spec.baseURL', message: 'is missing for the provider Ollama', fix: 'give the URL of the server' };
  const url = at(spec, 'baseURL');
  const wrong = typeof url === 'string' && !isToken(url) ? wrongUrl(url) : undefined;
  if (wrong) yield { node, prop: 'spec.baseURL', value: url, ...wrong };
}

function wrongUrl(written: string): Pick<RuleFinding, 'message' | 'fix'> | undefined {
  if (!/^https?:\/\//i.test(written) || !URL.canParse(written)) return { message: 'is not an address with http or https', fix: 'write one such as "https://llm.example.com/v1"' };
  const { username, password, search, hash } = new URL(written);
  if (`${username}${password}${search}${hash}` !== '' || /[?#]/.test(written)) return { message: 'has a user, a query or a fragment', fix: 'write scheme, host, port and path alone' };
  // Not as URL reads it: it makes addresses of numbers that the controller refuses.
  const host = written.replace(/^https?:\/\//i, '').replace(/[/?#].*$/, '').replace(/:\d+$/, '').toLowerCase();
  return isNotOutside(host)
    ? { message: 'leads to the pod itself, to its node or to nobody', fix: 'use an address at which the proxy reaches the provider over the network' }
    : undefined;
}

function isNotOutside(host: string): boolean {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(host)) return /^(127\.|169\.254\.|0\.0\.0\.0$)/.test(host);
  return /^(localhost|.*\.localhost|[\d.]*|0x.*|\[(::|::1|fe[89ab][\da-f:]*)\])$/.test(host);
}

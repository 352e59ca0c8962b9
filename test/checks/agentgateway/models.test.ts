import { Platform } from '../../../src';
import { findingsInYaml } from '../harness';

const platform = Platform.agentgateway();
/** All models are experimental, which is told of each. */
const found = (yaml: string, complete: string[] = []) => findingsInYaml(yaml, { platform, complete })
  .filter(({ code }) => code !== 'MODELS_NOT_ENABLED').map(f => `${f.code} ${/^'([^']+)'/.exec(f.message)?.[1]}`).sort();

const model = (name: string, spec: string, namespace = 'ai') => `
apiVersion: agentgateway.dev/v1alpha1
kind: AgentgatewayModel
metadata: { name: ${name}, namespace: ${namespace} }
spec: { parentRefs: [{ name: gw${namespace === 'ai' ? '' : ', namespace: ai'} }], ${spec} }
`;
const gateway = (kinds = 'kinds: [{ group: agentgateway.dev, kind: AgentgatewayModel }]') => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: gw, namespace: ai }
spec: { gatewayClassName: agentgateway, listeners: [{ name: http, port: 80, protocol: HTTP, allowedRoutes: { ${kinds} } }] }
`;
const all = (...documents: string[]) => documents.join('---');
const OPENAI = model('gpt-4o', 'provider: OpenAI');
const failover = (...targets: string[]) => model('smart', `virtualModel: { failover: { targets: [${targets.join(', ')}] } }`);
const target = (name: string, more = 'priority: 0') => `{ modelRef: { name: ${name} }, ${more} }`;

/** Each row: what is wrong, what finds it, and the smallest change after which nothing does. */
test.each<[string, string, string[], string]>([
  ['a listener without the kind', all(gateway(''), OPENAI), ['MODEL_NOT_ATTACHED spec.parentRefs[0]'], all(gateway(), OPENAI)],
  ['a listener for routes alone', all(gateway('kinds: [{ kind: HTTPRoute }]'), OPENAI), ['MODEL_NOT_ATTACHED spec.parentRefs[0]'],
    all(gateway('kinds: [{ kind: HTTPRoute }, { group: agentgateway.dev, kind: AgentgatewayModel }]'), OPENAI)],
  ['a listener for another kind', all(gateway('kinds: [{ group: agentgateway.dev, kind: AgentgatewayBackend }]'), OPENAI), ['MODEL_NOT_ATTACHED spec.parentRefs[0]'],
    all(gateway(), OPENAI)],
  ['another namespace', all(gateway(), model('gpt-4o', 'provider: OpenAI', 'apps')), ['MODEL_NOT_ATTACHED spec.parentRefs[0]'],
    all(gateway('namespaces: { from: All }, kinds: [{ group: agentgateway.dev, kind: AgentgatewayModel }]'), model('gpt-4o', 'provider: OpenAI', 'apps'))],
  ['no gateway', OPENAI.replace('[{ name: gw }]', '[]'), ['MODEL_NOT_ATTACHED spec.parentRefs'], OPENAI],
  ['a catch-all that sorts first', all(model('a-default', 'match: { model: "*" }, provider: OpenAI'), OPENAI), ['MODEL_SHADOWED spec.match.model'],
    all(model('zz-default', 'match: { model: "*" }, provider: OpenAI'), OPENAI)],
  ['a beginning that sorts first', all(model('a', 'match: { model: "gpt-*" }, provider: OpenAI'), OPENAI), ['MODEL_SHADOWED spec.match.model'],
    all(model('a', 'match: { model: "o*" }, provider: OpenAI'), OPENAI)],
  ['an end that sorts first', all(model('a', 'match: { model: "*-4o" }, provider: OpenAI'), OPENAI), ['MODEL_SHADOWED spec.match.model'],
    all(model('a', 'match: { model: "*-mini" }, provider: OpenAI'), OPENAI)],
  ['one name twice', all(OPENAI, model('other', 'match: { model: gpt-4o }, provider: OpenAI')), ['MODEL_SHADOWED spec.match.model'], all(OPENAI, model('other', 'provider: OpenAI'))],
  ['a provider without its block', model('m', 'provider: Bedrock'), ['MODEL_INVALID spec.bedrock'], model('m', 'provider: Bedrock, bedrock: { region: us-east-1 }')],
  ['a block of another provider', model('m', 'provider: OpenAI, bedrock: { region: us-east-1 }'), ['MODEL_INVALID spec.bedrock'], model('m', 'provider: OpenAI')],
  ['Ollama without address', model('m', 'provider: Ollama'), ['MODEL_INVALID spec.baseURL'], model('m', 'provider: Ollama, baseURL: "http://ollama.models:11434"')],
  ['neither provider nor virtual', model('m', 'match: { model: m }'), ['MODEL_INVALID spec'], model('m', 'match: { model: m }, provider: OpenAI')],
  ['a star inside', model('m', 'match: { model: "gpt-*-mini" }, provider: OpenAI'), ['MODEL_INVALID spec.match.model'], model('m', 'match: { model: "*-mini" }, provider: OpenAI')],
  ['policies of a virtual model', all(OPENAI, failover(target('gpt-4o')).replace('virtualModel:', 'policies: { tls: {} }, virtualModel:')), ['MODEL_INVALID spec.policies'], all(OPENAI, failover(target('gpt-4o')))],
  ['a hidden virtual model', all(OPENAI, failover(target('gpt-4o')).replace('virtualModel:', 'visibility: Internal, virtualModel:')), ['MODEL_INVALID spec.visibility'],
    all(OPENAI, failover(target('gpt-4o')))],
  ['a target for many names', all(model('any', 'match: { model: "claude-*" }, provider: Anthropic'), failover(target('any'))), ['MODEL_TARGET_UNRESOLVED spec.virtualModel.failover.targets[0].modelRef.name'],
    all(model('any', 'match: { model: "claude-*" }, provider: Anthropic'), failover(target('any', 'model: claude-sonnet-4-5, priority: 0')))],
  ['a target that is virtual', all(OPENAI, failover(target('gpt-4o')), failover(target('smart')).replace('name: smart, namespace', 'name: other, namespace')),
    ['MODEL_TARGET_UNRESOLVED spec.virtualModel.failover.targets[0].modelRef.name'], all(OPENAI, failover(target('gpt-4o')))],
  ['a target twice', all(OPENAI, failover(target('gpt-4o'), target('gpt-4o'))), ['MODEL_TARGET_UNRESOLVED spec.virtualModel.failover.targets[1].modelRef.name'],
    all(OPENAI, failover(target('gpt-4o'), target('gpt-4o', 'priority: 1')))],
  ['a key in the manifest', model('m', 'provider: OpenAI, policies: { auth: { key: abcdef } }'), ['INLINE_KEY spec.policies.auth.key'], model('m', 'provider: OpenAI, policies: { auth: { secretRef: { name: key } } }')],
  ['a weight of nothing', all(OPENAI, model('v', 'virtualModel: { weighted: { targets: [{ modelRef: { name: gpt-4o }, weight: 0 }] } }')),
    ['INVALID_VALUE spec.virtualModel.weighted.targets[0].weight'], all(OPENAI, model('v', 'virtualModel: { weighted: { targets: [{ modelRef: { name: gpt-4o }, weight: 1 }] } }'))],
])('%s', (_, bad, codes, good) => {
  expect(found(bad)).toEqual(codes);
  expect(found(good)).toEqual([]);
});

test.each([
  ['virtual models are tried before all others', all(model('a', 'match: { model: "sm*" }, provider: OpenAI'), OPENAI, failover(target('gpt-4o')))],
  ['models of one name are on two listeners', all(OPENAI.replace('name: gw', 'name: gw, sectionName: http'), model('other', 'match: { model: gpt-4o }, provider: OpenAI').replace('name: gw', 'name: gw, sectionName: https'))],
])('none shadows another: %s', (_, yaml) => {
  expect(found(yaml)).toEqual([]);
});

test('a model that is known not to exist', () => {
  expect(found(failover(target('nowhere')), ['ai'])).toEqual(['MODEL_TARGET_UNRESOLVED spec.virtualModel.failover.targets[0].modelRef.name']);
  expect(found(failover(target('nowhere')))).toEqual([]);
});

test.each([
  'ftp://a.example', 'a.example', 'http://localhost:11434', 'http://a.localhost', 'https://127.0.0.1/v1', 'https://127.1', 'https://169.254.169.254', 'http://0.0.0.0', 'http://[::1]:80', 'http://[fe80::1]',
  'http://2130706433', 'http://0x7f000001', 'https://user:secret@a.example', 'https://a.example?x=y', 'https://a.example#x',
])('no base is %s', (url) => {
  const [finding, ...others] = findingsInYaml(model('m', `provider: OpenAI, baseURL: "${url}"`), { platform }).filter(({ code }) => code !== 'MODELS_NOT_ENABLED');
  expect([finding.code, others]).toEqual(['MODEL_INVALID', []]);
  expect(finding.message).not.toContain('secret');
});

test.each(['https://a.example', 'http://ollama.models.svc:11434/v1', 'https://10.0.0.1:8443', 'http://[fd00::1]:8000', 'https://127.example'])('a base is %s', (url) => {
  expect(found(model('m', `provider: OpenAI, baseURL: "${url}"`))).toEqual([]);
});

test('models are told to be off by default, which can be acknowledged', () => {
  const [finding] = findingsInYaml(OPENAI, { platform });
  expect([finding.code, finding.severity]).toEqual(['MODELS_NOT_ENABLED', 'warning']);
  expect(findingsInYaml(OPENAI.replace('namespace: ai }', 'namespace: ai, annotations: { cdk8s-ai-gateway/acknowledge-MODELS_NOT_ENABLED: "the chart has it on" } }'), { platform })).toEqual([]);
});

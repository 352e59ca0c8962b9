import type { Mutant } from './mutants';

const AGENTGATEWAY = ['test/platforms/agentgateway', 'test/contract'];
const KGATEWAY = ['test/platforms/kgateway', 'test/contract'];

/** What agentgateway and kgateway get. */
export const OTHER_GATEWAYS: readonly Mutant[] = [
  { name: 'agentgateway: models are read too late', file: 'platforms/agentgateway/gateway.ts', find: "phase: 'PreRouting'", replace: "phase: 'PostRouting'", judges: AGENTGATEWAY },
  { name: 'agentgateway: another field is the model', file: 'platforms/agentgateway/gateway.ts', find: "'json(request.body).model'", replace: "'json(request.body).Model'", judges: AGENTGATEWAY },
  { name: 'agentgateway: its own buffer', file: 'platforms/agentgateway/gateway.ts', find: 'DEFAULT_BUFFER_BYTES = 50 * 1024 * 1024', replace: 'DEFAULT_BUFFER_BYTES = 2 * 1024 * 1024', judges: AGENTGATEWAY },
  { name: 'agentgateway: a host of its own in plaintext', file: 'platforms/agentgateway/backend.ts', find: '...(llm.ownHost ? tls(intent.endpoint) : {}),', replace: '', judges: AGENTGATEWAY },
  { name: 'agentgateway: path of rerank', file: 'platforms/agentgateway/llm.ts', find: "`/${intent.apiVersion ?? 'v2'}/rerank`", replace: "`/${intent.apiVersion ?? 'v1'}/rerank`", judges: AGENTGATEWAY },
  { name: 'agentgateway: a number loses digits', file: 'platforms/agentgateway/mutations.ts', find: 'Number.isSafeInteger(Number(literal))', replace: 'Number.isInteger(Number(literal))', judges: AGENTGATEWAY },
  { name: 'agentgateway: null is left out', file: 'platforms/agentgateway/mutations.ts', find: '/\\bnull\\b/', replace: '/\\bnul\\b/', judges: AGENTGATEWAY },
  { name: 'models that nobody can tell apart yet', file: 'platforms/declared/backend-form.ts', find: "if (model === undefined || typeof model === 'string') return [];", replace: 'if (model !== null) return [];', judges: [...AGENTGATEWAY, ...KGATEWAY] },
  { name: 'kgateway: version of Gemini', file: 'platforms/kgateway/backend.ts', find: "GEMINI_VERSION = 'v1beta'", replace: "GEMINI_VERSION = 'v1'", judges: KGATEWAY },
  { name: 'kgateway: Azure without its deployment', file: 'platforms/kgateway/backend.ts', find: 'deploymentName: model', replace: 'deployment: model', judges: KGATEWAY },
  { name: 'kgateway: a prefix is not called', file: 'platforms/kgateway/backend.ts', find: "prefix === 'v1' ? {} :", replace: "prefix !== '' ? {} :", judges: KGATEWAY },
  { name: 'kgateway: the caller has no key', file: 'platforms/kgateway/credential.ts', find: "{ kind: 'Passthrough' }", replace: "{ kind: 'Inline' }", judges: KGATEWAY },
  { name: 'kgateway: conditions of a path', file: 'platforms/kgateway/route.ts', find: '{ path, ...(conditions.length > 0 ? { headers: conditions } : {}) }', replace: '{ path }', judges: KGATEWAY },
];

import type { Mutant } from './mutants';

const RULES = 'checks/rules/agentgateway';
const OF_MODELS = ['test/checks/agentgateway/models.test.ts'];
const OF_RULES = ['test/checks/agentgateway/rules.test.ts'];
const OF_PARTS = ['test/checks/agentgateway/parts.test.ts'];

/** What rules say of manifests for agentgateway. */
export const AGENTGATEWAY_CHECKS: readonly Mutant[] = [
  { name: 'agentgateway: names that end alike', file: 'checks/models.ts', find: 'second.endsWith(first.slice(1))', replace: 'second.startsWith(first.slice(1))', judges: OF_MODELS },
  { name: 'agentgateway: order of models', file: 'checks/models.ts', find: 'a < b ? -1 : a > b ? 1 : 0', replace: 'a < b ? 1 : a > b ? -1 : 0', judges: OF_MODELS },
  { name: 'agentgateway: virtual models come first', file: `${RULES}/models/model-shadowed.ts`, find: 'other.virtual === model.virtual && ', replace: '', judges: OF_MODELS },
  { name: 'agentgateway: models of other listeners', file: `${RULES}/models/model-shadowed.ts`, find: 'one.sectionName === other.sectionName || one.sectionName === undefined || other.sectionName === undefined', replace: 'one', judges: OF_MODELS },
  { name: 'agentgateway: a virtual model of virtual ones', file: `${RULES}/models/model-target-unresolved.ts`, find: 'if (found?.virtual)', replace: 'if (!found?.virtual && found?.virtual)', judges: OF_MODELS },
  { name: 'agentgateway: a target that is there twice', file: `${RULES}/models/model-target-unresolved.ts`, find: 'JSON.stringify([ref, priority])', replace: 'JSON.stringify([ref, path])', judges: OF_MODELS },
  { name: 'agentgateway: models of other namespaces', file: `${RULES}/models/model-not-attached.ts`, find: "from.every(value => value === 'Same')", replace: "from.every(value => value === 'All')", judges: OF_MODELS },
  { name: 'agentgateway: a listener for models', file: `${RULES}/models/model-not-attached.ts`, find: "kind === 'AgentgatewayModel'", replace: "kind !== 'HTTPRoute'", judges: OF_MODELS },
  { name: 'agentgateway: a star in the middle', file: `${RULES}/models/model-invalid.ts`, find: 'star < match.length - 1', replace: 'star < match.length', judges: OF_MODELS },
  { name: 'agentgateway: a password in a URL', file: 'findings/finding.ts', find: ".replace(USER_OF_URL, '$1…@')", replace: '', judges: OF_MODELS },
  { name: 'agentgateway: the address of a node', file: `${RULES}/models/model-invalid.ts`, find: '|169\\.254\\.', replace: '', judges: OF_MODELS },
  { name: 'agentgateway: attempts that just fit', file: `${RULES}/routes/attempts-outlast-request.ts`, find: 'attempts * perTryMs <= requestMs', replace: 'attempts * perTryMs < requestMs', judges: OF_RULES },
  { name: 'agentgateway: retries of a policy', file: `${RULES}/routes/attempts-outlast-request.ts`, find: 'sectionName === undefined || sectionName === rule.name', replace: 'sectionName !== undefined', judges: OF_RULES },
  { name: 'agentgateway: a bare slash', file: `${RULES}/routes/path-hides-models.ts`, find: " || path === '/'", replace: '', judges: OF_RULES },
  { name: 'agentgateway: a path that only begins alike', file: `${RULES}/routes/path-hides-models.ts`, find: "path.replace(/\\/+$/, '')}/`", replace: "path.replace(/\\/+$/, '')}`", judges: OF_RULES },
  { name: 'agentgateway: headers in another order', file: `${RULES}/routes/model-routed-twice.ts`, find: '.sort().join()', replace: '.join()', judges: OF_RULES },
  { name: 'agentgateway: the last group may stay', file: `${RULES}/backends/groups-stay.ts`, find: 'groups[${groups.length - 1}]', replace: 'groups[0]', judges: OF_RULES },
  { name: 'agentgateway: most retries', file: `${RULES}/policies/retries-overflow.ts`, find: 'MOST = 254', replace: 'MOST = 255', judges: OF_RULES },
  { name: 'agentgateway: policies of another phase', file: `${RULES}/policies/policies-overlap.ts`, find: "? 'PreRouting ' : ''", replace: "? '' : ''", judges: OF_RULES },
  { name: 'agentgateway: an expression is text', file: `${RULES}/policies/text-unquoted.ts`, find: ' || KNOWN.has(/^\\w+/.exec(written)![0])', replace: '', judges: OF_RULES },
  { name: 'agentgateway: the shortest timeout', file: `${RULES}/policies/duration-too-short.ts`, find: 'ms < least)', replace: 'ms <= least)', judges: OF_RULES },
  { name: 'agentgateway parts: a version that needs no deployment', file: `${RULES}/backends/backend-invalid.ts`, find: "version !== 'v1' && ", replace: '', judges: OF_PARTS },
  { name: 'agentgateway parts: a server in two places', file: `${RULES}/backends/backend-invalid.ts`, find: '(ref === undefined) === (host === undefined)', replace: 'ref === undefined && host === undefined', judges: OF_PARTS },
  { name: 'agentgateway parts: a pool of its own', file: `${RULES}/backends/backend-invalid.ts`, find: '&& !pool && ', replace: '&& ', judges: OF_PARTS },
  { name: 'agentgateway parts: a target that is beside its port', file: `${RULES}/backends/backend-invalid.ts`, find: " && !prop.endsWith('.static.backendRef')", replace: '', judges: OF_PARTS },
  { name: 'agentgateway parts: a kind of Secret', file: `${RULES}/backends/backend-invalid.ts`, find: "kind === '' || kind === 'Secret'", replace: 'true', judges: OF_PARTS },
  { name: 'agentgateway parts: pools before v1.4', file: `${RULES}/policies/policy-invalid.ts`, find: "!early || kind !== 'InferencePool'", replace: 'true', judges: OF_PARTS },
  { name: 'agentgateway parts: listeners of an access log', file: `${RULES}/policies/policy-invalid.ts`, find: '(early || shared !== undefined)', replace: 'true', judges: OF_PARTS },
  { name: 'agentgateway parts: authorization before routes', file: `${RULES}/policies/policy-invalid.ts`, find: "[...BEFORE_ROUTES, 'authorization', 'cors']", replace: 'BEFORE_ROUTES', judges: OF_PARTS },
  { name: 'agentgateway parts: a condition at the end', file: `${RULES}/policies/policy-invalid.ts`, find: 'open < entries.length - 1', replace: 'open < entries.length', judges: OF_PARTS },
  { name: 'agentgateway parts: levels of modules', file: `${RULES}/gateways/proxy-setting.ts`, find: ".slice(part.lastIndexOf('=') + 1)", replace: '', judges: OF_PARTS },
  { name: 'agentgateway parts: policies of a provider', file: `${RULES}/policies/policy-overridden.ts`, find: 'provider.node === backend && ', replace: '', judges: OF_RULES },
  { name: 'agentgateway parts: policies that a backend has not', file: `${RULES}/policies/policy-overridden.ts`, find: 'own[name] === undefined || ', replace: '', judges: OF_RULES },
  { name: 'agentgateway parts: a name with more conditions', file: `${RULES}/routes/model-behind-pattern.ts`, find: '[others, method, queryParams]', replace: '[method, queryParams]', judges: OF_RULES },
  { name: 'agentgateway parts: a name that a pattern fits in part', file: `${RULES}/routes/model-behind-pattern.ts`, find: '`^(?:${pattern})$`', replace: 'pattern', judges: OF_RULES },
];

import { ObjectRule } from './rule';
import { AGENTGATEWAY, AI, PROVIDERS, World } from './world';

const NOWHERE = 'nowhere';

function rules(kind: string, ...rows: readonly (readonly [rule: string, code: string, breakIn: (world: World) => void])[]): ObjectRule[] {
  return rows.map(([rule, code, breakIn]) => ({ kind, rule, code, breakIn, cluster: AGENTGATEWAY }));
}

const specOf = (world: World, kind: string, name: string) => world.get(kind, name).spec;
const onSection = (target: object, spec: object) => (world: World) => world.add({
  apiVersion: 'agentgateway.dev/v1alpha1', kind: 'AgentgatewayPolicy', metadata: { name: 'by-hand', namespace: AI },
  spec: { targetRefs: [{ ...target, sectionName: NOWHERE }], ...spec },
});
const addModel = (world: World, name: string, spec: object) => world.add({
  apiVersion: 'agentgateway.dev/v1alpha1', kind: 'AgentgatewayModel', metadata: { name, namespace: AI }, spec: { parentRefs: [{ name: 'gateway' }], ...spec },
});
const providerOf = (world: World) => specOf(world, 'AgentgatewayBackend', 'openai').ai.provider;

export const OF_AGENTGATEWAY: readonly ObjectRule[] = [
  ...rules('HTTPRoute',
    ['`backendRefs` names an AgentgatewayBackend that exists', 'BACKEND_UNRESOLVED', (world) => { specOf(world, 'HTTPRoute', 'chat').rules[0].backendRefs[0].name = NOWHERE; }],
    ['a ReferenceGrant lets HTTPRoutes refer to AgentgatewayBackends of another namespace', 'BACKEND_UNRESOLVED', world => world.remove('ReferenceGrant', 'elsewhere-gpt-4o-0372d6d6-from-ai')],
    ['a policy of the Gateway writes the header with the model that it matches', 'MODEL_HEADER_UNSET', world => world.remove('AgentgatewayPolicy', 'gateway')],
    ['a model has one rule on a Gateway', 'MODEL_ROUTED_TWICE', world => world.copy('HTTPRoute', 'chat', 'again')],
    ['a path has one rule on a listener', 'PATH_ROUTED_TWICE', (world) => {
      for (const name of ['one', 'other']) world.copy('HTTPRoute', 'chat', name).spec.rules[0].matches = [{ path: { type: 'PathPrefix', value: '/litellm' } }];
    }],
    ['`timeouts.request` is as long as the attempts of its policies', 'ATTEMPTS_OUTLAST_REQUEST', (world) => { specOf(world, 'AgentgatewayPolicy', 'chat').traffic.retry.attempts = 200; }],
    ['its paths are none that clients of models call', 'PATH_HIDES_MODELS', (world) => { world.copy('HTTPRoute', 'chat', 'again').spec.rules[0].matches = [{ path: { type: 'PathPrefix', value: '/v1' } }]; }],
  ),
  ...rules('AgentgatewayPolicy',
    ['`targetRefs[].sectionName` is a rule of the HTTPRoute', 'SECTION_UNKNOWN', (world) => { specOf(world, 'AgentgatewayPolicy', 'chat').targetRefs[0].sectionName = NOWHERE; }],
    ['`targetRefs[].sectionName` is a listener of the Gateway', 'SECTION_UNKNOWN',
      onSection({ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'gateway' }, { traffic: { retry: { attempts: 1 } } })],
    ['`targetRefs[].sectionName` is a provider of the AgentgatewayBackend', 'SECTION_UNKNOWN',
      onSection({ group: 'agentgateway.dev', kind: 'AgentgatewayBackend', name: 'chat' }, { backend: { http: { version: 'HTTP2' } } })],
    ['`targetRefs` names an object that exists', 'POLICY_TARGET_MISSING', (world) => { specOf(world, 'AgentgatewayPolicy', 'chat').targetRefs = [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: NOWHERE }]; }],
    ['what it sets on an AgentgatewayBackend is not in the `policies` of that', 'POLICY_OVERRIDDEN', world => world.add({
      apiVersion: 'agentgateway.dev/v1alpha1', kind: 'AgentgatewayPolicy', metadata: { name: 'by-hand', namespace: AI },
      spec: { targetRefs: [{ group: 'agentgateway.dev', kind: 'AgentgatewayBackend', name: 'openai' }], backend: { auth: { secretRef: { name: 'openai' } } } },
    })],
    ['a field of a target is set by one policy', 'POLICIES_OVERLAP', world => world.copy('AgentgatewayPolicy', 'chat', 'again')],
  ),
  ...rules('AgentgatewayModel',
    ['a listener of the Gateway in `parentRefs` allows the kind', 'MODEL_NOT_ATTACHED', world => addModel(world, 'gpt-4o', { provider: 'OpenAI' })],
    ['no other of the Gateway that sorts before it takes its names', 'MODEL_SHADOWED', (world) => {
      addModel(world, 'a-default', { match: { model: '*' }, provider: 'OpenAI' });
      addModel(world, 'gpt-4o', { provider: 'OpenAI' });
    }],
    ['`modelRef` of a target names one that exists', 'MODEL_TARGET_UNRESOLVED', world =>
      addModel(world, 'smart', { virtualModel: { weighted: { targets: [{ modelRef: { name: NOWHERE } }] } } })],
  ),
  ...rules('AgentgatewayBackend',
    ['its Secret exists', 'SECRET_MISSING', (world) => { specOf(world, 'AgentgatewayBackend', 'openai').policies.auth.secretRef.name = NOWHERE; }],
    ['its Secret is in its namespace', 'SECRET_IN_OTHER_NAMESPACE', (world) => { world.get('ExternalSecret', 'openai').metadata.namespace = PROVIDERS; }],
    ['its Secret has the data key that it reads, such as `Authorization`', 'SECRET_KEY_MISSING', (world) => { specOf(world, 'ExternalSecret', 'openai').data[0].secretKey = 'apiKey'; }],
    ['groups are followed by others only where failures are noticed', 'GROUPS_STAY', (world) => { delete specOf(world, 'AgentgatewayBackend', 'chat').policies; }],
    ['a host of its own on port 443 has a policy with `tls`', 'HOST_WITHOUT_TLS', (world) => { delete specOf(world, 'AgentgatewayBackend', 'openai').policies.tls; }],
    ['a cloud provider at a host of its own has a policy with `auth`', 'HOST_WITHOUT_AUTH', (world) => {
      const spec = specOf(world, 'AgentgatewayBackend', 'openai');
      spec.ai.provider = { ...providerOf(world), openai: undefined, bedrock: { region: 'us-east-1' } };
      delete spec.policies.auth;
    }],
  ),
];

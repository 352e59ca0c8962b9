import { Chart, Testing } from 'cdk8s';
import { registerTokens, Session } from '../../src/bridge';
import * as lib from '../../src/index';

const TOKEN = 'known-only-later';
registerTokens(value => typeof value === 'string' && value.includes(TOKEN));

const apiKey = lib.ApiKey.fromSecretName('key');
const openai = (chart: Chart, props: object = {}) => new lib.OpenAIProvider(chart, 'openai', { apiKey, ...props });
const AGENTGATEWAY = lib.Platform.agentgateway();

/** What a value makes wrong, and the code that says so. */
const WRONG: readonly (readonly [code: string, value: string, declare: (chart: Chart, value: string) => unknown])[] = [
  ['BAD_REGION', 'Virginia', (chart, region) => new lib.BedrockProvider(chart, 'p', { region, credentials: lib.AwsCredentials.podIdentity() })],
  ['ROLE_ARN', 'role', (chart, role) => new lib.BedrockProvider(chart, 'p', { region: 'us-east-1', credentials: lib.AwsCredentials.irsa(role) })],
  ['BAD_PATH_PREFIX', '/v1/messages', (chart, pathPrefix) => new lib.AnthropicProvider(chart, 'p', { apiKey, pathPrefix })],
  ['BAD_REFERENCE', 'A B', (chart, name) => new lib.ExistingProvider(chart, 'p', { name })],
  ['BAD_REFERENCE', 'A B', (chart, namespace) => openai(chart).allowRoutesFrom(namespace)],
  ['SECRET_NAME', 'A B', (chart, name) => openai(chart, { apiKey: lib.ApiKey.fromSecretName(name) })],
  ['BAD_PATH', '//chat', (chart, path) => {
    lib.Platform.use(chart, AGENTGATEWAY);
    new lib.AIGateway(chart, 'g').addPath(path, openai(chart).model(), { name: 'path' });
  }],
  ['IDENTITY_CONFLICT', 'arn:aws:iam::111122223333:role/a', (chart, role) => {
    const gateway = new lib.AIGateway(chart, 'g');
    [role, 'arn:aws:iam::111122223333:role/b'].forEach((arn, index) => {
      const bedrock = new lib.BedrockProvider(chart, `p${index}`, { region: 'us-east-1', credentials: lib.AwsCredentials.irsa(arn) });
      gateway.addModel(`m${index}`, bedrock.model('us.amazon.nova-pro-v1:0'));
    });
  }],
];

/** Findings with a value that is known by now, or with none. */
function codes(declare: (chart: Chart, value: string) => unknown, value: string, known?: string): string[] {
  const app = Testing.app();
  declare(new Chart(app, 'ai', { namespace: 'ai' }), value);
  const put = <T>(data: T): T => (data === undefined ? data : JSON.parse(JSON.stringify(data).replaceAll(TOKEN, known!)));
  const { findings, manifests } = Session.of(app).look(known === undefined ? undefined : () => put);
  if (value === TOKEN) expect(JSON.stringify([...manifests.values()])).not.toContain(`"${known}"`);
  return [...new Set(findings.filter(({ severity }) => severity === 'error').map(({ code }) => code))];
}

test.each(WRONG)('%s is told of a token once its value is known: %s', (code, value, declare) => {
  expect(codes(declare, TOKEN)).toEqual([]);
  expect(codes(declare, value)).toContain(code);
  // With a token there can be objects that a wrong value would not have brought about, and more to say.
  expect(codes(declare, TOKEN, value)).toEqual(expect.arrayContaining(codes(declare, value)));
});

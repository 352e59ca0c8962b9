const pulumi = require('@pulumi/pulumi');
const { ConfigMap } = require('@pulumi/kubernetes/core/v1');
const { ApiObject, Size } = require('cdk8s');
const { AIGateway, ApiKey, EnvoyAIGatewayRelease, OpenAIProvider, Platform } = require('pulumi-ai-gateway');

// What changes from one update to the next.
const config = new pulumi.Config();
const [name, release, models, awaited, mistake, body, kept] = ['name', 'release', 'models', 'awaited', 'mistake', 'body', 'kept'].map(key => config.get(key));
const platform = Platform.envoyAIGateway({ release: EnvoyAIGatewayRelease[release ?? 'V1_1'] });

const openai = new OpenAIProvider(name ?? 'openai', {
  name: 'openai', namespace: 'changing', platform, apiKey: ApiKey.fromSecretOutput(config.requireSecret('key')),
}, { aliases: name === undefined ? [] : [{ name: 'openai' }] });
const gateway = new AIGateway('gateway', { namespace: 'changing', platform, maxBodySize: body && Size.mebibytes(Number(body)) }, {
  protect: config.getBoolean('protect'),
  transforms: kept ? [({ type, props, opts }) => (type.endsWith(`:${kept}`) ? { props, opts: { ...opts, ignoreChanges: ['spec'] } } : undefined)] : [],
});
for (const model of models.split(',')) {
  const route = gateway.addModel(model, openai.model('gpt-4o'));
  if (model === awaited) ApiObject.of(route.construct).metadata.addAnnotation('pulumi.com/waitFor', 'condition=Accepted');
}
gateway.addPattern('first-.*', openai.model('gpt-4o'));
if (mistake === 'throws') throw new pulumi.RunError('thrown on purpose');
if (mistake === 'late') {
  // The id of a resource is known only once it is there.
  const { id } = new ConfigMap('notes', { metadata: { name: 'notes', namespace: 'changing' } });
  const late = new OpenAIProvider('late', {
    namespace: 'changing', platform, apiKey: ApiKey.fromSecretName('openai'), hostname: id.apply(known => `https://${known}`),
  });
  gateway.addModel('late', late.model());
}
if (mistake === 'rule') gateway.addModel(models.split(',')[0], openai.model('gpt-4o'));
gateway.addPattern('second-.*', openai.model('gpt-4o'));

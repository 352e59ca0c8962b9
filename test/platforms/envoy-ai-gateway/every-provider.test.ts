import { everyProvider } from './every-provider';
import { describeProvider } from './provider-contract';
import { EnvoyAIGatewayRelease } from '../../../src';

describe.each(Object.values(EnvoyAIGatewayRelease))('Envoy AI Gateway %s', release => {
  describe.each(everyProvider.map(provider => [provider.title, provider] as const))('%s', (_, provider) => {
    describeProvider(provider, release);
  });
});

import { Problem } from '../../src/findings/finding';
import { EntryIntent, GatewayIntent, Manifest, ObjectName, ProviderIntent, RouteIntent, TargetInfo, TargetIntent } from '../../src/intent';
import { NOT_EXPRESSIBLE } from '../../src/platforms/codes';
import { ClusterSetupPlan, GrantIntent, PlatformRenderer, RenderedObject, Rendering } from '../../src/platforms/contract';
import { renderSecret } from '../../src/platforms/stored-secret';

const LABEL = 'Toy v1';

/**
 * A gateway that does not exist: it keeps everything in ConfigMaps, routes by path to one provider or to a chain of them,
 * and refuses all the rest. It shows what a platform has to be, without a change anywhere else.
 */
export class ToyPlatform implements PlatformRenderer {
  public readonly target: TargetInfo = { platform: 'toy', label: LABEL, releases: {} };
  public readonly applyOrder = [['ExternalSecret', 'SopsSecret', 'SealedSecret'], ['ConfigMap']];

  public provider(intent: ProviderIntent, place: ObjectName): Rendering {
    const { credential, endpoint } = intent;
    const secret = credential.kind === 'apiKey'
      ? renderSecret(credential.secret, { what: 'a key', reader: LABEL, keys: [{ key: 'key', content: { kind: 'field', field: 'apiKey' } }] }, place, 'apiKey')
      : undefined;
    const config = configMap('Resource', 'backend', place, {
      url: `${endpoint.tls ? 'https' : 'http'}://${endpoint.hostname}:${endpoint.port}`, key: secret?.name,
    });
    return {
      objects: [...secret?.objects ?? [], config],
      problems: [
        ...secret?.problems ?? [],
        ...(credential.kind === 'apiKey' ? [] : [refused(credential.prop ?? 'credentials', 'are of a kind')]),
        ...(endpoint.tls?.caConfigMap === undefined ? [] : [refused('tls', 'trusts a CA of its own')]),
        ...(intent.api === 'openai' ? [] : [refused(intent.api === 'http' ? 'transparent' : 'class', `speaks the ${intent.api} API`)]),
        ...(intent.headers === undefined ? [] : [refused('headers', 'changes headers')]),
        ...(intent.body === undefined ? [] : [refused('body', 'changes bodies')]),
      ],
    };
  }

  public route(intent: RouteIntent): Rendering {
    const problems: Problem[] = [];
    const routes = intent.entries.map((entry, index) => {
      const prop = (name: string) => (intent.entries.length > 1 ? `entries[${index}].${name}` : name);
      problems.push(...checkEntry(entry, prop));
      return { path: entry.match.kind === 'path' ? entry.match.path : '/', to: chain(entry.target, prop('target'), problems) };
    });
    if (intent.hostnames) problems.push(refused('hostnames', 'restrict hosts'));
    if (intent.gateways.some(gateway => gateway.namespace !== intent.namespace)) problems.push(refused('gateways', 'are in other namespaces'));
    return { objects: [configMap('Resource', 'route', intent, { routes: JSON.stringify(routes) })], problems };
  }

  public gateway(intent: GatewayIntent): Rendering {
    const set = (['listeners', 'bufferLimitBytes', 'http2WindowBytes', 'proxy', 'sidecar', 'modelRouting'] as const).filter(name => intent[name] !== undefined);
    return {
      objects: [configMap('Resource', 'gateway', intent, { class: intent.className ?? 'toy' })],
      problems: [...set, ...(intent.identities.length > 0 ? ['identities'] : [])].map(name => refused(NAMES[name] ?? name, 'is not the default')),
    };
  }

  public grant(intent: GrantIntent): Rendering {
    return { objects: [], problems: [refused('target', `is used from ${intent.fromNamespace}`)] };
  }

  public clusterSetup(): ClusterSetupPlan {
    return { files: [], commands: ['toy install'] };
  }
}

const NAMES: { readonly [name: string]: string } = { bufferLimitBytes: 'maxBodySize', http2WindowBytes: 'http2Window' };
const REFUSED_OPTIONS = ['rewrite', 'timeoutMs', 'streamIdleTimeoutMs', 'failover', 'retries', 'ownedBy', 'createdAt', 'apis'] as const;

function checkEntry(entry: EntryIntent, prop: (name: string) => string): Problem[] {
  const options = REFUSED_OPTIONS.filter(option => entry[option] !== undefined).map(option => refused(prop(option.replace(/Ms$/, '')), 'is set'));
  if (entry.headerMatches.length > 0) options.push(refused(prop('headerMatches'), 'restricts headers'));
  return entry.match.kind === 'path' && entry.match.type === 'prefix' ? options : [...options, refused(prop('match'), `matches ${entry.match.kind}`)];
}

function chain(target: TargetIntent, prop: string, problems: Problem[]): string[] {
  if (target.kind === 'fallback') return target.levels.flatMap(level => chain(level, prop, problems));
  if (target.kind === 'model' && !target.model && !target.headers && !target.body) return [target.provider.name];
  problems.push(refused(prop, 'is more than a provider'));
  return [];
}

function refused(prop: string, message: string): Problem {
  return { definition: NOT_EXPRESSIBLE, prop, message: `${message}, for which ${LABEL} has nothing`, fix: 'use a real gateway' };
}

function configMap(id: string, role: string, { name, namespace }: ObjectName, data: object): RenderedObject {
  const manifest: Manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace, labels: { role } }, data };
  return { role, id, manifest, props: { 'metadata.name': 'name' } };
}

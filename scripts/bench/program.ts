import type * as Cdk8s from 'cdk8s';
import type * as Library from '../../src';

/** What one child process measures. */
export interface Job {
  readonly side: 'ours' | 'raw';
  readonly models: number;
  readonly charts: number;
  readonly outdir: string;
  /** File with the manifests of every chart, which the raw side hands to `ApiObject`. */
  readonly manifests: string;
}

export interface Measurement {
  readonly ms: number;
  readonly peakMiB: number;
}

export type Manifests = { readonly chart: string; readonly objects: readonly Cdk8s.ApiObjectProps[] }[];

/**
 * A table of models as platform teams keep one: most models at one provider,
 * every fifth with a fallback, every tenth split over two versions.
 */
export function declareModels(cdk8s: typeof Cdk8s, lib: typeof Library, app: Cdk8s.App, models: number, charts: number): void {
  for (let c = 0; c < charts; c++) {
    const chart = new cdk8s.Chart(app, `team-${c}`, { namespace: `team-${c}` });
    const openai = new lib.OpenAIProvider(chart, 'openai', { apiKey: lib.ApiKey.fromSecretName('openai') });
    const standby = new lib.OpenAIProvider(chart, 'standby', { apiKey: lib.ApiKey.fromSecretName('standby') });
    const gateway = new lib.AIGateway(chart, 'gateway');
    const share = Math.floor(models / charts) + (c < models % charts ? 1 : 0);
    for (let m = 0; m < share; m++) {
      const name = `model-${m}`;
      if (m % 5 === 0) {
        gateway.addModel(name, openai.model(`${name}-large`).fallbackTo(standby.model(`${name}-small`)));
      } else if (m % 10 === 1) {
        gateway.addModel(name, lib.Traffic.split([{ to: openai.model(`${name}-a`), weight: 90 }, { to: openai.model(`${name}-b`), weight: 10 }]));
      } else {
        gateway.addModel(name, openai.model());
      }
    }
  }
}

/** The same manifests, handed to cdk8s as they are. */
export function declareRaw(cdk8s: typeof Cdk8s, app: Cdk8s.App, manifests: Manifests): void {
  for (const { chart: id, objects } of manifests) {
    const chart = new cdk8s.Chart(app, id);
    objects.forEach((object, index) => new cdk8s.ApiObject(chart, `object-${index}`, object));
  }
}

import { Chart, Testing } from 'cdk8s';
import { AIGateway, Checks } from '../../src';
import { CrdJudge } from '../judges/crd/judge';

/** A program, what it synthesizes, and the assurance that neither the checks nor the CRDs object. */
export class World {
  public readonly chart = new Chart(Testing.app(), 'maas', { namespace: 'maas-system', disableResourceNameHashes: true });
  private gatewayMade: AIGateway | undefined;

  public get gateway(): AIGateway {
    return this.gatewayMade ??= new AIGateway(this.chart, 'gateway');
  }

  /** All manifests; fails when there is any finding or the CRDs refuse one. */
  public manifests(): any[] {
    expect(Checks.findings(this.chart)).toEqual([]);
    const manifests = Testing.synth(this.chart);
    if (CrdJudge.available()) {
      for (const manifest of manifests) {
        expect(CrdJudge.load({ aiGateway: 'v1.1.0' }).judge(manifest, { encrypted: 'sops' in manifest })).toEqual([]);
      }
    }
    return manifests;
  }

  /** The spec of the only object of a kind, or of the one with this name. */
  public spec(kind: string, name?: string): any {
    const found = this.manifests().filter(m => m.kind === kind && (name === undefined || m.metadata.name === name));
    expect(found).toHaveLength(1);
    return found[0].spec;
  }
}

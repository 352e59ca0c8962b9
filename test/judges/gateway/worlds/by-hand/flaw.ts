import { ok } from 'node:assert/strict';
import { ApiObject, App, Chart } from 'cdk8s';
import { Checks } from '../../../../../src';
import { Client } from '../../client';
import { World } from '../../world';
import { Case, Kit, MoreOfWorld, worldOf } from '../kit';

/**
 * What manifests written by hand get wrong. Each flaw is accepted by the gateway, does what its scenario says, and is found by a
 * rule: so the rule rests on something the gateway really does, and scenarios that promise the opposite can fail.
 */
export interface Flaw {
  readonly name: string;
  readonly says: string;
  /** The rule that finds it. */
  readonly code: string;
  readonly waits?: boolean;
  declare(kit: Kit): unknown;
  spoil(manifests: Manifests): void;
  run(client: Client): Promise<void>;
}

/** The manifests of a program, to be changed as by hand. */
export class Manifests {
  constructor(public readonly all: any[]) {}

  public get(kind: string, name: string): any {
    const found = this.all.find(manifest => manifest.kind === kind && manifest.metadata.name === name);
    if (!found) throw new Error(`there is no ${kind} ${name}`);
    return found;
  }

  public remove(kind: string, name: string): void {
    this.all.splice(this.all.indexOf(this.get(kind, name)), 1);
  }

  /** The policy on the route of a model. */
  public policy(model: string): any {
    return this.get('BackendTrafficPolicy', `ai-gateway-${model}`).spec;
  }

  public rule(model: string): any {
    return this.get('AIGatewayRoute', `ai-gateway-${model}`).spec.rules[0];
  }

  public backend(hostname: string): any {
    return this.get('Backend', nameOf(hostname)).spec;
  }
}

export function nameOf(hostname: string): string {
  return `ai-${hostname.replaceAll('.', '-')}`;
}

/** A world of flaws, each in its own corner of one program. */
export function worldOfFlaws(name: string, flaws: readonly Flaw[], more: MoreOfWorld): World {
  let made = new Manifests([]);
  const cases = flaws.map(({ name: flaw, says, code, waits, declare, run }): Case => ({
    name: `by-hand-${flaw}`,
    says: `${says} (${code})`,
    waits,
    declare,
    run: async client => {
      needFinding(made.all, code);
      await run(client);
    },
  }));
  return {
    ...worldOf(name, cases, more),
    change(manifests) {
      made = new Manifests([...manifests]);
      for (const { spoil } of flaws) spoil(made);
      return made.all;
    },
  };
}

/** Fails where the rules do not find it in manifests that no construct made, with nothing else in their namespace. */
export function needFinding(manifests: readonly any[], code: string): void {
  const app = new App();
  const chart = new Chart(app, 'by-hand');
  Checks.declareComplete(app, 'ai');
  manifests.forEach((manifest, index) => new ApiObject(chart, `object-${index}`, manifest));
  const found = new Set(Checks.findings(app).map(finding => finding.code));
  ok(found.has(code), `${code} is not among the findings: ${[...found].join(', ')}`);
}

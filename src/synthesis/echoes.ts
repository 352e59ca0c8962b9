import { IConstruct } from 'constructs';
import { CodeDefinition, formatValue, Severity } from '../findings/finding';

/** A finding with what tells whether another one says the same. */
export interface PlacedFinding {
  readonly construct: IConstruct;
  readonly definition: CodeDefinition;
  readonly severity: Severity;
  /** The message without the path. */
  readonly text: string;
  readonly prop?: string;
  readonly value?: unknown;
  /** False where the property stands for more than the finding is about, such as all entries of a route. */
  readonly exact: boolean;
}

/**
 * Findings without those that only repeat another one: the same text twice, what a
 * schema says of a value that a rule explains, and what a construct told already in
 * words of its own. A finding that was acknowledged is not here and silences nothing.
 */
export function withoutEchoes(findings: readonly PlacedFinding[]): readonly PlacedFinding[] {
  const said = new Map<IConstruct, PlacedFinding[]>();
  for (const finding of findings) {
    if (finding.severity !== 'error' || finding.definition.generic) continue;
    const by = said.get(finding.construct);
    if (by) by.push(finding); else said.set(finding.construct, [finding]);
  }
  const voices = new Map([...said].map(([construct, all]) => [construct, new Voices(all)]));
  const texts = new Map<string, Set<IConstruct>>();
  return findings.filter((finding) => {
    if (voices.get(finding.construct)?.drown(finding)) return false;
    const by = texts.get(finding.text);
    if (by?.has(finding.construct)) return false;
    if (by) by.add(finding.construct); else texts.set(finding.text, new Set([finding.construct]));
    return true;
  });
}

/** What one construct says that is more than what a schema says. */
class Voices {
  private readonly props = new Set<string>();
  /** Properties with the value that is spoken about. */
  private readonly values = new Set<string>();
  /** Codes that are covered, with the property or the value that is spoken about. */
  private readonly covered = new Set<string>();

  constructor(findings: readonly PlacedFinding[]) {
    for (const { definition, prop, value } of findings) {
      if (prop !== undefined) {
        this.props.add(prop);
        this.values.add(`${prop} got ${formatValue(value)}`);
      }
      for (const code of definition.covers ?? []) {
        for (const of of prop === undefined ? [] : withParents(prop)) this.covered.add(`${code} of ${of}`);
        if (value !== undefined) this.covered.add(`${code} got ${formatValue(value)}`);
      }
    }
  }

  public drown({ definition, prop, value, exact }: PlacedFinding): boolean {
    if (definition.generic && prop !== undefined && isPlain(value) && (exact ? this.props.has(prop) : this.values.has(`${prop} got ${formatValue(value)}`))) return true;
    if (this.covered.size === 0) return false;
    return (prop !== undefined && this.covered.has(`${definition.code} of ${prop}`))
      || (value !== undefined && this.covered.has(`${definition.code} got ${formatValue(value)}`));
  }
}

/** A property and those it is a part of: what it lacks is missing from each of them. */
function withParents(prop: string): string[] {
  const parts = prop.split('.');
  return parts.map((_, index) => parts.slice(0, index + 1).join('.'));
}

/** A list or a map can be wrong in several ways, of which another finding tells only one. */
function isPlain(value: unknown): boolean {
  return value !== undefined && value !== null && typeof value !== 'object';
}

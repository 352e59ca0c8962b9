import { IConstruct } from 'constructs';
import { GraphNode } from '../checks/graph';
import { Fields, fields } from '../checks/read';
import type { Session } from './session';
import { BAD_ACKNOWLEDGEMENT, UNUSED_ACKNOWLEDGEMENT } from '../findings/acknowledgements';
import { ACKNOWLEDGE_ANNOTATION, CodeDefinition, Problem } from '../findings/finding';

/** What was acknowledged in a tree, in its program and in its manifests, and which of it was of use. */
export class Acknowledgements {
  private readonly used = new Set<object>();
  private readonly usedInManifests = new Map<GraphNode, Set<string>>();

  constructor(private readonly session: Session) {}

  /** Whether a finding was accepted by `Checks.acknowledge()`. */
  public accept(definition: CodeDefinition, construct: IConstruct): boolean {
    if (definition.final) return false;
    const accepting = this.session.acknowledgements.filter(a => a.code === definition.code && isBelow(construct, a.scope));
    for (const acknowledgement of accepting) this.used.add(acknowledgement);
    return accepting.length > 0;
  }

  /** Whether a finding was accepted by an annotation of the manifest. */
  public acceptInManifest(definition: CodeDefinition, node: GraphNode): boolean {
    if (definition.final || !isReason(annotationsOf(node)[ACKNOWLEDGE_ANNOTATION + definition.code])) return false;
    const codes = this.usedInManifests.get(node);
    if (codes) codes.add(definition.code); else this.usedInManifests.set(node, new Set([definition.code]));
    return true;
  }

  /** Scopes of acknowledgements that accepted nothing. */
  public unused(): { readonly construct: IConstruct; readonly problem: Problem }[] {
    return this.session.acknowledgements.filter(a => !this.used.has(a) && a.code !== UNUSED_ACKNOWLEDGEMENT.code).map(({ scope, code }) => ({
      construct: scope,
      problem: {
        definition: UNUSED_ACKNOWLEDGEMENT,
        message: 'has an acknowledgement of what nothing below does',
        value: code,
        fix: 'remove Checks.acknowledge(), or give it another scope',
      },
    }));
  }

  /**
   * What is wrong with the annotations of a manifest that acknowledge.
   *
   * @param ours whether a construct wrote them, in case they are needed
   */
  public problemsIn(node: GraphNode, ours: boolean): Problem[] {
    const annotations = annotationsOf(node);
    const names = Object.keys(annotations).filter(name => name.startsWith(ACKNOWLEDGE_ANNOTATION));
    return names.flatMap((name) => {
      const problem = this.judge(node, name.slice(ACKNOWLEDGE_ANNOTATION.length), annotations[name], ours);
      return problem ? [{ ...problem, prop: `metadata.annotations.${name}` }] : [];
    });
  }

  private judge(node: GraphNode, code: string, reason: unknown, ours: boolean): Problem | undefined {
    const bad = (message: string, value: unknown, fix: string): Problem => ({ definition: BAD_ACKNOWLEDGEMENT, message, value, fix });
    const definition = loadCatalogue().definitionOf(code);
    if (!definition) return bad('acknowledges a code that does not exist', code, 'copy the code from the message');
    if (definition.final) return bad('acknowledges what the gateway refuses all the same', code, 'remove the annotation and do what the message of the code says');
    if (!isReason(reason)) return bad('gives no reason', reason, 'write as its value why the finding is right here');
    if (ours || this.usedInManifests.get(node)?.has(code)) return undefined;
    return { definition: UNUSED_ACKNOWLEDGEMENT, message: 'acknowledges what the manifest does not have', value: code, fix: 'remove the annotation' };
  }
}

/** A manifest can be anything, and what it has for annotations too. */
function annotationsOf({ manifest }: GraphNode): Fields {
  return fields(fields(fields(manifest).metadata).annotations);
}

function isReason(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}

export function isBelow(construct: IConstruct, scope: IConstruct): boolean {
  for (let at: IConstruct | undefined = construct; at; at = at.node.scope) {
    if (at === scope) return true;
  }
  return false;
}

/** Loaded when it is asked: it brings every rule along. */
function loadCatalogue() {
  return require('../catalogue') as typeof import('../catalogue');
}

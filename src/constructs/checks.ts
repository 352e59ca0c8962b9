import { IConstruct } from 'constructs';
import { need, NAMESPACE, SCOPE, TEXT } from './misuse';
import { Session } from '../synthesis/session';

/** Something the checks found. */
export interface Finding {
  /** Path of the construct. */
  readonly path: string;
  /** Stable code, such as `DUPLICATE_MODEL`. */
  readonly code: string;
  /** `error` or `warning`. */
  readonly severity: string;
  /** What is wrong and what to do. */
  readonly message: string;
}

/** What synthesis checks, and how much of it stops synthesis. */
export class Checks {
  /** All findings as things stand now, without synthesizing. For tests. */
  public static findings(scope: IConstruct): Finding[] {
    need('Checks.findings()', 'scope', scope, SCOPE);
    return Session.of(scope).look().findings.map(({ construct, code, severity, text }) => ({
      path: construct.node.path, code, severity, message: text,
    }));
  }

  /**
   * Accepts a finding on everything below `scope`, for a reason that is written down.
   *
   * Throws for codes that do not exist, for findings the API server or a controller
   * would refuse anyway, and without a reason.
   */
  public static acknowledge(scope: IConstruct, code: string, reason: string): void {
    need('Checks.acknowledge()', 'scope', scope, SCOPE);
    need('Checks.acknowledge()', 'reason', reason, TEXT);
    const definition = loadCatalogue().definitionOf(code);
    if (!definition) throw new Error(`Checks.acknowledge(): there is no code ${JSON.stringify(code)}; copy it from the message`);
    if (definition.final) throw new Error(`Checks.acknowledge(): ${code} cannot be acknowledged, the gateway refuses such manifests; ${definition.fix}`);
    if (reason.trim() === '') throw new Error(`Checks.acknowledge(): ${code} needs a reason; say why it is right here`);
    Session.of(scope).acknowledgements.push({ scope, code, reason });
  }

  /** Makes warnings below `scope` stop synthesis like errors. */
  public static strict(scope: IConstruct): void {
    need('Checks.strict()', 'scope', scope, SCOPE);
    Session.of(scope).strictScopes.add(scope);
  }

  /**
   * Declares that nothing exists in a namespace but what this app makes, so that a
   * reference to an object that is missing there is an error instead of unknown.
   */
  public static declareComplete(scope: IConstruct, namespace: string): void {
    need('Checks.declareComplete()', 'scope', scope, SCOPE);
    need('Checks.declareComplete()', 'namespace', namespace, NAMESPACE);
    Session.of(scope).completeNamespaces.add(namespace);
  }

  private constructor() {}
}

/** Loaded when it is asked: it brings every rule along. */
function loadCatalogue() {
  return require('../catalogue') as typeof import('../catalogue');
}

import * as pulumi from '@pulumi/pulumi';
import { ApiObject, App } from 'cdk8s';
import { declaredAt, formatProblem, LocatedFinding, Problem, Session } from 'cdk8s-ai-gateway/lib/src/bridge';
import { ENCRYPTED_BY_SOPS, OUTPUT_FAILED, OUTPUT_NEVER_KNOWN, OUTPUT_OF_WRONG_TYPE } from './codes';
import { defaultProviderProblems, Refusal } from './credential';
import type { Places } from './places';
import { holdsOutputs, providerOf, Registry } from './registry';
import type { Member } from './run';
import { placedTokens, tokenProblems } from './substitute';
import { placeOf, Token } from './tokens';
import { fits, Outcome, TokensByConstruct, Values } from './values';

export interface Findings {
  readonly errors: readonly string[];
  readonly warnings: readonly { readonly text: string; readonly resource: pulumi.Resource }[];
  readonly manifests: ReadonlyMap<ApiObject, any>;
  /** What made Outputs fail. */
  readonly failures: readonly unknown[];
  /** The Outputs that each component has in it, also those that stand in objects of others, such as a role; true for those it declares itself. */
  readonly outputs: ReadonlyMap<Member, ReadonlyMap<pulumi.Output<unknown>, boolean>>;
}

/**
 * Everything that is wrong with what is declared so far, with the values that are known, at the component that declares it.
 *
 * @param declared whether something was declared since the last time
 */
export function findProblems(app: App, registry: Registry, values: Values, places: Places, declared: boolean): Findings {
  const { findings, manifests, tokens } = look(Session.of(app), values);
  const outputs = outputsOf(tokens, places);
  const errors = new Set<string>();
  const warnings: { text: string; resource: pulumi.Resource }[] = [];
  const failures = new Set<unknown>();

  for (const { construct, severity, text } of findings) {
    const line = places.tell(construct, text);
    const member = places.memberOf(construct);
    if (severity === 'error') errors.add(line);
    else if (member && registry.isNewsOf(line)) warnings.push({ text: line, resource: member.resource });
  }
  if (declared) {
    for (const construct of app.node.findAll()) {
      // The findings of the root are above.
      if (construct !== app) for (const text of construct.node.validate()) errors.add(places.tell(construct, text));
    }
    for (const [object, manifest] of manifests) {
      const hasDefaultProvider = () => providerOf(places.memberOf(object)!) === undefined;
      for (const problem of manifestProblems(manifest, hasDefaultProvider)) errors.add(places.tell(object, formatProblem(problem)));
    }
    for (const { object, problem } of registry.conflicts(manifests)) errors.add(places.tell(object, formatProblem(problem)));
  }
  const bad = valueProblems(tokens, values, places);
  for (const { output, member, problem } of bad) errors.add(tellOfOutput(output, member, manifests, problem, places));
  for (const { error } of bad) if (error !== undefined) failures.add(error);
  return { errors: [...errors].sort(), warnings, manifests, failures: [...failures], outputs };
}

function manifestProblems(manifest: any, hasDefaultProvider: () => boolean): Problem[] {
  const problems: Problem[] = [...tokenProblems(manifest)];
  if (manifest.sops !== undefined) {
    problems.push({ definition: ENCRYPTED_BY_SOPS, message: `is a ${manifest.kind} that SOPS encrypted, and nothing decrypts it here`, fix: 'let the tool that decrypts it apply the file, and name the Secret with fromSecretName()' });
  }
  if (manifest.kind === 'Secret' && holdsOutputs(manifest) && hasDefaultProvider()) problems.push(...defaultProviderProblems());
  return problems;
}

interface Look {
  readonly findings: readonly LocatedFinding[];
  readonly manifests: ReadonlyMap<ApiObject, any>;
  readonly tokens: TokensByConstruct;
}

/** Secret values are looked at apart from the others: what they bring to light is told in words that no value has a part in. */
function look(session: Session, values: Values): Look {
  const open = values.look(false);
  const { findings, manifests } = session.look(open.at);
  if (!values.hasSecrets) return { findings, manifests, tokens: open.tokens };
  const told = new Set(findings.map(keyOf));
  const ofSecrets = session.look(values.look(true).at).findings.filter(finding => !told.has(keyOf(finding))).map(withoutValue);
  return { findings: [...findings, ...ofSecrets], manifests, tokens: open.tokens };
}

function outputsOf(tokens: TokensByConstruct, places: Places): Findings['outputs'] {
  const outputs = new Map<Member, Map<pulumi.Output<unknown>, boolean>>();
  for (const [construct, found] of tokens) {
    const member = places.memberOf(construct);
    if (!member) continue;
    const known = outputs.get(member) ?? new Map();
    for (const { token: { output }, own } of found) known.set(output, own || known.get(output) === true);
    outputs.set(member, known);
  }
  return outputs;
}

interface BadValue {
  readonly output: pulumi.Output<unknown>;
  readonly member: Member;
  readonly problem: Problem;
  /** What made the Output fail, where it is not a refusal of this package. */
  readonly error?: unknown;
}

/** Outputs that came to nothing one could go on with, once for each component. */
function valueProblems(tokens: TokensByConstruct, values: Values, places: Places): BadValue[] {
  const bad = new Map<Member, Map<pulumi.Output<unknown>, BadValue>>();
  for (const [construct, found] of tokens) {
    const member = places.memberOf(construct);
    for (const { token: { output, wanted }, own } of member ? found : []) {
      if (!own) continue;
      const outcome = values.of(output);
      const problem = outcome && valueProblem(wanted, outcome);
      if (!problem) continue;
      const error = outcome.kind === 'failed' && !(outcome.error instanceof Refusal) ? outcome.error : undefined;
      const ofMember = bad.get(member!) ?? new Map();
      bad.set(member!, ofMember.set(output, { output, member: member!, problem, error }));
    }
  }
  return [...bad.values()].flatMap(ofMember => [...ofMember.values()]);
}

function keyOf({ construct, code, prop }: LocatedFinding): string {
  return `${code} ${construct.node.path} ${prop}`;
}

function withoutValue(finding: LocatedFinding): LocatedFinding {
  const { definition, prop } = finding;
  const { title, fix } = definition;
  return { ...finding, text: formatProblem({ definition, prop, message: `has a secret in it, of which only this is told: ${title}`, fix: sentencePart(fix) }) };
}

function sentencePart(sentence: string): string {
  return (sentence.charAt(0).toLowerCase() + sentence.slice(1)).replace(/\.$/, '');
}

function valueProblem(wanted: Token['wanted'], outcome: Outcome): Problem | undefined {
  if (outcome.kind === 'failed') {
    return outcome.error instanceof Refusal ? outcome.error.problem : { definition: OUTPUT_FAILED, message: 'is an Output that failed, for a reason that is told beside this', fix: 'mend what it is made of' };
  }
  if (outcome.kind === 'unknown' || fits(outcome.value, wanted)) return undefined;
  // Without the value, which may be secret.
  return {
    definition: OUTPUT_OF_WRONG_TYPE, message: `has to be ${wanted === 'number' ? 'a number' : wanted}, and its Output came to ${typeName(outcome.value)}`,
    fix: 'pick or make the right value with apply(), and leave the property out where there is none',
  };
}

function typeName(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (Array.isArray(value)) return 'a list';
  return { string: 'text', number: Number.isFinite(value) ? 'a number' : 'no finite number', boolean: 'true or false' }[typeof value as string] ?? 'an object';
}

/** Outputs without which a component is not registered, where they stand. */
export function stuckOutput(output: pulumi.Output<unknown>, member: Member, manifests: ReadonlyMap<ApiObject, any>, places: Places): string {
  return tellOfOutput(output, member, manifests, {
    definition: OUTPUT_NEVER_KNOWN, message: 'waits for an Output that gets no value before this is registered',
    fix: 'use a value that does not depend on the component or on what is made of it, such as plain text',
  }, places);
}

/** By the property that the Output decides in an object of the component, or else by what it was given for. */
function tellOfOutput(
  output: pulumi.Output<unknown>, member: Member, manifests: ReadonlyMap<ApiObject, any>, problem: Problem, places: Places,
): string {
  for (const [object, manifest] of manifests) {
    const token = places.memberOf(object) === member && placedTokens(manifest).find(placed => placed.output === output);
    if (!token) continue;
    const { construct, prop } = declaredAt(object, token.path);
    return places.tell(construct, formatProblem({ ...problem, prop }));
  }
  const place = placeOf(output);
  return places.tell(member.root, `${place.replace(`${member.label}: `, '')} ${formatProblem(problem)}`);
}

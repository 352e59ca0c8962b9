import * as pulumi from '@pulumi/pulumi';
import { ApiObject, App } from 'cdk8s';
import { formatProblem, Problem, Session } from 'cdk8s-ai-gateway/lib/src/bridge';
import { IConstruct } from 'constructs';
import { NamespaceChart } from './chart';
import { ENCRYPTED_BY_SOPS } from './codes';
import { defaultProviderProblems } from './credential';
import { holdsOutputs, providerOf, Registry } from './registry';
import type { Member } from './run';
import { tokenProblems } from './substitute';
import { withoutTokens } from './tokens';

export interface Findings {
  readonly errors: readonly string[];
  readonly warnings: readonly { readonly text: string; readonly resource: pulumi.Resource }[];
  readonly manifests: ReadonlyMap<ApiObject, any>;
}

/** Everything that is wrong with what is declared so far, at the component that declares it. */
export function findProblems(
  app: App, memberOf: (construct: IConstruct) => Member | undefined, registry: Registry,
  labeled: (text: string) => string,
): Findings {
  const { findings, manifests } = Session.of(app).look();
  const errors = new Set<string>();
  const warnings: { text: string; resource: pulumi.Resource }[] = [];
  const error = (construct: IConstruct, text: string) => errors.add(labeled(`${placeOf(construct, memberOf)}: ${withoutTokens(text)}`));

  for (const { construct, severity, text } of findings) {
    if (severity === 'error') {
      error(construct, text);
    } else {
      const member = memberOf(construct);
      const line = labeled(`${placeOf(construct, memberOf)}: ${withoutTokens(text)}`);
      if (member && registry.isNewsOf(line)) warnings.push({ text: line, resource: member.resource });
    }
  }
  for (const construct of app.node.findAll()) {
    // The findings of the root are above.
    if (construct !== app) for (const text of construct.node.validate()) error(construct, text);
  }
  for (const [object, manifest] of manifests) {
    const problems: Problem[] = [...tokenProblems(manifest)];
    if (manifest.sops !== undefined) {
      problems.push({ definition: ENCRYPTED_BY_SOPS, message: `is a ${manifest.kind} that SOPS encrypted, and nothing decrypts it here`, fix: 'let the tool that decrypts it apply the file, and name the Secret with fromSecretName()' });
    }
    if (manifest.kind === 'Secret' && holdsOutputs(manifest) && providerOf(memberOf(object)!) === undefined) problems.push(...defaultProviderProblems());
    for (const problem of problems) error(object, formatProblem(problem));
  }
  for (const { object, problem } of registry.conflicts(manifests)) error(object, formatProblem(problem));
  return { errors: [...errors].sort(), warnings, manifests };
}

/** `OpenAIProvider openai`, and for what is inside a component its path too. */
function placeOf(construct: IConstruct, memberOf: (construct: IConstruct) => Member | undefined): string {
  const owner = (construct as { readonly owner?: IConstruct }).owner ?? construct;
  const member = memberOf(owner);
  if (!member) return construct.node.path;
  if (owner === member.root) return member.label;
  // The chart of a namespace is nothing that the program knows of.
  const { path } = construct.node;
  return `${member.label} (${member.root.node.scope instanceof NamespaceChart ? path.slice(member.root.node.path.length + 1) : path})`;
}

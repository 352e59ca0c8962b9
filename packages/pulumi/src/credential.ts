import * as pulumi from '@pulumi/pulumi';
import { CodeDefinition, formatProblem, Problem } from 'cdk8s-ai-gateway/lib/src/bridge';
import { KEY_ROTATION_GAP, NOT_SECRET, RENDERED_CREDENTIAL, UNUSABLE_CREDENTIAL } from './codes';
import { outputOf, textToken } from './tokens';
import { markCredential } from './values';

/** How much of a credential's text has to be as it is. */
export type CredentialForm = 'header' | 'file';

/**
 * The token of a credential. Plain text is refused at once; what turns out to be no secret, or to be
 * unusable, when the Secret is registered. No message has any of the value.
 */
export function credentialToken(where: string, value: pulumi.Output<string>, form: CredentialForm = 'header'): string {
  if (!pulumi.Output.isInstance(value)) throw refusal(where, NOT_SECRET, `takes a secret Output, got ${typeof value === 'string' ? 'plain text' : typeof value}`, 'use config.requireSecret(), or pulumi.secret() around the Output of a resource');
  // Whether an unknown value is secret is unknown too, so the question waits for the value.
  return usableToken(where, pulumi.secret(value.apply(text => pulumi.output(pulumi.isSecret(value)).apply(secret => {
    if (!secret) throw refusal(where, NOT_SECRET, 'takes a secret Output, got one that Pulumi stores readable', 'put pulumi.secret() around it');
    return text;
  }))), form);
}

/** The token of a part of a credential that may be readable. */
export function usableToken(where: string, value: pulumi.Output<string>, form: CredentialForm = 'header'): string {
  const token = textToken(value.apply(text => {
    const flaw = flawOf(text, form);
    if (flaw !== undefined) throw refusal(where, UNUSABLE_CREDENTIAL, `has a value that ${flaw}`, 'store the credential alone');
    return text;
  }), where);
  markCredential(outputOf(token)!);
  return token;
}

function flawOf(text: unknown, form: CredentialForm): string | undefined {
  if (typeof text !== 'string') return 'is no text';
  if (text.trim() === '') return 'is empty';
  if (form === 'file') return undefined;
  if (/[\r\n]/.test(text)) return 'has a line break';
  if (text !== text.trim()) return 'has a blank at one end';
  if (/^bearer /i.test(text)) return 'begins with "Bearer ", which the gateway adds';
  return undefined;
}

/** A problem that is found when the value of an Output arrives. */
export class Refusal extends pulumi.RunError {
  constructor(where: string, public readonly problem: Problem) {
    super(`${where}: ${formatProblem(problem)}`);
  }
}

function refusal(where: string, definition: CodeDefinition, message: string, fix: string): Refusal {
  return new Refusal(where, { definition, message, fix });
}

/** What the default provider of the stack does with Secrets. */
export function defaultProviderProblems(): Problem[] {
  if (new pulumi.Config('kubernetes').get('renderYamlToDirectory') === undefined) return [];
  return [{ definition: RENDERED_CREDENTIAL, message: 'holds a secret of Pulumi, and kubernetes:renderYamlToDirectory writes it to a file', fix: 'use an ExternalSecret, or a Secret that exists' }];
}

/** Says once for each provider that a rotation leaves a gap, if it does. */
export class RotationWarnings {
  private readonly seen = new Set<unknown>();

  /** @param provider undefined for the default provider */
  public check(provider: pulumi.ProviderResource | undefined, resource: pulumi.Resource): void {
    if (this.seen.has(provider)) return;
    this.seen.add(provider);
    const text = formatProblem({
      definition: KEY_ROTATION_GAP, message: 'holds a secret of Pulumi; when it changes, the Secret is deleted before it is made again', fix: 'set enableSecretMutable on the Kubernetes provider',
    });
    const mutable = provider ? setting(provider, 'enableSecretMutable') : new pulumi.Config('kubernetes').get('enableSecretMutable') ?? process.env.PULUMI_K8S_ENABLE_SECRET_MUTABLE;
    pulumi.output(mutable as pulumi.Input<string | boolean | undefined>).apply(value => {
      if (value !== true && value !== 'true') void pulumi.log.warn(text, resource);
    });
  }
}

/** A value of a Secret, unless its provider writes Secrets to files. */
export function unlessRendered(value: pulumi.Input<unknown>, provider: pulumi.ProviderResource | undefined, where: string): pulumi.Input<unknown> {
  if (!provider) return value;
  return pulumi.all([value, setting(provider, 'renderYamlToDirectory')]).apply(([known, directory]) => {
    if (directory === undefined || directory === null) return known;
    throw refusal(where, RENDERED_CREDENTIAL, 'holds a secret of Pulumi, and its provider writes it to a file', 'use an ExternalSecret, or a Secret that exists');
  });
}

/** Inputs of a provider are its outputs too, though its class does not declare them. */
function setting(provider: pulumi.ProviderResource, name: string): pulumi.Input<unknown> {
  return (provider as unknown as { readonly [name: string]: pulumi.Output<unknown> | undefined })[name];
}

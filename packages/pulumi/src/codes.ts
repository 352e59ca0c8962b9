import type { CodeDefinition } from 'cdk8s-ai-gateway/lib/src/bridge';

const error = (definition: Omit<CodeDefinition, 'severity' | 'final'>): CodeDefinition => ({ ...definition, severity: 'error', final: true });
const warning = (definition: Omit<CodeDefinition, 'severity'>): CodeDefinition => ({ ...definition, severity: 'warning' });

export const OUTPUT_MUST_BE_KNOWN = error({
  code: 'OUTPUT_MUST_BE_KNOWN',
  title: 'An Output stands where the value decides what is made',
  cause: 'A switch, an enum, a list, the name of an object or a number that others are computed from is an Output.',
  consequence: 'What objects there are would differ between preview and update, so a preview could not be trusted.',
  fix: 'Use a plain value: a constant, or one of `new pulumi.Config()`.',
});

export const OUTPUT_IN_NAME = error({
  code: 'OUTPUT_IN_NAME',
  title: 'The name or kind of an object is an Output',
  cause: '`metadata.name`, `apiVersion` or `kind` of a manifest holds an Output.',
  consequence: 'Pulumi cannot tell at preview whether the object is replaced, and its URN would change with the value.',
  fix: 'Name objects with plain text; the namespace may be an Output.',
});

export const OUTPUT_DAMAGED = error({
  code: 'OUTPUT_DAMAGED',
  title: 'An Output did not arrive in one piece',
  cause: 'Code between the program and the manifest changed the text or number that stands for an Output: it changed its case, cut it, or computed with it.',
  consequence: 'The manifest would hold a meaningless text instead of the value.',
  fix: 'Do it to the value instead: `output.apply(value => value.toUpperCase())`.',
});

export const OUTPUT_AS_TEXT = error({
  code: 'OUTPUT_AS_TEXT',
  title: 'An Output was turned into text',
  cause: 'An Output stands in a template literal, in `JSON.stringify()` or in a sum, before its value is known.',
  consequence: 'The manifest would hold a note of Pulumi\'s SDK instead of the value.',
  fix: 'Use `pulumi.interpolate`, `pulumi.jsonStringify()` or `output.apply()`.',
});

export const OUTPUT_OF_WRONG_TYPE = error({
  code: 'OUTPUT_OF_WRONG_TYPE',
  title: 'An Output came to a value of another type',
  cause: 'An Output stands where text or a number belongs, and its value is undefined, null, a list, an object or of the other type, such as an output that another stack does not have.',
  consequence: 'The field would be left out or refused, or the gateway would read something else than was meant.',
  fix: 'Pick or make the right value with `output.apply()`; where there may be none, decide with a plain value whether the property is there.',
});

export const OUTPUT_FAILED = error({
  code: 'OUTPUT_FAILED',
  title: 'An Output failed',
  cause: 'A promise in an Output was rejected, a function given to `apply()` threw, or a resource that it comes from was not made.',
  consequence: 'The component has no value for the property, and nothing of it is registered.',
  fix: 'Mend what Pulumi tells beside this message.',
});

export const OUTPUT_NEVER_KNOWN = error({
  code: 'OUTPUT_NEVER_KNOWN',
  title: 'An Output waits for what waits for it',
  cause: 'An Output in a component depends on something that is made of the component, such as a role that is named after the gateway that is given the role, or on a promise that never comes to an end.',
  consequence: 'The update would never go on.',
  fix: 'Use a value that does not depend on the component, such as plain text, or put what depends on it into a component of its own.',
});

export const NOT_SECRET = error({
  code: 'NOT_SECRET',
  title: 'A credential is not marked as secret',
  cause: 'A credential is plain text, or an Output that Pulumi does not treat as secret.',
  consequence: 'The key stands in the program, or in plain text in the state, in logs and in diffs.',
  fix: 'Use `config.requireSecret()`, or `pulumi.secret()` around the Output of the resource that makes the key.',
});

export const UNUSABLE_CREDENTIAL = error({
  code: 'UNUSABLE_CREDENTIAL',
  title: 'A credential has a form that the gateway cannot use',
  cause: 'The value is empty, has a line break or blanks at its ends, or begins with `Bearer `.',
  consequence: 'The gateway sends it as it is, and the provider refuses every request.',
  fix: 'Store the key alone: `printf %s "$KEY" | pulumi config set --secret openai`.',
});

export const RENDERED_CREDENTIAL = error({
  code: 'RENDERED_CREDENTIAL',
  title: 'A credential would be written to a file',
  cause: 'The Kubernetes provider has `renderYamlToDirectory`, and a credential comes from a secret of Pulumi.',
  consequence: 'The key stands readable in a YAML file that is meant for a repository.',
  fix: 'Use an ExternalSecret, a SealedSecret or a Secret that exists.',
});

export const ENCRYPTED_BY_SOPS = error({
  code: 'ENCRYPTED_BY_SOPS',
  title: 'A document that SOPS encrypted cannot go through Pulumi',
  cause: 'A manifest has a `sops` block.',
  consequence: 'Nothing decrypts it on the way, and the provider may add a label, which breaks the signature: the gateway would read the encrypted text as the key.',
  fix: 'Let the tool that decrypts it apply the file and name the Secret with `fromSecretName()`, or move the value to `pulumi config set --secret`.',
});

export const CHANGED_TOO_LATE = error({
  code: 'CHANGED_TOO_LATE',
  title: 'Something declared later would change an object that is registered already',
  cause: 'After an `await` or inside `apply()` the program declares something that changes an object of before: another pattern of a gateway, or a provider that needs an identity of its pods.',
  consequence: 'The registered object would lack it.',
  fix: 'Declare what belongs together without `await` in between, or first what the later part needs.',
});

export const SAME_OBJECT_TWICE = error({
  code: 'SAME_OBJECT_TWICE',
  title: 'Two objects of one component would have the same URN',
  cause: 'Two manifests of one component have the same kind and name, or differ only by a namespace that is an Output.',
  consequence: 'Pulumi refuses the second one, or one would overwrite the other in the cluster.',
  fix: 'Give one of them another name, or put it into a component of its own.',
});

export const DEPENDENCY_CYCLE = error({
  code: 'DEPENDENCY_CYCLE',
  title: 'Objects depend on each other in a circle',
  cause: '`addDependency()` was called in both directions.',
  consequence: 'There is no order in which they could be made.',
  fix: 'Remove one of the dependencies.',
});

export const KEY_ROTATION_GAP = warning({
  code: 'KEY_ROTATION_GAP',
  title: 'A change of the key deletes the Secret before it is made again',
  cause: 'A credential comes from a secret of Pulumi, and the Kubernetes provider has no `enableSecretMutable`.',
  consequence: 'Whenever the key changes there is a moment without Secret, in which the gateway has no credential.',
  fix: 'Set `enableSecretMutable: true` on the provider, or `PULUMI_K8S_ENABLE_SECRET_MUTABLE=true`.',
});

/** Every code of this package; those of manifests and constructs are the root package's. */
export const codes: readonly CodeDefinition[] = [
  OUTPUT_MUST_BE_KNOWN, OUTPUT_IN_NAME, OUTPUT_DAMAGED, OUTPUT_AS_TEXT, OUTPUT_OF_WRONG_TYPE, OUTPUT_FAILED, OUTPUT_NEVER_KNOWN,
  NOT_SECRET, UNUSABLE_CREDENTIAL, RENDERED_CREDENTIAL, ENCRYPTED_BY_SOPS,
  CHANGED_TOO_LATE, SAME_OBJECT_TWICE, DEPENDENCY_CYCLE, KEY_ROTATION_GAP,
];

import { CodeDefinition } from '../findings/finding';

export const SEALED_SECRET_RENAMED: CodeDefinition = {
  code: 'SEALED_SECRET_RENAMED',
  severity: 'error',
  title: 'A SealedSecret and its template have different names or namespaces',
  cause: 'The object was renamed or moved after sealing. Name and namespace are part of the encryption, unless the scope is wider.',
  consequence: 'The controller cannot decrypt the values and creates no Secret.',
  fix: 'Restore the name and namespace, or seal the values again with `kubeseal` under the new ones.',
};

export const SEALED_SECRET_VALUE_MALFORMED: CodeDefinition = {
  code: 'SEALED_SECRET_VALUE_MALFORMED',
  severity: 'error',
  title: 'A value of a SealedSecret is not sealed',
  cause: 'The value is not Base64 text as `kubeseal` writes it: pasted in part, or never sealed.',
  consequence: 'The controller cannot decrypt the value and creates no Secret. If it was never sealed, it is readable in the repository.',
  fix: 'Seal the value with `kubeseal`. Replace the credential if its plain text was committed.',
};

export const SEALED_SECRET_PLAINTEXT: CodeDefinition = {
  code: 'SEALED_SECRET_PLAINTEXT',
  severity: 'error',
  title: 'The template of a SealedSecret holds a plain value',
  cause: 'A value of the data in `spec.template` is plain text instead of a template over sealed values.',
  consequence: 'The value is readable by everybody who can read the repository or the SealedSecret.',
  fix: 'Seal the value under `spec.encryptedData`. Replace the credential if its plain text was committed.',
};

export const SEALED_SECRET_CLUSTER_WIDE: CodeDefinition = {
  code: 'SEALED_SECRET_CLUSTER_WIDE',
  severity: 'warning',
  title: 'A SealedSecret can be decrypted in every namespace',
  cause: 'It carries the annotation `sealedsecrets.bitnami.com/cluster-wide`.',
  consequence: 'Whoever may create a SealedSecret in any namespace can copy the values there and read the credential.',
  fix: 'Seal it again with the scope `strict`, which binds it to its name and namespace.',
};

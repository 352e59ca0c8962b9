import { LateSecret, Manifest, ObjectName, SecretContent, SecretContract } from '../intent';

/** A Secret whose values another tool puts in when it makes the object: here they are tokens. */
export function renderLateSecret({ values }: LateSecret, contract: SecretContract, place: ObjectName): Manifest {
  const data = contract.keys.flatMap(({ key, content }) => {
    const value = valueOf(content, values);
    return value === undefined ? [] : [[key, value]];
  });
  return { apiVersion: 'v1', kind: 'Secret', metadata: { ...place }, stringData: Object.fromEntries(data) };
}

function valueOf(content: SecretContent, values: LateSecret['values']): string | undefined {
  return content.kind === 'field' ? values[content.field] : values.awsCredentialsFile ?? awsCredentialsFile(values);
}

/** A shared credentials file. The data plane reads its default profile only. */
function awsCredentialsFile({ awsAccessKeyId, awsSecretAccessKey, awsSessionToken }: LateSecret['values']): string {
  return [
    '[default]',
    `aws_access_key_id = ${awsAccessKeyId}`,
    `aws_secret_access_key = ${awsSecretAccessKey}`,
    ...(awsSessionToken === undefined ? [] : [`aws_session_token = ${awsSessionToken}`]),
    '',
  ].join('\n');
}

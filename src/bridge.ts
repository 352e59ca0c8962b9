/**
 * What packages of this repository may use beside the public API: tools that run constructs in their own
 * way and put values in where tokens stand. Released together with them, and not published otherwise.
 */
export { isToken, registerTokens } from './findings/token';
export { CodeDefinition, formatProblem, formatValue, Problem, Severity } from './findings/finding';
export { declaredAt, LocatedFinding } from './synthesis/collect';
export { ManifestObject } from './synthesis/manifest-object';
export { Known, KnownAt, Session } from './synthesis/session';
import { ApiKey } from './constructs/api-key';
import { AwsCredentials } from './constructs/aws-credentials';
import { GcpCredentials } from './constructs/gcp-credentials';
import { StoredSecret } from './constructs/stored-secret';

/** Credentials that the tool puts into a Secret when it makes it. All arguments are its tokens. */
export const lateCredentials = {
  apiKey: (key: string): ApiKey => ApiKey._late(key),
  awsAccessKey: (accessKeyId: string, secretAccessKey: string, sessionToken?: string): AwsCredentials => AwsCredentials._late({
    awsAccessKeyId: accessKeyId, awsSecretAccessKey: secretAccessKey, awsSessionToken: sessionToken,
  }),
  awsCredentialsFile: (file: string): AwsCredentials => AwsCredentials._late({ awsCredentialsFile: file }),
  gcpServiceAccount: (json: string): GcpCredentials => GcpCredentials._late(json),
  storedSecret: (value: string): StoredSecret => StoredSecret._late(value),
};

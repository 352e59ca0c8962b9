import * as pulumi from '@pulumi/pulumi';
import type * as core from 'cdk8s-ai-gateway';
import { lateCredentials } from 'cdk8s-ai-gateway/lib/src/bridge';
import { credentialToken, usableToken } from './credential';

/** An access key of AWS. */
export interface AwsAccessKey {
  /** Id of the access key, which need not be secret. */
  accessKeyId: pulumi.Input<string>;

  /** Secret part of the access key, a secret Output. */
  secretAccessKey: pulumi.Output<string>;

  /**
   * Session token of a temporary access key, a secret Output.
   *
   * @default - none
   */
  sessionToken?: pulumi.Output<string>;
}

/** Factories that only Pulumi programs have: the Secret is made of a secret Output, and belongs to the provider's component. */
export const credentials = {
  ApiKey: {
    /**
     * A key that Pulumi holds as a secret: `config.requireSecret('openai')`, or the Output of the resource that made it.
     *
     * Plain text is refused, and so is an Output that is no secret.
     */
    fromSecretOutput: (key: pulumi.Output<string>): core.ApiKey => lateCredentials.apiKey(credentialToken('ApiKey.fromSecretOutput()', key)),
  },
  AwsCredentials: {
    /** An access key whose secret part Pulumi holds as a secret, such as that of a resource that makes it. */
    fromSecretOutputs: ({ accessKeyId, secretAccessKey, sessionToken }: AwsAccessKey): core.AwsCredentials => {
      const where = 'AwsCredentials.fromSecretOutputs()';
      return lateCredentials.awsAccessKey(
        usableToken(where, pulumi.output(accessKeyId)),
        credentialToken(where, secretAccessKey),
        sessionToken && credentialToken(where, sessionToken),
      );
    },
  },
  GcpCredentials: {
    /** A service account key that Pulumi holds as a secret: the whole JSON file. */
    fromSecretOutput: (json: pulumi.Output<string>): core.GcpCredentials =>
      lateCredentials.gcpServiceAccount(credentialToken('GcpCredentials.fromSecretOutput()', json, 'file')),
  },
  StoredSecret: {
    /** A value that Pulumi holds as a secret. */
    fromSecretOutput: (value: pulumi.Output<string>): core.StoredSecret => lateCredentials.storedSecret(credentialToken('StoredSecret.fromSecretOutput()', value)),
  },
};

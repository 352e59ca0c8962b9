import * as pulumi from '@pulumi/pulumi';
import type * as core from 'cdk8s-ai-gateway';
import { lateCredentials } from 'cdk8s-ai-gateway/lib/src/bridge';
import { credentialToken } from './credential';

/** An access key of AWS, as Outputs of which the second and third are secret. */
export interface AwsAccessKey {
  /** Id of the access key. */
  accessKeyId: pulumi.Output<string>;

  /** Secret part of the access key. */
  secretAccessKey: pulumi.Output<string>;

  /**
   * Session token of a temporary access key.
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
    /** An access key whose parts Pulumi holds as secrets, the id too. */
    fromSecretOutputs: ({ accessKeyId, secretAccessKey, sessionToken }: AwsAccessKey): core.AwsCredentials => {
      const where = 'AwsCredentials.fromSecretOutputs()';
      return lateCredentials.awsAccessKey(
        credentialToken(where, accessKeyId),
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

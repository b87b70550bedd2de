/**
 * Reads one value from AWS Secrets Manager or the SSM Parameter Store; their clients are loaded only when they are
 * needed.
 */
import { credentialsFor } from './credentials.ts';
import { requestHandler } from './http-handler.ts';

export type SecretPlace = {
  readonly service: 'secretsmanager' | 'ssm';
  /** A name or an ARN. */
  readonly id: string;
  readonly region: string;
};

/** The start of the bot waits for this. */
const connectMs = 3_000;
const answerMs = 5_000;

/** @throws the SDK's own error; returns undefined when the secret exists and contains no text */
export async function readSecret(place: SecretPlace): Promise<string | undefined> {
  const common = {
    region: place.region,
    credentials: credentialsFor({ region: place.region }),
    requestHandler: requestHandler({ connectMs, answerMs, keepAlive: false }),
    maxAttempts: 3,
  };
  if (place.service === 'secretsmanager') {
    const sdk = await import('@aws-sdk/client-secrets-manager');
    const client = new sdk.SecretsManagerClient(common);
    const answer = await client.send(new sdk.GetSecretValueCommand({ SecretId: place.id }));
    return answer.SecretString;
  }
  const { GetParameterCommand, SSMClient } = await import('@aws-sdk/client-ssm');
  const client = new SSMClient(common);
  const answer = await client.send(
    new GetParameterCommand({ Name: place.id, WithDecryption: true }),
  );
  return answer.Parameter?.Value;
}

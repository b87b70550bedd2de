/** Identifies the credentials that the bot has for an instance. */
import type { InstanceConfig } from '../../config/config.ts';
import { credentialsFor } from './credentials.ts';
import { requestHandler } from './http-handler.ts';

/** The ARN of the caller according to AWS; requires no permission. Rejects without credentials or connection. */
export async function callerArn(
  instance: Pick<InstanceConfig, 'region' | 'role'>,
): Promise<string> {
  const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts');
  const sts = new STSClient({
    region: instance.region,
    credentials: credentialsFor(instance),
    requestHandler: requestHandler({ connectMs: 3_000, answerMs: 5_000, keepAlive: false }),
    maxAttempts: 2,
  });
  try {
    const { Arn } = await sts.send(new GetCallerIdentityCommand({}));
    return Arn ?? 'unknown';
  } finally {
    sts.destroy();
  }
}

/** The credentials for one instance: the bot's own, or those of a role in the instance's account. */

import { defaultProvider } from '@aws-sdk/credential-provider-node';
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types';
import type { InstanceConfig } from '../../config/config.ts';
import { type ProxyEnvironment, requestHandler } from './http-handler.ts';

/** How long AWS may take to issue credentials. */
const connectMs = 3_000;
const answerMs = 5_000;

/**
 * Credentials with a shorter remaining lifetime are renewed first, because a call and its answer take less time than
 * this.
 */
const renewBeforeMs = 5 * 60_000;

/** The session name in CloudTrail unless the configuration sets another one. */
const standardSessionName = 'connect-add-user';

type Place = Pick<InstanceConfig, 'region' | 'role'>;

/**
 * The SDK's own chain (environment, profile, container, machine), through the environment's proxy. If the instance
 * names a role, that role is assumed with it (STS). The credentials are cached until shortly before they expire.
 *
 * @param own replaces the chain in tests
 */
export function credentialsFor(
  place: Place,
  own?: AwsCredentialIdentity | AwsCredentialIdentityProvider,
  env: ProxyEnvironment = process.env,
): AwsCredentialIdentityProvider {
  const handler = requestHandler({ connectMs, answerMs, keepAlive: true }, env);
  const base =
    typeof own === 'function'
      ? own
      : own
        ? async () => own
        : defaultProvider({ clientConfig: { region: place.region, requestHandler: handler } });
  const { role } = place;
  if (!role) return base;
  return kept(async () => {
    // Most installations use no roles, so the client is loaded only when it is needed, to save memory.
    const { AssumeRoleCommand, STSClient } = await import('@aws-sdk/client-sts');
    const sts = new STSClient({
      region: place.region,
      credentials: base,
      requestHandler: handler,
      maxAttempts: 3,
    });
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: role.arn,
        RoleSessionName: role.sessionName ?? standardSessionName,
        ...(role.externalId !== undefined && { ExternalId: role.externalId }),
      }),
    );
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = Credentials ?? {};
    if (!AccessKeyId || !SecretAccessKey || !SessionToken) {
      throw new Error('STS answered AssumeRole without credentials');
    }
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
      ...(Expiration && { expiration: Expiration }),
    };
  });
}

/**
 * Reads once for all simultaneous callers, and again when the credentials are about to expire or could not be read.
 */
function kept(ask: AwsCredentialIdentityProvider): AwsCredentialIdentityProvider {
  let latest: Promise<AwsCredentialIdentity> | undefined;
  const fresh = () => {
    const asked = ask();
    latest = asked;
    asked.catch(() => {
      if (latest === asked) latest = undefined;
    });
    return asked;
  };
  return async (options) => {
    if (!latest || options?.forceRefresh) return fresh();
    const credentials = await latest;
    const endsAt = credentials.expiration?.getTime() ?? Number.POSITIVE_INFINITY;
    return endsAt - Date.now() > renewBeforeMs ? credentials : fresh();
  };
}

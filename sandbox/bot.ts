/** The environment variables with which a bot uses the sandbox, as `npm start` would receive them. */
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { sandboxCredentials } from './connect/accounts/sessions.ts';
import { bot, region } from './seed.ts';

export const policyFile = fileURLToPath(new URL('./policy.yaml', import.meta.url));

/** For a bot that requires approvers to sign in again. */
export const signInPolicyFile = fileURLToPath(new URL('./policy-sign-in.yaml', import.meta.url));

/** The key pair whose signatures the offline Amazon Connect verifies completely. */
export const awsCredentials = {
  AWS_ACCESS_KEY_ID: sandboxCredentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: sandboxCredentials.secretAccessKey,
  AWS_REGION: region,
};

export function botEnvironment(
  workspace: { readonly url: string; readonly connect: { readonly url: string } },
  transport: 'socket' | 'http',
  dataDir: string,
): Record<string, string> {
  return {
    SLACK_BOT_TOKEN: bot.botToken,
    ...(transport === 'socket'
      ? { SLACK_APP_TOKEN: bot.appToken }
      : { SLACK_SIGNING_SECRET: bot.signingSecret, PORT: '0', HOST: '127.0.0.1' }),
    SLACK_API_URL: `${workspace.url}/api/`,
    DATA_DIR: dataDir,
    EMBEDDED_AS_ROOT: '1',
    CONFIG_FILE: policyFile,
    SECRETS_KEY: randomBytes(32).toString('base64'),
    LOG_LEVEL: 'warn',
    AWS_ENDPOINT_URL_CONNECT: workspace.connect.url,
    AWS_ENDPOINT_URL_STS: workspace.connect.url,
    ...awsCredentials,
  };
}

/**
 * Checks at the start whether the installed app has every scope of the manifest, and logs what will not work
 * otherwise.
 */
import type { WebClient } from '@slack/web-api';
import type { Log } from '../../operations/log.ts';

/** Each scope of manifest.yml → what does not work without it. test/manifest.test.ts keeps both equal. */
export const scopeUses: Readonly<Record<string, string>> = {
  'channels:history': 'files posted in public requests channels are not noticed',
  'channels:read': 'public requests channels cannot be looked at',
  'chat:write': 'nothing can be posted: no card, no answer',
  commands: '/connect-add-user and the shortcuts do not exist',
  'files:read': 'files of users cannot be read',
  'files:write': 'reports, results and templates cannot be handed out',
  'groups:history': 'files posted in private requests channels are not noticed',
  'groups:read': 'private requests channels cannot be looked at',
  'im:history': 'files and words sent to the bot directly are not noticed',
  'im:read': 'files that were sent to the bot directly during an outage are not found',
  'im:write': 'nobody is told anything in direct messages',
  'usergroups:read': 'user groups of the policy count as empty',
  'users:read': 'nobody can be recognized, so nobody may do anything',
  'users:read.email': 'people are not found in Connect by their email addresses',
};

export type MissingScope = { readonly scope: string; readonly without: string };

/**
 * The scopes that the token lacks, from the `x-oauth-scopes` header of auth.test. Empty when Slack does not send it.
 * https://docs.slack.dev/authentication/installing-with-oauth
 */
export async function readMissingScopes(client: WebClient): Promise<MissingScope[]> {
  const answer = await client.auth.test();
  const granted = answer.response_metadata?.scopes;
  if (!granted || granted.length === 0) return [];
  return Object.entries(scopeUses)
    .filter(([scope]) => !granted.includes(scope))
    .map(([scope, without]) => ({ scope, without }));
}

/** Warns of every missing scope; never throws. */
export async function checkScopes(client: WebClient, log: Log): Promise<void> {
  const missing = await readMissingScopes(client).catch(() => []);
  for (const { scope, without } of missing) {
    const todo = 'paste manifest.yml into the app’s manifest and install the app again';
    log.warn({ scope, without, todo }, 'the Slack app lacks a scope');
  }
}

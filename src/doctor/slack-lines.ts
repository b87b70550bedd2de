/** Doctor's checks of Slack: tokens, scopes, the way in, channels, user groups, clock. */
import type { WebClient } from '@slack/web-api';
import type { Config } from '../config/config.ts';
import { messageOf } from '../operations/error-facts.ts';
import { readMissingScopes } from '../slack/conversations/check-scopes.ts';
import {
  policyUsergroups,
  readUsergroupProblems,
} from '../slack/conversations/check-usergroups.ts';
import { slackErrorCode, slackFailureOf } from '../slack/slack-failure.ts';
import type { ListGroup } from './approvers/approver-search.ts';
import { clockLine } from './check/clock.ts';
import { type Finding, fail, type Line, pass, runCheck, skip, warn } from './check/line.ts';
import { requestUrl } from './check/request-url.ts';

/**
 * @param client with the bot's token
 * @param deps.listGroup members of a user group
 */
export async function slackLines(
  config: Config,
  client: WebClient,
  deps: { readonly appClient: WebClient | null; readonly listGroup: ListGroup },
): Promise<Line[]> {
  const bot = await runCheck('slack.bot-token', () => botToken(client), explain('SLACK_BOT_TOKEN'));
  const isKnown = bot.status === 'pass';
  const isAway = bot.found === away.found;
  const unless = (name: string, attempt: () => Promise<Finding>) =>
    runCheck(
      name,
      async () => (isKnown ? attempt() : skip('see slack.bot-token')),
      explain('SLACK_BOT_TOKEN'),
    );
  const lines = await Promise.all([
    bot,
    runCheck(
      'slack.way-in',
      async () => {
        const { transport } = config.slack;
        if (transport.kind === 'http') return requestUrl(transport);
        // This token uses the same network route as the bot token.
        return isAway ? skip('see slack.bot-token') : socket(deps.appClient);
      },
      explain('SLACK_APP_TOKEN'),
    ),
    unless('slack.scopes', () => scopes(client)),
    unless('slack.user-groups', () => userGroups(config, deps.listGroup)),
    ...config.instances.map(({ alias, requestsChannel }) =>
      unless(`slack.channel.${alias}`, () => channel(client, requestsChannel)),
    ),
    clockLine('slack.clock', `${config.slack.apiUrl}api.test`),
  ]);
  return lines;
}

function explain(setting: 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN') {
  return (error: unknown): Finding => {
    const code = slackErrorCode(error);
    const isTokenFault = /^(?:invalid_auth|not_authed|account_inactive|token_|not_allowed_token)/;
    if (code && isTokenFault.test(code)) {
      return fail(
        `Slack refuses ${setting} (${code})`,
        `Copy ${setting} anew from the app’s page.`,
      );
    }
    if (code === 'team_disabled') return fail('the workspace is disabled', 'Ask its owner.');
    if (code === 'missing_scope') return skip('the app lacks the scope: see slack.scopes');
    if (code) return fail(`Slack answers ${code}`, 'Look the code up on the page of the method.');
    if (slackFailureOf(error)) return away;
    return fail(messageOf(error), 'Look at the way to slack.com: DNS, firewall, proxy.');
  };
}

const away = fail(
  'Slack could not be reached',
  'Look at the way to slack.com: DNS, firewall, proxy.',
);

async function botToken(client: WebClient): Promise<Finding> {
  const { team, user } = await client.auth.test();
  return pass(`${user} in ${team}`);
}

async function scopes(client: WebClient): Promise<Finding> {
  const missing = await readMissingScopes(client);
  if (missing.length === 0) return pass('every scope of the manifest');
  const list = missing.map(({ scope, without }) => `${scope} (${without})`).join('; ');
  return fail(
    `missing: ${list}`,
    'Paste manifest.yml into the app’s manifest and install the app again.',
  );
}

async function socket(appClient: WebClient | null): Promise<Finding> {
  await appClient?.apps.connections.open();
  return pass('Socket Mode: a connection can be opened');
}

async function userGroups(config: Config, listGroup: ListGroup): Promise<Finding> {
  const groups = policyUsergroups(config.instances);
  if (groups.length === 0) return pass('the policy names none');
  const problems = await readUsergroupProblems(listGroup, groups);
  if (problems.some(({ code }) => code === 'missing_scope')) {
    return skip('the app lacks the scope: see slack.scopes');
  }
  if (problems.length === 0) return pass(`${groups.length} of the policy can be read`);
  const list = problems.map(({ usergroup, why }) => `${usergroup}: ${why}`).join('; ');
  return fail(list, 'Correct the policy; until then these groups count as empty.');
}

async function channel(client: WebClient, id: string): Promise<Finding> {
  try {
    const { channel: found } = await client.conversations.info({ channel: id });
    if (found?.is_archived) {
      return fail(`${id} is archived`, 'Unarchive it, or name another requestsChannel.');
    }
    if (!found?.is_member) {
      return fail(
        `the bot is not in #${found?.name ?? id}`,
        'Type /invite and the bot’s name there.',
      );
    }
    if (found.is_ext_shared) {
      return warn(
        `#${found.name} is shared with another company, which sees names and addresses`,
        'Use a channel of your own, or set sharedChannel: refuse.',
      );
    }
    return pass(`#${found.name}`);
  } catch (error) {
    if (slackErrorCode(error) !== 'channel_not_found') throw error;
    return fail(
      `there is no channel ${id}, or it is private and the bot is not in it`,
      'Copy the id from the channel’s details; invite the bot to a private channel.',
    );
  }
}

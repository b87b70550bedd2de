/** Slack's Web API client, set up so that nothing is sent twice behind our back. */
import { type Logger, type LogLevel, WebClient } from '@slack/web-api';
import type { SlackConfig } from '../config/config.ts';

/**
 * Options for every client, Bolt's own included. No transport retries: a lost answer to `chat.postMessage`
 * retried blindly posts twice, and in Socket Mode the SDK's default is 100 retries. Who may safely repeat a
 * call is decided by the caller, and 429s go to the caller too.
 *
 * @param timeoutMs how long one call may take
 */
export function clientOptions(slack: SlackConfig, timeoutMs: number) {
  return {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    timeout: timeoutMs,
    rejectRateLimitedCalls: true,
  };
}

export function createSlackClient(
  slack: SlackConfig,
  timeoutMs: number,
  logger: Logger,
  logLevel: LogLevel,
): WebClient {
  return new WebClient(slack.botToken, { ...clientOptions(slack, timeoutMs), logger, logLevel });
}

/** The commercial Slack and GovSlack: https://docs.slack.dev/govslack. Files live on hosts under the same domain. */
const slackDomains = ['slack.com', 'slack-gov.com'] as const;

/**
 * Whether this address is the configured Web API's own host, or an https host of the Slack that it belongs to: a
 * bot of the commercial Slack trusts no host of GovSlack, and the other way round.
 */
export function isSlackAddress(url: URL, slack: Pick<SlackConfig, 'apiUrl'>): boolean {
  const api = new URL(slack.apiUrl);
  if (url.origin === api.origin) return true;
  if (url.protocol !== 'https:') return false;
  const domain = slackDomains.find((known) => isUnder(api.hostname, known));
  return domain !== undefined && isUnder(url.hostname, domain);
}

function isUnder(hostname: string, domain: string): boolean {
  return hostname === domain || hostname.endsWith(`.${domain}`);
}

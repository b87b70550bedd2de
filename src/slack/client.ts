/** Slack's Web API client, configured so that the SDK never sends a call twice by itself. */
import { type Logger, type LogLevel, WebClient } from '@slack/web-api';
import type { SlackConfig } from '../config/config.ts';
import { type SlackOutcome, slackCalls } from '../operations/meters.ts';
import { traceCall } from '../tracing/span.ts';
import { createFetchWithin } from './fetch-within.ts';
import { SlackUnavailableError, slackFailureOf } from './slack-failure.ts';

/**
 * Options for every client, including Bolt's own. No transport retries: a blind retry of `chat.postMessage` after a
 * lost answer posts twice, and in Socket Mode the SDK's default is 100 retries. The caller decides which calls are
 * safe to repeat, and also handles 429s.
 *
 * @param timeoutMs how long one call may take
 */
export function clientOptions(slack: SlackConfig, timeoutMs: number) {
  return {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    fetch: createFetchWithin(timeoutMs),
    rejectRateLimitedCalls: true,
  };
}

export function createSlackClient(
  slack: SlackConfig,
  timeoutMs: number,
  logger: Logger,
  logLevel: LogLevel,
): WebClient {
  return new BotClient(slack.botToken, { ...clientOptions(slack, timeoutMs), logger, logLevel });
}

function outcomeOf(error: unknown): SlackOutcome {
  const failure = slackFailureOf(error);
  if (failure?.kind === 'rate-limited') return 'rate_limited';
  return failure && 'code' in failure ? 'refused' : 'no_answer';
}

/**
 * Errors that the SDK throws without a class, for an answer whose JSON is not an object and for a 429 without a time.
 */
const oddAnswer =
  /^(?:Cannot (?:create|read) propert|Retry header did not contain a valid timeout)/;

/**
 * The client, with a separate error for answers that do not come from Slack, such as a proxy's text in place of JSON.
 * All other errors are passed on unchanged.
 */
class BotClient extends WebClient {
  override async apiCall(...call: Parameters<WebClient['apiCall']>) {
    const count = (outcome: SlackOutcome) => slackCalls.inc({ method: call[0], outcome });
    try {
      const [method] = call;
      const attributes = { 'slack.method': method };
      const answer = await traceCall(`slack ${method}`, attributes, () => super.apiCall(...call));
      count('ok');
      return answer;
    } catch (error) {
      count(outcomeOf(error));
      if (slackFailureOf(error) || !(error instanceof Error) || !oddAnswer.test(error.message)) {
        throw error;
      }
      throw new SlackUnavailableError(`${call[0]} was answered by something that is not Slack`, {
        cause: error,
      });
    }
  }
}

/** The commercial Slack and GovSlack: https://docs.slack.dev/govslack. Files live on hosts under the same domain. */
const slackDomains = ['slack.com', 'slack-gov.com'] as const;

/**
 * Whether this address is the configured Web API's own host, or an https host of the same Slack: a bot of the
 * commercial Slack trusts no host of GovSlack, and vice versa.
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

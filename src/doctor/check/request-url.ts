/**
 * Checks whether Slack can reach the bot over HTTP, with the same request that Slack uses to verify a request URL.
 */
import { randomUUID } from 'node:crypto';
import type { Transport } from '../../config/config.ts';
import { signatureOf } from '../../http/signature.ts';
import { codeOf, messageOf, saysUnknownHost } from '../../operations/error-facts.ts';
import { type Finding, fail, pass, skip, warn } from './line.ts';

type Http = Extract<Transport, { kind: 'http' }>;

/** Slack's own time limit. */
const slackWaitsMs = 3_000;

/**
 * Sends a signed `url_verification` to `PUBLIC_URL`, as Slack does; it changes nothing.
 * https://docs.slack.dev/reference/events/url_verification
 */
export async function requestUrl(
  { publicUrl, signingSecret }: Http,
  answerWithinMs = slackWaitsMs,
): Promise<Finding> {
  if (publicUrl === undefined) {
    return skip(
      'HTTP: set PUBLIC_URL to have the request URL looked at; what Slack says of it is on the app’s page (Event Subscriptions → Retry)',
    );
  }
  const url = `${publicUrl}slack/events`;
  const challenge = randomUUID();
  let answer: Response;
  let text: string;
  try {
    answer = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(answerWithinMs),
      ...signed(signingSecret, JSON.stringify({ type: 'url_verification', challenge })),
    });
    text = await answer.text();
  } catch (error) {
    return unreachable(url, error);
  }
  if (answer.ok && text.includes(challenge)) return pass(`HTTP: the bot answers at ${url}`);
  switch (answer.status) {
    case 401:
      return fail(
        `${url} refuses the signature`,
        'Does another bot answer there, with another SLACK_SIGNING_SECRET, or is its clock wrong?',
      );
    case 502:
    case 503:
    case 504:
      return warn(
        `${url} answers ${answer.status}: a proxy, and no bot behind it`,
        'Start the bot, and look again; then look at what the proxy leads to.',
      );
    default:
      return fail(
        `${url} answers ${answer.status}, and not as the bot`,
        'Have the proxy pass POST /slack/events on to the bot’s PORT as it is; look at PUBLIC_URL.',
      );
  }
}

/** https://docs.slack.dev/authentication/verifying-requests-from-slack */
function signed(secret: string, body: string): Pick<RequestInit, 'body' | 'headers'> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': signatureOf(secret, timestamp, Buffer.from(body)),
    },
  };
}

function unreachable(url: string, error: unknown): Finding {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = codeOf(cause);
  const { host } = new URL(url);
  if (error instanceof Error && error.name === 'TimeoutError') {
    return fail(`${host} does not answer in time`, 'Look at firewall and proxy.');
  }
  if (saysUnknownHost(code)) {
    return fail(`there is no such host: ${host}`, 'Look at PUBLIC_URL and at DNS.');
  }
  if (code === 'ECONNREFUSED') {
    return fail(
      `nothing answers at ${host}`,
      'Start the bot and the proxy in front of it; look at PUBLIC_URL.',
    );
  }
  if (/CERT|SELF_SIGNED|UNABLE_TO|ALTNAME|SSL|TLS/.test(code)) {
    return fail(
      `the certificate of ${host} is not trusted (${code})`,
      'Slack takes no other either: use one of a public authority, with the whole chain.',
    );
  }
  return fail(
    `${host} could not be reached: ${messageOf(cause)}`,
    'Look at PUBLIC_URL and the way there.',
  );
}

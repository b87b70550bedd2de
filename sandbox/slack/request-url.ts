/** Deliveries over HTTP: signed requests to the app's request URL, and its answers. */
import { createHmac } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { bot } from '../seed.ts';
import { type JsonObject, parseJson } from './json.ts';

export type HttpRequest = { body: string; headers: Record<string, string> };
export type HttpAnswer =
  | { outcome: 'ok'; status: number; body: unknown; noRetry: boolean }
  | { outcome: 'error'; status: number | null; reason: string; detail: string; noRetry: boolean };

export type ParcelType = 'events_api' | 'slash_commands' | 'interactive';

/** The request in Slack's format: exact content types, v0 signature over the raw body. */
export function signedRequest(options: {
  type: ParcelType;
  payload: JsonObject;
  now: Date;
  retry?: { attempt: number; reason: string };
}): HttpRequest {
  const { type, payload, retry } = options;
  const form = type === 'slash_commands' ? payload : { payload: JSON.stringify(payload) };
  const body =
    type === 'events_api'
      ? JSON.stringify(payload)
      : new URLSearchParams(
          Object.entries(form).map(([name, value]) => [name, String(value)]),
        ).toString();
  const timestamp = String(Math.floor(options.now.getTime() / 1000));
  const signature = createHmac('sha256', bot.signingSecret)
    .update(`v0:${timestamp}:${body}`)
    .digest('hex');
  return {
    body,
    headers: {
      'content-type':
        type === 'events_api' ? 'application/json' : 'application/x-www-form-urlencoded',
      accept: 'application/json,*/*',
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${signature}`,
      ...(retry
        ? { 'x-slack-retry-num': String(retry.attempt), 'x-slack-retry-reason': retry.reason }
        : {}),
    },
  };
}

/** Sends the request; never throws, never follows a redirect, and reads at most one megabyte. */
export function postTo(
  url: string,
  { body, headers }: HttpRequest,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  return new Promise((resolve) => {
    const failed = (reason: string, detail: string) =>
      resolve({ outcome: 'error', status: null, reason, detail, noRetry: false });
    const make = url.startsWith('https:') ? httpsRequest : httpRequest;
    try {
      const request = make(
        url,
        {
          method: 'POST',
          signal,
          headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        },
        (response) => {
          const chunks: Buffer[] = [];
          let size = 0;
          response.on('data', (chunk: Buffer) => {
            size += chunk.length;
            if (size <= 1_000_000) chunks.push(chunk);
          });
          response.on('error', (error) => failed('connection_failed', error.message));
          response.on('end', () => {
            const status = response.statusCode ?? 0;
            const noRetry = response.headers['x-slack-no-retry'] === '1';
            const text = Buffer.concat(chunks).toString('utf8');
            if (status >= 200 && status < 300) {
              const json = (response.headers['content-type'] ?? '').includes('json');
              const answered = text === '' ? undefined : json ? parseJson(text) : text;
              return resolve({ outcome: 'ok', status, body: answered, noRetry });
            }
            const detail = `HTTP ${status}: ${text.slice(0, 200)}`;
            resolve({ outcome: 'error', status, reason: 'http_error', detail, noRetry });
          });
        },
      );
      request.on('error', (error) => failed('connection_failed', error.message));
      request.end(body);
    } catch (error) {
      failed('connection_failed', String(error));
    }
  });
}

/** Slack's verification of a new request URL, which must return the challenge. */
export async function verifyRequestUrl(
  url: string,
  now: Date,
  signal: AbortSignal,
): Promise<{ good: boolean; detail: string }> {
  const challenge = createHmac('sha256', bot.signingSecret).update(String(now)).digest('base64url');
  const payload = { token: 'sandbox-verification-token', challenge, type: 'url_verification' };
  const answer = await postTo(url, signedRequest({ type: 'events_api', payload, now }), signal);
  if (answer.outcome === 'error') return { good: false, detail: answer.detail };
  const body = answer.body;
  const given =
    typeof body === 'string'
      ? body.trim()
      : typeof body === 'object' && body !== null && 'challenge' in body
        ? body.challenge
        : undefined;
  return given === challenge
    ? { good: true, detail: '' }
    : { good: false, detail: 'the answer did not hold the challenge' };
}

/**
 * Verifies that a request comes from Slack: signed with the app's signing secret, and recent.
 * https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** The signature that a request claims to have; nothing is verified yet. */
export type Claimed = { readonly timestamp: string; readonly signature: string };

/** How far the request's time may be from ours, before or after. */
export const toleranceMs = 5 * 60_000;

/** The claimed signature in the headers, or null when they cannot come from Slack. */
export function claimedSignature(headers: IncomingHttpHeaders, nowMs: number): Claimed | null {
  const timestamp = headers['x-slack-request-timestamp'];
  const signature = headers['x-slack-signature'];
  if (typeof timestamp !== 'string' || typeof signature !== 'string') return null;
  // Seconds since 1970, written in digits, so that `Infinity`, `1e99` and similar values are never compared with a
  // clock.
  if (!/^\d{1,11}$/.test(timestamp) || !/^v0=[0-9a-f]{64}$/.test(signature)) return null;
  if (Math.abs(nowMs - Number(timestamp) * 1000) > toleranceMs) return null;
  return { timestamp, signature };
}

/** Whether the body was signed with this secret. */
export function isSignedBy(secret: string, claimed: Claimed, body: Uint8Array): boolean {
  const signature = signatureOf(secret, claimed.timestamp, body);
  return timingSafeEqual(Buffer.from(signature), Buffer.from(claimed.signature));
}

/** The signature of a body, in the form of Slack's header. */
export function signatureOf(secret: string, timestamp: string, body: Uint8Array): string {
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex');
  return `v0=${digest}`;
}

/** One event of the audit trail: its text, and the hash that links it to the previous event. Pure. */
import { hash } from 'node:crypto';
import { canonicalJson } from '../text/canonical-json.ts';

/**
 * The kind of event and its actor. `details` contains no personal data of new users and no text that people typed.
 */
export type AuditEvent = {
  /** Such as `approved`, `row-created`, `policy-loaded`. */
  readonly kind: string;
  /** Slack user id, or `bot`. */
  readonly actor: string;
  readonly details: Readonly<Record<string, unknown>>;
};

/** An event with its place and time. */
export type DatedEvent = AuditEvent & {
  /** Null for an event that concerns no request. */
  readonly requestId: number | null;
  readonly at: Date;
};

/** Comes before the first event. */
export const firstPreviousHash = '0'.repeat(64);

/**
 * The text that is hashed, as canonical JSON: `{"actor":…,"at":…,"details":…,"kind":…,"request":…}`, the
 * time in ISO 8601 with milliseconds.
 */
export function eventBody({ actor, at, details, kind, requestId }: DatedEvent): string {
  return canonicalJson({ actor, at: at.toISOString(), details, kind, request: requestId });
}

/** SHA-256 (hex) of the previous event's hash, a line break, and this event's text. */
export function chainHash(previousHash: string, body: string): string {
  return hash('sha256', `${previousHash}\n${body}`, 'hex');
}

/** SHA-256 (hex) of a typed text: with it the trail proves the text without containing it. */
export function textHash(text: string): string {
  return hash('sha256', text, 'hex');
}

/** One event of the audit trail: its text, and the hash that ties it to the event before it. Pure. */
import { hash } from 'node:crypto';
import { canonicalJson } from '../text/canonical-json.ts';

/** What happened and who did it. `details` holds no personal data of new users and nothing that people typed. */
export type AuditEvent = {
  /** Such as `approved`, `row-created`, `policy-loaded`. */
  readonly kind: string;
  /** Slack user id, or `bot`. */
  readonly actor: string;
  readonly details: Readonly<Record<string, unknown>>;
};

/** An event with its place and time. */
export type DatedEvent = AuditEvent & {
  /** Null for what concerns no request. */
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

/** SHA-256 (hex) of what somebody typed: the trail proves the text without holding it. */
export function textHash(text: string): string {
  return hash('sha256', text, 'hex');
}

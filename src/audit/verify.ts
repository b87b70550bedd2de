/**
 * Checks whether the audit trail is complete: every hash follows from the previous one, and the columns of every
 * event match its text.
 */

import { chainHash, firstPreviousHash } from './audit-event.ts';
import type { ChainedEvent, ChainHead } from './audit-store.ts';

export type Verification = {
  readonly events: number;
  readonly head: ChainHead | null;
  /** The problems in words, in the order of the chain; empty when the trail is complete. */
  readonly problems: readonly string[];
};

/** How many problems are listed. */
const mostNamed = 20;

/**
 * Verifies the chain from its first event.
 *
 * @param pages every event in the order of the chain
 * @param anchors hashes of heads that were recorded elsewhere; each must be in the chain
 */
export async function verifyChain(
  pages: AsyncIterable<readonly ChainedEvent[]>,
  anchors: readonly string[] = [],
): Promise<Verification> {
  const problems: string[] = [];
  const missing = new Set(anchors);
  let [seq, hash, events] = [0, firstPreviousHash, 0];
  const complain = (words: string) => {
    if (problems.length < mostNamed) problems.push(words);
  };
  for await (const page of pages) {
    for (const event of page) {
      events++;
      if (event.seq === 0) {
        complain(`an event of ${event.at} (${event.kind}) has no place in the chain`);
        continue;
      }
      if (event.seq !== seq + 1) complain(missingBetween(seq + 1, event.seq - 1));
      else if (event.previousHash !== hash) {
        complain(`event ${event.seq}: does not follow event ${seq}: its previous hash differs`);
      }
      if (chainHash(event.previousHash, event.body) !== event.hash) {
        complain(`event ${event.seq}: was changed: its text does not have its hash`);
      }
      if (!saysWhatItsTextSays(event)) {
        complain(`event ${event.seq}: was changed: its columns differ from its text`);
      }
      missing.delete(event.hash);
      [seq, hash] = [event.seq, event.hash];
    }
  }
  for (const anchor of missing) {
    complain(
      `anchor ${anchor}: is not in the chain: its end was cut off, or an older copy was restored`,
    );
  }
  return { events, head: seq > 0 ? { seq, hash } : null, problems };
}

function missingBetween(first: number, last: number): string {
  if (last < first) return `event ${last + 1}: comes twice`;
  return first === last ? `event ${first}: is missing` : `events ${first} to ${last}: are missing`;
}

/** The columns are for queries, but the hash covers only the text, so both are compared. */
function saysWhatItsTextSays(event: ChainedEvent): boolean {
  const { actor, at, body, kind, requestId: request } = event;
  const details: unknown = JSON.parse(event.details);
  // The bot writes texts in canonical form, so everything except the details must be equal character by character.
  const before = `{"actor":${JSON.stringify(actor)},"at":${JSON.stringify(at)},"details":`;
  const after = `,"kind":${JSON.stringify(kind)},"request":${request}}`;
  try {
    return body.startsWith(before) && body.endsWith(after)
      ? isSame(JSON.parse(body.slice(before.length, -after.length)), details)
      : isSame(JSON.parse(body), { actor, at, details, kind, request });
  } catch {
    return false;
  }
}

/** Whether two JSON values are equal, whatever the order of their members. */
function isSame(left: unknown, right: unknown): boolean {
  if (typeof left !== 'object' || typeof right !== 'object' || !left || !right) {
    return left === right;
  }
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every(
      (name) => Object.hasOwn(right, name) && isSame(memberOf(left, name), memberOf(right, name)),
    )
  );
}

function memberOf(value: object, name: string): unknown {
  return (value as Readonly<Record<string, unknown>>)[name];
}

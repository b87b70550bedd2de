/** The SQL of messages in a card's thread while its request is open. */
import { sql } from 'kysely';
import { textHash } from '../audit/audit-event.ts';
import { appendEvent } from '../audit/audit-store.ts';
import type { Db } from '../storage/database.ts';
import { storableText } from '../text/storable.ts';
import type { ThreadMessage } from './thread-message.ts';

/**
 * Versions stored per person and thread: more than people write. The limit prevents one person from filling the
 * database, or the space of others.
 */
export const mostVersionsPerPerson = 100;

/** The open request whose card starts this thread; undefined when there is none. */
export async function readOpenRequestOfCard(
  db: Db,
  channel: string,
  threadTs: string,
): Promise<number | undefined> {
  const card = await db
    .selectFrom('posts')
    .innerJoin('requests', 'requests.id', 'posts.request_id')
    .select('requests.id')
    .where('posts.channel', '=', channel)
    .where('posts.ts', '=', threadTs)
    // Compared as text, so that the index of cards is used even in a prepared statement.
    .where(sql<boolean>`posts.key = 'card'`)
    .where('requests.ended_at', 'is', null)
    .executeTakeFirst();
  return card?.id;
}

/** Stores it once; does nothing when the thread does not belong to a card, or its request has ended. */
export async function keepThreadMessage(
  db: Db,
  message: ThreadMessage,
  personName: string,
  at: Date,
): Promise<void> {
  const { channel, threadTs, ts, version, kind, person } = message;
  const requestId = await readOpenRequestOfCard(db, channel, threadTs);
  if (requestId === undefined) return;
  const text = storableText(message.text);
  await db.transaction().execute(async (tx) => {
    const { numAffectedRows } = await sql`
      insert into thread_messages (request_id, ts, version, kind, person_id, person_name, text)
      select ${requestId}, ${ts}, ${version}, ${kind}, ${person}, ${storableText(personName)}, ${text}
      where (select count(*) from thread_messages
        where request_id = ${requestId} and person_id = ${person}) < ${mostVersionsPerPerson}
      on conflict do nothing`.execute(tx);
    if (!numAffectedRows) return;
    const details = { ts, version, text: textHash(text) };
    await appendEvent(tx, requestId, { kind: `thread-${kind}`, actor: person, details }, at);
  });
}

export type KeptMessage = {
  readonly at: string;
  readonly kind: string;
  readonly by: { readonly id: string; readonly name: string };
  readonly text: string;
};

/** All versions, in the order in which they were written. */
export async function readThreadMessages(db: Db, requestId: number): Promise<KeptMessage[]> {
  const rows = await db
    .selectFrom('thread_messages')
    .selectAll()
    .where('request_id', '=', requestId)
    .orderBy(sql`version::numeric`)
    .execute();
  return rows.map(({ version, kind, person_id: id, person_name: name, text }) => ({
    at: new Date(Number(version) * 1000).toISOString(),
    kind,
    by: { id, name },
    text,
  }));
}

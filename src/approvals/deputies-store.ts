/** The SQL of deputies: who may act for whom, and until when. One function per statement. */
import type { Db, Tx } from '../storage/database.ts';

export type Deputy = {
  readonly personId: string;
  readonly personName: string;
  readonly deputyId: string;
  readonly deputyName: string;
  readonly until: Date;
};

/** Ends this person's current deputy and returns the deputy's name. */
export async function endDeputy(tx: Tx, personId: string, at: Date): Promise<string | null> {
  const ended = await tx
    .updateTable('deputies')
    .set({ ended_at: at })
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .returning('deputy_name')
    .executeTakeFirst();
  return ended?.deputy_name ?? null;
}

export async function insertDeputy(tx: Tx, deputy: Deputy, at: Date): Promise<void> {
  await tx
    .insertInto('deputies')
    .values({
      person_id: deputy.personId,
      person_name: deputy.personName,
      deputy_id: deputy.deputyId,
      deputy_name: deputy.deputyName,
      until: deputy.until,
      created_at: at,
    })
    .execute();
}

/** People whose deputy this person is now, or has been at any time since then. */
export async function readPrincipalsSince(
  db: Db,
  deputyId: string,
  since: Date,
): Promise<{ readonly id: string }[]> {
  return db
    .selectFrom('deputies')
    .select('person_id as id')
    .distinct()
    .where('deputy_id', '=', deputyId)
    .where('until', '>', since)
    .where((where) => where.or([where('ended_at', 'is', null), where('ended_at', '>', since)]))
    .execute();
}

/** People whose deputy this person is now. */
export async function readPrincipals(
  db: Db,
  deputyId: string,
  now: Date,
): Promise<{ readonly id: string; readonly name: string }[]> {
  const rows = await db
    .selectFrom('deputies')
    .select(['person_id', 'person_name'])
    .where('deputy_id', '=', deputyId)
    .where('ended_at', 'is', null)
    .where('until', '>', now)
    .execute();
  return rows.map((row) => ({ id: row.person_id, name: row.person_name }));
}

/** The SQL of names that are remembered for an instance: one exported function per statement. */
import type { Db, Tx } from '../../storage/database.ts';
import { folded } from '../../text/tidy.ts';
import type { Alias } from '../../users/aliases.ts';

export async function readAliases(db: Db, instance: string): Promise<Alias[]> {
  const rows = await db
    .selectFrom('aliases')
    .select(['field', 'name', 'target_id'])
    .where('instance', '=', instance)
    .execute();
  return rows.map(({ field, name, target_id: id }) => ({ field, name, id }));
}

/** Remembers the meaning of a name, which replaces its earlier meaning. */
export async function setAlias(
  tx: Tx,
  instance: string,
  alias: Alias,
  by: { readonly person: string; readonly at: Date },
) {
  const told = { name: alias.name, target_id: alias.id, told_by: by.person, told_at: by.at };
  await tx
    .insertInto('aliases')
    .values({ instance, field: alias.field, folded: folded(alias.name), ...told })
    .onConflict((conflict) => conflict.columns(['instance', 'field', 'folded']).doUpdateSet(told))
    .execute();
}

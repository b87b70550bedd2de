/** The rows of a request as they were checked: what an approval is bound to. */
import type { UserScope } from '../../auth/permission-ceiling.ts';
import { asking } from '../../policy/facts.ts';
import type { Db } from '../../storage/database.ts';
import { contentHasher } from '../../users/content-hash.ts';
import type { Named, NewUser, PasswordPlan } from '../../users/new-user.ts';

export type CheckedContent = {
  /** Of all rows, in their order; rows that were never checked are not among them. */
  readonly contentHash: string;
  /** Each once. */
  readonly securityProfiles: readonly Named[];
  /** Where the users would be, each place once. */
  readonly scopes: readonly UserScope[];
  /** What the policy looks at, once the profiles' permissions are known. */
  readonly asked: ReturnType<typeof asking>;
};

const rowsAtOnce = 500;

/**
 * Reads what is in the database now, a page at a time: a file may have ten thousand rows.
 *
 * @param options.without positions of rows that are about to be left out
 * @param options.as what a row is about to become
 * @param options.each is shown every row that counts
 */
export async function readCheckedContent(
  db: Db,
  requestId: number,
  options: {
    readonly without?: ReadonlySet<number>;
    readonly as?: (user: NewUser, position: number) => NewUser;
    readonly each?: (user: NewUser) => void;
  } = {},
): Promise<CheckedContent> {
  const { without, as = (user: NewUser) => user, each } = options;
  const hash = contentHasher();
  const profiles = new Map<string, Named>();
  const scopes = new Map<string, UserScope>();
  const asked = asking();
  for (let after = 0; ; ) {
    const page = await readCheckedRows(db, requestId, { after, limit: rowsAtOnce });
    for (const { user: stored, password, position } of page) {
      if (without?.has(position)) continue;
      const user = as(stored, position);
      each?.(user);
      hash.add({ user, password });
      asked.add(user);
      for (const profile of user.securityProfiles) profiles.set(profile.id, profile);
      const scope = scopeOf(user);
      scopes.set(JSON.stringify(scope), scope);
    }
    const last = page.at(-1);
    if (!last || page.length < rowsAtOnce) break;
    after = last.position;
  }
  return {
    contentHash: hash.digest(),
    securityProfiles: [...profiles.values()],
    scopes: [...scopes.values()],
    asked,
  };
}

/** What limits by tag and by hierarchy look at. */
export function scopeOf({ tags, hierarchyGroup }: NewUser): UserScope {
  return { tags, hierarchyGroupId: hierarchyGroup?.id ?? null };
}

export type CheckedRow = {
  readonly position: number;
  readonly user: NewUser;
  readonly password: PasswordPlan;
};

/** Rows that were checked and not left out, in their order, a page at a time; nothing can be created for the others. */
export async function readCheckedRows(
  db: Db,
  requestId: number,
  page: { readonly after: number; readonly limit: number },
): Promise<CheckedRow[]> {
  const rows = await db
    .selectFrom('rows')
    .select(['position', 'new_user', 'password_plan'])
    .where('request_id', '=', requestId)
    .where('position', '>', page.after)
    .where('new_user', 'is not', null)
    .where('password_plan', 'is not', null)
    .where('state', '<>', 'left_out')
    .orderBy('position')
    .limit(page.limit)
    .execute();
  return rows.flatMap(({ position, new_user: user, password_plan: password }) =>
    user && password ? [{ position, user, password }] : [],
  );
}

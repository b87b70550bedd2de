/** The rows of a request as they were checked, to which an approval is bound. */
import type { UserScope } from '../../auth/permission-ceiling.ts';
import { createRequestSummary } from '../../policy/facts.ts';
import type { Db } from '../../storage/database.ts';
import { contentHasher } from '../../users/content-hash.ts';
import type { Named, NewUser, PasswordPlan } from '../../users/new-user.ts';

export type CheckedContent = {
  /** Hash of all rows, in their order; rows that were never checked are not included. */
  readonly contentHash: string;
  /** Each once. */
  readonly securityProfiles: readonly Named[];
  /** The places of the users, each once. */
  readonly scopes: readonly UserScope[];
  /** The input for the policy, to be completed with the profiles' permissions. */
  readonly asked: ReturnType<typeof createRequestSummary>;
};

const rowsAtOnce = 500;

/**
 * Reads the current content of the database, one page at a time, because a file can have ten thousand rows.
 *
 * @param options.without positions of rows that are about to be left out
 * @param options.as the future content of a row
 * @param options.each called with every row that counts
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
  const asked = createRequestSummary();
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

/** The place of a user, to which limits by tag and by hierarchy apply. */
export function scopeOf({ tags, hierarchyGroup }: NewUser): UserScope {
  return { tags, hierarchyGroupId: hierarchyGroup?.id ?? null };
}

export type CheckedRow = {
  readonly position: number;
  readonly user: NewUser;
  readonly password: PasswordPlan;
};

/**
 * Rows that were checked and not left out, in their order, one page at a time; nothing can be created for the others.
 */
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

/** The content to which an approval is bound: a hash of exactly the approved users. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../text/canonical-json.ts';
import { storable } from '../text/storable.ts';
import type { NewUser, PasswordPlan } from './new-user.ts';

/**
 * SHA-256 (hex) of the users with their resolved ids and the source of their passwords. The order of members does not
 * count; every value and the order of the rows do. A typed password is not included, because it could be guessed from
 * a stored hash.
 */
export function contentHash(rows: Iterable<HashedRow>): string {
  const hash = contentHasher();
  for (const row of rows) hash.add(row);
  return hash.digest();
}

export type HashedRow = { readonly user: NewUser; readonly password: PasswordPlan };

/** The same, one row at a time, for callers that do not hold all rows. */
export function contentHasher(): { add(row: HashedRow): void; digest(): string } {
  const hash = createHash('sha256').update('[');
  let separator = '';
  return {
    add({ user, password }) {
      const json = canonicalJson({ user, password });
      // In the form that the database returns, so that a row has the same hash before and after it is stored.
      const stored = json.includes('\\u') ? canonicalJson(storable({ user, password })) : json;
      hash.update(separator + stored);
      separator = ',';
    },
    digest: () => hash.update(']').digest('hex'),
  };
}

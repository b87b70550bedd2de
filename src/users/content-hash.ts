/** What an approval is bound to: a fingerprint of exactly the users that were approved. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../text/canonical-json.ts';
import { storable } from '../text/storable.ts';
import type { NewUser, PasswordPlan } from './new-user.ts';

/**
 * SHA-256 (hex) of the users with their resolved ids and where their passwords come from. The order of
 * members does not count, every value and the order of the rows do. A typed password is not in it: a hash
 * at rest would be something to guess it from.
 */
export function contentHash(rows: Iterable<HashedRow>): string {
  const hash = contentHasher();
  for (const row of rows) hash.add(row);
  return hash.digest();
}

export type HashedRow = { readonly user: NewUser; readonly password: PasswordPlan };

/** The same, a row at a time, for those who do not hold them all. */
export function contentHasher(): { add(row: HashedRow): void; digest(): string } {
  const hash = createHash('sha256').update('[');
  let separator = '';
  return {
    add({ user, password }) {
      const json = canonicalJson({ user, password });
      // As the database gives it back, so that a row has the same hash before and after it is stored.
      const stored = json.includes('\\u') ? canonicalJson(storable({ user, password })) : json;
      hash.update(separator + stored);
      separator = ',';
    },
    digest: () => hash.update(']').digest('hex'),
  };
}

/** The permissions of Connect users, read from Connect and cached for a short time. */
import { setNewest } from '../bounded-map.ts';
import type { ConnectGateway, ExistingUser } from './gateway.ts';
import type { SecurityProfileFacts } from './security-profile.ts';

export type Permissions = {
  /** The permissions and limits of a security profile. Throws `ConnectReadError`. */
  profile(id: string, options?: { readonly fresh?: boolean }): Promise<SecurityProfileFacts>;
  /** An existing user in Connect; null when there is none with that id. Throws `ConnectReadError`. */
  user(userId: string, options?: { readonly fresh?: boolean }): Promise<ExistingUser | null>;
};

export type PermissionsDeps = {
  readonly now: () => Date;
  readonly maxAgeMs?: number;
};

const standardMaxAgeMs = 60_000;

/** `fresh` reads now, as a decision requires; otherwise an answer up to a minute old is returned. */
export function createPermissions(
  gateway: Pick<ConnectGateway, 'securityProfile' | 'describeUser'>,
  { now, maxAgeMs = standardMaxAgeMs }: PermissionsDeps,
): Permissions {
  const profile = createCache(now, maxAgeMs, (id: string) => gateway.securityProfile(id));
  const user = createCache(now, maxAgeMs, (id: string) => gateway.describeUser(id));
  return { profile, user };
}

type Kept<Answer> = { readonly calledAt: number; readonly answer: Promise<Answer> };

/** Above this number the oldest answers are dropped; real use does not reach it within a minute. */
const mostKept = 1_000;

/** Caches answers by the time of their *call*, shares a running read, and does not cache a failed one. */
function createCache<Answer>(
  now: () => Date,
  maxAgeMs: number,
  read: (id: string) => Promise<Answer>,
): (id: string, options?: { readonly fresh?: boolean }) => Promise<Answer> {
  const kept = new Map<string, Kept<Answer>>();
  const readAfresh = createSharedRead(read);
  return (id, { fresh = false } = {}) => {
    const calledAt = now().getTime();
    const known = kept.get(id);
    if (known && !fresh && calledAt - known.calledAt <= maxAgeMs) return known.answer;
    const entry = { calledAt, answer: readAfresh(id) };
    setNewest(kept, id, entry, mostKept);
    entry.answer.catch(() => {
      if (kept.get(id) === entry) kept.delete(id);
    });
    return entry.answer;
  };
}

/**
 * Reads one id in one call at a time: callers that arrive during a call share the next one, which starts after all of
 * them have arrived. So nobody can overload Connect by pressing a button repeatedly, and no answer is older than its
 * caller's request. The reads of Slack in
 * `pacing/fresh-reads.ts` are also limited in time; these are not, because each operation of Connect has a pace.
 */
function createSharedRead<Answer>(
  read: (id: string) => Promise<Answer>,
): (id: string) => Promise<Answer> {
  const running = new Map<
    string,
    { readonly now: Promise<Answer>; next: Promise<Answer> | null }
  >();
  function begin(id: string): Promise<Answer> {
    const entry = { now: read(id), next: null };
    running.set(id, entry);
    const over = () => {
      if (running.get(id)?.next === null) running.delete(id);
    };
    entry.now.then(over, over);
    return entry.now;
  }
  return (id) => {
    const current = running.get(id);
    if (!current) return begin(id);
    current.next ??= current.now.then(
      () => begin(id),
      () => begin(id),
    );
    return current.next;
  };
}

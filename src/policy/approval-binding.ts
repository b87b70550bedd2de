/**
 * What an approval is given for (H2): exactly these rows, and exactly the permissions of their security profiles at
 * that moment. Pure.
 */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../text/canonical-json.ts';
import { listed } from '../text/lists.ts';
import type { Plan } from './approver.ts';

/** A security profile as it was when an approval was requested. */
export type ProfileSnapshot = {
  readonly id: string;
  readonly name: string;
  readonly permissions: readonly string[];
};

export type Binding = {
  /** SHA-256 (hex) of all the members below. */
  readonly hash: string;
  readonly contentHash: string;
  readonly profiles: readonly ProfileSnapshot[];
  /** SHA-256 (hex) of the required approvals. */
  readonly planHash: string;
};

/** Everything else that is known of a profile counts too: its limits and its other grants. */
export function bindingOf(
  contentHash: string,
  profiles: readonly ProfileSnapshot[],
  plan: Plan | null,
): Binding {
  const sorted = profiles
    .map((profile) => ({ ...profile, permissions: profile.permissions.toSorted() }))
    .toSorted((left, right) => (left.id < right.id ? -1 : 1));
  const planHash = hashOf(plan && { approval: plan.approval, aboveCeiling: plan.aboveCeiling });
  const hash = hashOf({ contentHash, profiles: sorted, planHash });
  return { hash, contentHash, profiles: sorted, planHash };
}

/**
 * The hash for which approvals of a request are given: only its rows if its profiles were not bound yet; null before
 * its check.
 */
export function boundHash(request: {
  readonly binding: Pick<Binding, 'hash'> | null;
  readonly content_hash: string | null;
}): string | null {
  return request.binding?.hash ?? request.content_hash;
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

/** The differences, in words that follow “This request has changed:”. Empty when there are none. */
export function whatChanged(before: Binding, after: Binding): string[] {
  const changes: string[] = [];
  if (before.contentHash !== after.contentHash) changes.push('rows of it were edited');
  const now = new Map(after.profiles.map((profile) => [profile.id, profile]));
  for (const profile of before.profiles) {
    const current = now.get(profile.id);
    if (!current) {
      changes.push(`it does not request “${profile.name}” anymore`);
      continue;
    }
    if (current.name !== profile.name) {
      changes.push(`“${profile.name}” is called “${current.name}” now`);
    }
    const gained = current.permissions.filter((name) => !profile.permissions.includes(name));
    const lost = profile.permissions.filter((name) => !current.permissions.includes(name));
    if (gained.length > 0) changes.push(`“${current.name}” gained ${few(gained)}`);
    if (lost.length > 0) changes.push(`“${current.name}” lost ${few(lost)}`);
    const rest = canonicalJson({ ...profile, name: '', permissions: [] });
    if (rest !== canonicalJson({ ...current, name: '', permissions: [] })) {
      changes.push(`the limits of “${current.name}” changed`);
    }
  }
  const known = new Set(before.profiles.map(({ id }) => id));
  for (const { id, name } of after.profiles) {
    if (!known.has(id)) changes.push(`it requests “${name}” now`);
  }
  if (before.planHash !== after.planHash) changes.push('the policy changed');
  return changes;
}

function few(names: readonly string[]): string {
  return names.length > 3
    ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`
    : listed(names);
}

/**
 * Which security profiles let their holder manage users, for marking them in the form's menu. Known permissions are
 * shown immediately, and unknown ones are read in the background at the pace of the instance's reads, because a menu
 * has to be answered within Slack's 3 seconds. No decision depends on a mark: the check reads permissions again.
 */
import { managementOf } from '../../auth/risks.ts';
import type { InstanceClient } from '../../connect/instance-client.ts';
import type { Named } from '../../users/new-user.ts';

export type ManagementMarks = {
  /** "can manage users"; null for a profile without such permissions, undefined while that is not known. */
  of(instance: InstanceClient, profileId: string): string | null | undefined;
  /** Starts reading permissions that are unknown or too old, and returns without waiting. */
  read(instance: InstanceClient, profiles: readonly Named[]): void;
};

const maxAgeMs = 15 * 60_000;
/** Profiles read of one instance; AWS allows 100 by default, each costs one call. */
const mostRead = 200;

export function createManagementMarks(now: () => Date): ManagementMarks {
  const known = new Map<string, { readonly mark: string | null; readonly at: number }>();
  const reading = new Set<string>();
  const keyOf = (instance: InstanceClient, profileId: string) =>
    `${instance.config.alias} ${profileId}`;
  const isFresh = (key: string) => now().getTime() - (known.get(key)?.at ?? 0) < maxAgeMs;

  async function readAll(instance: InstanceClient, profiles: readonly Named[]): Promise<void> {
    for (const profile of profiles.slice(0, mostRead)) {
      const key = keyOf(instance, profile.id);
      if (isFresh(key)) continue;
      const permissions = await instance.gateway.permissionsOf(profile.id);
      const mark = managementOf(permissions);
      known.set(key, { mark, at: now().getTime() });
    }
  }

  return {
    of: (instance, profileId) => known.get(keyOf(instance, profileId))?.mark,
    read(instance, profiles) {
      const { alias } = instance.config;
      if (reading.has(alias)) return;
      reading.add(alias);
      // A profile that could not be read has no mark; it is read again when the menu is next opened.
      readAll(instance, profiles)
        .catch(() => {})
        .finally(() => reading.delete(alias));
    },
  };
}

/** A person's choices in earlier requests, with which the form can begin. Pure. */
import type { Choice, NewUser, UserDraft } from '../../users/new-user.ts';
import type { RequestedUser } from '../store/history-store.ts';

/** Ids that one person chose in one instance, the latest first, each once. */
export type RecentChoices = {
  /** The latest request itself. */
  readonly requestId: number;
  readonly user: NewUser;
  /** Name of the preset that it was made with; undefined without one. */
  readonly preset: string | undefined;
  readonly routingProfiles: readonly string[];
  readonly securityProfiles: readonly string[];
  readonly hierarchyGroups: readonly string[];
};

/** Alias of an instance → what was chosen there; instances come in the order of their latest request. */
export function recentChoices(
  requested: readonly RequestedUser[],
): ReadonlyMap<string, RecentChoices> {
  const byInstance = Map.groupBy(requested, ({ instance }) => instance);
  return new Map(
    [...byInstance].flatMap(([instance, [latest, ...earlier]]) => {
      if (!latest) return [];
      const users = [latest, ...earlier].map(({ user }) => user);
      const choices: RecentChoices = {
        requestId: latest.requestId,
        user: latest.user,
        preset: latest.preset,
        routingProfiles: unique(users.map((user) => user.routingProfile.id)),
        securityProfiles: unique(
          users.flatMap((user) => user.securityProfiles.map((profile) => profile.id)),
        ),
        hierarchyGroups: unique(users.flatMap((user) => user.hierarchyGroup?.id ?? [])),
      };
      return [[instance, choices] as const];
    }),
  );
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}

/**
 * The draft with which a new request begins: profiles, group and settings of the latest one. Nothing of the person
 * who was created then: no names, addresses, numbers, tags or password.
 */
export function draftLike({ user }: RecentChoices): UserDraft {
  const choice = ({ id }: { readonly id: string }): Choice => ({ id });
  return {
    routingProfile: choice(user.routingProfile),
    securityProfiles: user.securityProfiles.map(choice),
    ...(user.hierarchyGroup ? { hierarchyGroup: choice(user.hierarchyGroup) } : {}),
    phoneType: user.phone.type,
    autoAccept: user.phone.autoAccept ? 'yes' : 'no',
    ...(user.phone.type === 'soft' && user.phone.persistentConnection
      ? { persistentConnection: 'yes' }
      : {}),
    afterContactWorkSeconds: String(user.afterContactWorkSeconds),
    ...(user.voiceEnhancement ? { voiceEnhancement: user.voiceEnhancement } : {}),
  };
}

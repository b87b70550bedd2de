/** The values in the form when it opens: none, or those of an earlier request that is corrected. */
import type { PlainTextOption } from '@slack/types';
import type { DirectorySnapshot } from '../../connect/directory.ts';
import { readYesNo } from '../../users/fields/setting-words.ts';
import type { Choice, UserDraft } from '../../users/new-user.ts';
import { pathLabel, pickable } from '../directory-options.ts';
import { channelField, contactChannels } from './form-field-ids.ts';

export type Initial = {
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly username?: string | undefined;
  readonly email?: string | undefined;
  readonly secondaryEmail?: string | undefined;
  readonly mobile?: string | undefined;
  readonly directoryUserId?: string | undefined;
  readonly deskPhoneNumber?: string | undefined;
  readonly afterContactWorkSeconds?: string | undefined;
  readonly voiceEnhancement?: string | undefined;
  readonly tags?: string | undefined;
  readonly proficiencies?: string | undefined;
  readonly reason?: string | undefined;
  readonly autoAccept: boolean;
  readonly persistentConnection: boolean;
  readonly routingProfile?: PlainTextOption | undefined;
  readonly securityProfiles: readonly PlainTextOption[];
  readonly hierarchyGroup?: PlainTextOption | undefined;
  /** Field of a channel setting → value. */
  readonly channels: Readonly<Record<string, string | undefined>>;
};

export function draftValues(
  from: { readonly draft: UserDraft; readonly reason: string | null } | undefined,
  snapshot: DirectorySnapshot,
): Initial {
  const draft = from?.draft ?? {};
  return {
    ...draft,
    reason: from?.reason ?? undefined,
    autoAccept: readYesNo(draft.autoAccept ?? '') ?? false,
    persistentConnection: readYesNo(draft.persistentConnection ?? '') ?? false,
    routingProfile: namedOption(
      draft.routingProfile,
      (id) => snapshot.routingProfiles.byId(id)?.name,
    ),
    securityProfiles: (draft.securityProfiles ?? []).flatMap(
      (choice) => namedOption(choice, (id) => snapshot.securityProfiles.byId(id)?.name) ?? [],
    ),
    hierarchyGroup: namedOption(draft.hierarchyGroup, (id) => {
      const group = snapshot.hierarchyGroups.byId(id);
      return group ? pathLabel(group.path) : undefined;
    }),
    channels: channelValues(draft),
  };
}

function namedOption(
  choice: Choice | undefined,
  nameOf: (id: string) => string | undefined,
): PlainTextOption | undefined {
  if (!choice || !('id' in choice)) return undefined;
  const name = nameOf(choice.id);
  return name === undefined ? undefined : pickable(choice.id, name);
}

function channelValues(draft: UserDraft): Record<string, string | undefined> {
  const values: Record<string, string | undefined> = {};
  for (const channel of contactChannels) {
    const settings = draft.channels?.[channel];
    values[channelField(channel, 'auto_accept')] = yesOrNo(settings?.autoAccept);
    values[channelField(channel, 'after_call_work')] = settings?.afterContactWorkSeconds;
    values[channelField(channel, 'callback_auto_accept')] = yesOrNo(
      settings?.agentFirstCallbackAutoAccept,
    );
    values[channelField(channel, 'callback_after_call_work')] =
      settings?.agentFirstCallbackAfterContactWorkSeconds;
  }
  return values;
}

/** The form's own words, also when a file or a command has "true". */
function yesOrNo(text: string | undefined): string | undefined {
  const value = readYesNo(text ?? '');
  return value === undefined ? undefined : value ? 'yes' : 'no';
}

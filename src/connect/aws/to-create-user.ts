/** Converts a checked user into the input of CreateUser. */
import type { CreateUserCommandInput } from '@aws-sdk/client-connect';
import type { ChannelSettings, ContactChannel, NewUser, Phone } from '../../users/new-user.ts';

type Input = CreateUserCommandInput;

const everyChannel: readonly ContactChannel[] = ['VOICE', 'CHAT', 'TASK', 'EMAIL'];

/**
 * The request for one user. The phone settings are sent as PhoneConfig, as in AWS's own example. If a channel has
 * separate settings, everything is sent as per-channel configs instead, because Connect accepts one style or the
 * other for a setting, never both.
 *
 * @param password absent for SAML and directory instances
 * @param botTags the bot's own tags, which override the user's
 */
export function toCreateUserInput(
  instanceId: string,
  user: NewUser,
  password: string | undefined,
  botTags: Readonly<Record<string, string>>,
): Input {
  const identity = identityInfo(user);
  const tags = Object.fromEntries([...Object.entries(user.tags), ...Object.entries(botTags)]);
  return {
    InstanceId: instanceId,
    Username: user.username,
    ...(password !== undefined && { Password: password }),
    ...(Object.keys(identity).length > 0 && { IdentityInfo: identity }),
    ...(user.channels ? perChannel(user, user.channels) : { PhoneConfig: phoneConfig(user) }),
    ...(user.voiceEnhancement && {
      VoiceEnhancementConfigs: [
        { Channel: 'VOICE', VoiceEnhancementMode: user.voiceEnhancement },
      ] satisfies Input['VoiceEnhancementConfigs'],
    }),
    ...(user.directoryUserId !== undefined && { DirectoryUserId: user.directoryUserId }),
    SecurityProfileIds: user.securityProfiles.map((profile) => profile.id),
    RoutingProfileId: user.routingProfile.id,
    ...(user.hierarchyGroup && { HierarchyGroupId: user.hierarchyGroup.id }),
    // The model requires at least one tag when there is a Tags member.
    ...(Object.keys(tags).length > 0 && { Tags: tags }),
  };
}

function identityInfo(user: NewUser): NonNullable<Input['IdentityInfo']> {
  return {
    ...(user.firstName !== undefined && { FirstName: user.firstName }),
    ...(user.lastName !== undefined && { LastName: user.lastName }),
    ...(user.email !== undefined && { Email: user.email }),
    ...(user.secondaryEmail !== undefined && { SecondaryEmail: user.secondaryEmail }),
    ...(user.mobile !== undefined && { Mobile: user.mobile }),
  };
}

function phoneConfig(user: NewUser): NonNullable<Input['PhoneConfig']> {
  const { phone } = user;
  return {
    ...phoneType(phone),
    ...(phone.type === 'desk' && { DeskPhoneNumber: phone.number }),
    ...(phone.autoAccept !== undefined && { AutoAccept: phone.autoAccept }),
    ...(phone.type === 'soft' &&
      phone.persistentConnection && { PersistentConnection: phone.persistentConnection }),
    AfterContactWorkTimeLimit: user.afterContactWorkSeconds,
  };
}

function phoneType(phone: Phone): { PhoneType: 'SOFT_PHONE' | 'DESK_PHONE' } {
  return { PhoneType: phone.type === 'soft' ? 'SOFT_PHONE' : 'DESK_PHONE' };
}

/**
 * Every channel is sent, and channels without separate settings get the user's general ones, because the
 * documentation does not say what Connect sets for a channel that a request omits.
 */
function perChannel(user: NewUser, channels: NonNullable<NewUser['channels']>): Partial<Input> {
  const { phone } = user;
  const settings = everyChannel.map((channel) => [channel, channels[channel] ?? {}] as const);
  const autoAccept = settings.flatMap(([channel, own]) => autoAcceptOf(channel, own, phone) ?? []);
  return {
    ...(autoAccept.length > 0 && { AutoAcceptConfigs: autoAccept }),
    AfterContactWorkConfigs: settings.map(([channel, own]) => ({
      Channel: channel,
      AfterContactWorkConfig: {
        AfterContactWorkTimeLimit: own.afterContactWorkSeconds ?? user.afterContactWorkSeconds,
      },
      ...(own.agentFirstCallbackAfterContactWorkSeconds !== undefined && {
        AgentFirstCallbackAfterContactWorkConfig: {
          AfterContactWorkTimeLimit: own.agentFirstCallbackAfterContactWorkSeconds,
        },
      }),
    })),
    PhoneNumberConfigs: [
      {
        Channel: 'VOICE',
        ...phoneType(phone),
        ...(phone.type === 'desk' && { PhoneNumber: phone.number }),
      },
    ],
    ...(phone.type === 'soft' && {
      PersistentConnectionConfigs: [
        { Channel: 'VOICE', PersistentConnection: phone.persistentConnection },
      ],
    }),
  };
}

function autoAcceptOf(
  channel: ContactChannel,
  own: ChannelSettings,
  phone: Phone,
): NonNullable<Input['AutoAcceptConfigs']>[number] | undefined {
  const general = own.autoAccept ?? phone.autoAccept;
  const agentFirst = own.agentFirstCallbackAutoAccept;
  if (general === undefined && agentFirst === undefined) return undefined;
  return {
    Channel: channel,
    // AutoAccept is required beside the agent-first member; a user without the setting has it off.
    AutoAccept: general ?? false,
    ...(agentFirst !== undefined && { AgentFirstCallbackAutoAccept: agentFirst }),
  };
}

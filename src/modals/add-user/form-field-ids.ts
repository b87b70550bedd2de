/** The form "Add a Connect user": the names of its fields, and the state that it keeps between two deliveries. */
import type { ContactChannel } from '../../users/new-user.ts';

export const addUserCallback = 'add_user';

/** The state that the form carries from one delivery to the next (`private_metadata`). */
export type FormState = {
  /** Alias of the chosen instance. */
  readonly instance: string;
  /** Name of the chosen preset; null without one. */
  readonly preset: string | null;
  /** The username of the example user; empty while no user is picked, null when the form has no field for it. */
  readonly like: string | null;
  /** Slack people who were selected to be added. */
  readonly members: readonly string[];
  readonly phone: 'soft' | 'desk';
  readonly password: 'generate' | 'type';
  /** The rarely used settings are expanded. */
  readonly more: boolean;
  readonly channels: boolean;
  /** Begins without the choices of the latest request. */
  readonly blank: boolean;
  /** The earlier request that this one replaces, corrected. */
  readonly replaces?: number | undefined;
};

export const fields = {
  instance: 'instance',
  preset: 'preset',
  members: 'members',
  askLike: 'ask_like_user',
  like: 'like_user',
  proficiencies: 'proficiencies',
  firstName: 'first_name',
  lastName: 'last_name',
  username: 'username',
  email: 'email',
  routingProfile: 'routing_profile',
  securityProfiles: 'security_profiles',
  hierarchyGroup: 'hierarchy_group',
  phoneType: 'phone_type',
  autoAccept: 'auto_accept',
  deskPhoneNumber: 'desk_phone_number',
  afterContactWorkSeconds: 'after_call_work',
  passwordChoice: 'password_choice',
  password: 'password',
  more: 'more_settings',
  secondaryEmail: 'secondary_email',
  mobile: 'mobile',
  directoryUserId: 'directory_user_id',
  persistentConnection: 'persistent_connection',
  voiceEnhancement: 'voice_enhancement',
  tags: 'tags',
  startEmpty: 'start_empty',
  perChannel: 'channel_settings',
  reason: 'reason',
} as const;

/** Settings of one channel: `voice_auto_accept`, `chat_after_call_work`, … */
export function channelField(channel: ContactChannel, setting: ChannelSetting): string {
  return `${channel.toLowerCase()}_${setting}`;
}

export const channelSettings = [
  'auto_accept',
  'after_call_work',
  'callback_auto_accept',
  'callback_after_call_work',
] as const;
export type ChannelSetting = (typeof channelSettings)[number];

export const contactChannels: readonly ContactChannel[] = ['VOICE', 'CHAT', 'TASK', 'EMAIL'];

/** One new user in words: what an approver has to see before they say yes. */
import type { ChannelSettings, ContactChannel, NewUser, PasswordPlan } from '../users/new-user.ts';
import { bold, code, dots, type Inline } from './rich-text.ts';

/** First and last name, or the username where an instance has no names. */
export function fullName(user: Pick<NewUser, 'firstName' | 'lastName' | 'username'>): string {
  return [user.firstName, user.lastName].filter(Boolean).join(' ') || user.username;
}

/** "**Mary Major** (`Mary`) — Basic Routing Profile · Agent · desk phone +1…", then the rarer settings. */
export function userLines(user: NewUser, password: PasswordPlan | null): Inline[][] {
  const who: Inline[] = [bold(fullName(user)), ' (', code(user.username), ') — '];
  const profiles = user.securityProfiles.map((profile) => profile.name).join(', ');
  const first = [...who, ...dots([user.routingProfile.name, profiles, phone(user)])];
  const contact = dots([
    user.email ?? null,
    user.secondaryEmail ? `second e-mail ${user.secondaryEmail}` : null,
    user.mobile ? `mobile ${user.mobile}` : null,
    user.directoryUserId ? `directory id ${user.directoryUserId}` : null,
    password === 'typed' ? 'password typed by the requester' : null,
    password === 'typed' && !user.email ? '⚠ no e-mail, so no “Forgot password”' : null,
  ]);
  const place = dots([
    user.hierarchyGroup ? user.hierarchyGroup.path.join(' / ') : null,
    afterCall(user.afterContactWorkSeconds),
    user.voiceEnhancement ? voice[user.voiceEnhancement] : null,
  ]);
  const channels = Object.entries(user.channels ?? {}).map(([name, settings]) => [
    channelLine(name as ContactChannel, settings),
  ]);
  const tags = Object.entries(user.tags).map(([key, value]) => `${key} = ${value}`);
  return [
    first,
    contact,
    place,
    ...channels,
    tags.length > 0 ? [`Tags: ${tags.join(', ')}`] : [],
  ].filter((line) => line.length > 0);
}

function phone(user: NewUser): string {
  const { phone } = user;
  if (phone.type === 'desk') {
    return `desk phone ${phone.number}${phone.autoAccept ? ', calls accepted by themselves' : ''}`;
  }
  const extras = [
    phone.autoAccept ? 'calls accepted by themselves' : '',
    phone.persistentConnection ? 'connection kept open' : '',
  ].filter(Boolean);
  return ['soft phone', ...extras].join(', ');
}

/** Connect reads 0 seconds as "no limit" (CreateUser docs). */
function afterCall(seconds: number): string {
  return seconds === 0 ? 'after-call work without limit' : `${seconds} s after-call work`;
}

const voice = {
  VOICE_ISOLATION: 'voice isolated',
  NOISE_SUPPRESSION: 'noise suppressed',
  NONE: 'no audio enhancement',
} as const;

const channelNames: Record<ContactChannel, string> = {
  VOICE: 'Voice',
  CHAT: 'Chat',
  TASK: 'Tasks',
  EMAIL: 'E-mail',
};

function channelLine(name: ContactChannel, settings: ChannelSettings): string {
  const yesNo = (value: boolean) => (value ? 'yes' : 'no');
  const parts = [
    settings.autoAccept === undefined ? '' : `auto-accept ${yesNo(settings.autoAccept)}`,
    settings.afterContactWorkSeconds === undefined
      ? ''
      : afterCall(settings.afterContactWorkSeconds),
    settings.agentFirstCallbackAutoAccept === undefined
      ? ''
      : `callbacks auto-accept ${yesNo(settings.agentFirstCallbackAutoAccept)}`,
    settings.agentFirstCallbackAfterContactWorkSeconds === undefined
      ? ''
      : `callbacks ${afterCall(settings.agentFirstCallbackAfterContactWorkSeconds)}`,
  ].filter(Boolean);
  return `${channelNames[name]}: ${parts.join(', ')}`;
}

/** One new user in words: what an approver has to see before they say yes. */

import { phoneInWords } from '../users/fields/phone-number.ts';
import type { ChannelSettings, ContactChannel, NewUser, PasswordPlan } from '../users/new-user.ts';
import { bold, code, dots, type Inline, icons } from './rich-text.ts';

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
    user.mobile ? `mobile ${phoneInWords(user.mobile)}` : null,
    user.directoryUserId ? `directory id ${user.directoryUserId}` : null,
  ]);
  const access = password === 'typed' ? passwordLine(user) : [];
  const place = dots([
    user.hierarchyGroup ? user.hierarchyGroup.path.join(' / ') : null,
    afterCall(user.afterContactWorkSeconds),
    user.voiceEnhancement ? voice[user.voiceEnhancement] : null,
  ]);
  const channels = Object.entries(user.channels ?? {}).map(([name, settings]) => [
    channelLine(name as ContactChannel, settings),
  ]);
  return [first, contact, place, access, ...channels, tagLine(user)].filter(
    (line) => line.length > 0,
  );
}

function passwordLine(user: NewUser): Inline[] {
  const typed = 'Password typed by the requester.';
  return user.email
    ? [typed]
    : [`${typed} `, icons.warning, ' Without an e-mail address there is no “Forgot password”.'];
}

/** "key = value", one a tag. */
function tagWords(user: NewUser): string[] {
  return Object.entries(user.tags).map(([key, value]) => `${key} = ${value}`);
}

/**
 * Room for tags on the card. Slack takes about 13,200 characters a message (`msg_blocks_too_long`), 50 tags
 * may have 19,200, and all the rest of a card up to 7,000.
 */
const tagLetters = 4_000;

function tagLine(user: NewUser): Inline[] {
  const all = tagWords(user);
  if (all.length === 0) return [];
  const shown = fitting(all, tagLetters);
  const rest = all.length - shown.length;
  const more = rest > 0 ? `, and ${rest} more: see the thread` : '';
  return [`Tags: ${shown.join(', ')}${more}`];
}

/** Every tag, a line each, in as many messages as they need; none when the card shows them all. */
export function tagPages(user: NewUser): string[][] {
  let rest = tagWords(user);
  if (fitting(rest, tagLetters).length === rest.length) return [];
  const pages: string[][] = [];
  while (rest.length > 0) {
    const page = fitting(rest, 2 * tagLetters);
    pages.push(page);
    rest = rest.slice(page.length);
  }
  return pages;
}

/** The first of these texts that have room together; at least one, or nothing would ever fit. */
function fitting(texts: readonly string[], room: number): string[] {
  let used = 0;
  const end = texts.findIndex((text) => {
    used += text.length + 2;
    return used > room;
  });
  return end < 0 ? [...texts] : texts.slice(0, Math.max(1, end));
}

function phone(user: NewUser): string {
  const { phone } = user;
  if (phone.type === 'desk') {
    return `desk phone ${phoneInWords(phone.number)}${phone.autoAccept ? ', calls accepted by themselves' : ''}`;
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

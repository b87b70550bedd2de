/** One new user in words: everything that an approver has to see before approving. */

import { phoneInWords } from '../users/fields/phone-number.ts';
import { fullName } from '../users/full-name.ts';
import type { ChannelSettings, ContactChannel, NewUser, PasswordPlan } from '../users/new-user.ts';
import { bold, dots, type Inline } from './rich-text.ts';

/** Contact centers usually set after-call work up to this value; a higher one is shown. */
const usualAfterCallSeconds = 300;

/** A user's values, one labeled line per subject, for approvers. Rare settings appear only when they are set. */
export function userLines(user: NewUser, password: PasswordPlan | null): Inline[][] {
  const { afterContactWorkSeconds: afterCallSeconds } = user;
  const afterCallWork =
    afterCallSeconds > usualAfterCallSeconds ? afterCall(afterCallSeconds) : null;
  return [
    ...accessLines(user, password),
    labeled('Phone', [
      phoneWords(user),
      afterCallWork,
      user.voiceEnhancement ? voice[user.voiceEnhancement] : null,
      user.mobile ? `mobile ${phoneInWords(user.mobile)}` : null,
    ]),
    labeled('Email', [
      user.email ?? null,
      user.secondaryEmail ? `secondary ${user.secondaryEmail}` : null,
    ]),
    labeled('Directory ID', [user.directoryUserId ?? null]),
    ...Object.entries(user.channels ?? {}).map(([name, settings]) =>
      channelLine(name as ContactChannel, settings),
    ),
    tagLine(user),
  ].filter((line) => line.length > 0);
}

/** Several users of one form: the name of each, and their values, shown once when they are the same for all. */
export function severalLines(users: readonly NewUser[]): Inline[][] {
  const access = users.map((user) => accessLines(user));
  const isSame = access.every(
    (channelAccess) => JSON.stringify(channelAccess) === JSON.stringify(access[0]),
  );
  return [
    ...users.flatMap((user, index): Inline[][] => [
      dots([`• ${fullName(user)} (${user.username})`, user.email ?? null]),
      ...(isSame ? [] : (access[index] ?? [])),
    ]),
    ...(isSame ? (access[0] ?? []) : []),
  ];
}

/** Security profiles, routing profile and group of a user. */
export function accessLines(user: NewUser, password: PasswordPlan | null = null): Inline[][] {
  const profiles = user.securityProfiles.map((profile) => profile.name).join(', ');
  const group = user.hierarchyGroup ? user.hierarchyGroup.path.join(' / ') : null;
  return [
    labeled('Access', [profiles, password === 'typed' ? passwordNote(user) : null]),
    labeled('Routing', [user.routingProfile.name, group]),
  ];
}

/** "**Routing** Basic Routing Profile · North / Sales"; empty when every part is empty. */
export function labeled(label: string, parts: readonly (Inline | null)[]): Inline[] {
  const words = dots(parts);
  return words.length > 0 ? [bold(label), ' ', ...words] : [];
}

function passwordNote(user: NewUser): string {
  const typed = 'password typed by the requester';
  return user.email ? typed : `${typed} (no “Forgot password” without an email address)`;
}

/** "key = value", one a tag. */
function tagWords(user: NewUser): string[] {
  return Object.entries(user.tags).map(([key, value]) => `${key} = ${value}`);
}

/**
 * Characters of tags on the card. Slack accepts about 13,200 characters per message (`msg_blocks_too_long`), 50 tags
 * can have 19,200, and the rest of a card up to 7,000.
 */
const tagCharacters = 4_000;

function tagLine(user: NewUser): Inline[] {
  const all = tagWords(user);
  if (all.length === 0) return [];
  const shown = fitting(all, tagCharacters);
  const rest = all.length - shown.length;
  const more = rest > 0 ? `, and ${rest} more: see the thread` : '';
  return [bold('Tags'), ` ${shown.join(', ')}${more}`];
}

/** Every tag, one per line, in as many messages as needed; empty when the card shows them all. */
export function tagPages(user: NewUser): string[][] {
  let rest = tagWords(user);
  if (fitting(rest, tagCharacters).length === rest.length) return [];
  const pages: string[][] = [];
  while (rest.length > 0) {
    const page = fitting(rest, 2 * tagCharacters);
    pages.push(page);
    rest = rest.slice(page.length);
  }
  return pages;
}

/** The first of these texts that fit together; at least one, because otherwise the loop would not end. */
function fitting(texts: readonly string[], characters: number): string[] {
  let used = 0;
  const end = texts.findIndex((text) => {
    used += text.length + 2;
    return used > characters;
  });
  return end < 0 ? [...texts] : texts.slice(0, Math.max(1, end));
}

/** "desk phone +1 555 555 1212". */
export function phoneWords(user: NewUser): string {
  const { phone } = user;
  if (phone.type === 'desk') {
    return `desk phone ${phoneInWords(phone.number)}${phone.autoAccept ? ', auto-accept' : ''}`;
  }
  const extras = [
    phone.autoAccept ? 'auto-accept' : '',
    phone.persistentConnection ? 'persistent connection' : '',
  ].filter(Boolean);
  return ['soft phone', ...extras].join(', ');
}

/** Connect treats 0 seconds as "no limit" (CreateUser docs). */
function afterCall(seconds: number): string {
  return seconds === 0 ? 'unlimited after-call work' : `${seconds} s after-call work`;
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
  EMAIL: 'Email contacts',
};

function channelLine(name: ContactChannel, settings: ChannelSettings): Inline[] {
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
  return [bold(channelNames[name]), ` ${parts.join(', ')}`];
}

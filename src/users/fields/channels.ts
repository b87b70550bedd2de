/** Settings of individual contact channels that differ from the user's phone settings. */
import { problem } from '../../errors/problem.ts';
import { shown } from '../../text/tidy.ts';
import { type Notes, readText } from '../draft-findings.ts';
import type {
  ChannelDraft,
  ChannelSettings,
  ContactChannel,
  NewUser,
  UserDraft,
} from '../new-user.ts';
import { readSeconds, readYesNo } from './setting-words.ts';

const channelNames: readonly (readonly [ContactChannel, string])[] = [
  ['VOICE', 'voice'],
  ['CHAT', 'chat'],
  ['TASK', 'task'],
  ['EMAIL', 'email'],
];

const settingNames = {
  autoAccept: 'Auto-accept',
  afterContactWorkSeconds: 'After-contact work',
  agentFirstCallbackAutoAccept: 'Auto-accept of agent-first callbacks',
  agentFirstCallbackAfterContactWorkSeconds: 'After-contact work of agent-first callbacks',
} as const satisfies Record<keyof ChannelDraft, string>;

type Place = { readonly channel: string; readonly setting: string };

/** Reads the per-channel settings; undefined when no channel has any. */
export function checkChannels(draft: UserDraft, notes: Notes): NewUser['channels'] {
  if (!draft.channels) return undefined;
  const entries = channelNames.flatMap(([channel, name]) => {
    const typed = draft.channels?.[channel];
    const settings = typed && checkChannel(channel, name, typed, notes);
    return settings && Object.keys(settings).length > 0 ? [[channel, settings] as const] : [];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function checkChannel(
  channel: ContactChannel,
  channelName: string,
  typed: ChannelDraft,
  notes: Notes,
): ChannelSettings {
  const place = (setting: keyof ChannelDraft): Place => ({
    channel: channelName,
    setting: settingNames[setting],
  });
  const yesNo = (setting: 'autoAccept' | 'agentFirstCallbackAutoAccept') =>
    checkYesNo(typed[setting], place(setting), notes);
  const seconds = (
    setting: 'afterContactWorkSeconds' | 'agentFirstCallbackAfterContactWorkSeconds',
  ) => checkSeconds(typed[setting], place(setting), notes);
  const settings = {
    autoAccept: yesNo('autoAccept'),
    afterContactWorkSeconds: seconds('afterContactWorkSeconds'),
    agentFirstCallbackAutoAccept: yesNo('agentFirstCallbackAutoAccept'),
    agentFirstCallbackAfterContactWorkSeconds: seconds('agentFirstCallbackAfterContactWorkSeconds'),
  };
  if (channel !== 'VOICE') {
    for (const setting of [
      'agentFirstCallbackAutoAccept',
      'agentFirstCallbackAfterContactWorkSeconds',
    ] as const) {
      if (settings[setting] === undefined) continue;
      notes.wrong('channels', problem('channel.voice-only', place(setting)));
    }
  }
  return withoutUndefined(settings);
}

function withoutUndefined(
  settings: {
    [Key in keyof ChannelSettings]-?: ChannelSettings[Key] | undefined;
  },
): ChannelSettings {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

function checkYesNo(typed: string | undefined, place: Place, notes: Notes): boolean | undefined {
  const text = readText(notes, 'channels', typed);
  if (text === undefined) return undefined;
  const answer = readYesNo(text);
  if (answer === undefined) {
    notes.wrong('channels', problem('channel.not-yes-or-no', { ...place, value: shown(text) }));
  }
  return answer;
}

function checkSeconds(typed: string | undefined, place: Place, notes: Notes): number | undefined {
  const text = readText(notes, 'channels', typed);
  if (text === undefined) return undefined;
  const read = readSeconds(text);
  if (read.kind === 'seconds') return read.seconds;
  const meant = read.kind === 'not-whole' ? read.meant : undefined;
  notes.wrong(
    'channels',
    problem('channel.seconds', { ...place, value: shown(text) }),
    meant === undefined ? undefined : String(meant),
  );
  return undefined;
}

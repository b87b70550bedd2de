/** The collapsible part of the form "Add a Connect user". */
import type { KnownBlock } from '@slack/types';
import type { ContactChannel } from '../../users/new-user.ts';
import { context, plain } from '../blocks.ts';
import { choice, text, tick, unfold, wholeNumber } from '../inputs.ts';
import { notBeforeBlock } from '../not-before-field.ts';
import {
  type ChannelSetting,
  channelField,
  contactChannels,
  type FormState,
  fields,
} from './form-field-ids.ts';
import type { FormFacts } from './form-view.ts';
import type { Initial } from './initial-values.ts';

/** Rarely used fields, collapsed until requested. */
export function moreBlocks(state: FormState, facts: FormFacts, initial: Initial): KnownBlock[] {
  if (!state.more) return [unfold(fields.more, 'More settings')];
  const blocks: KnownBlock[] = [
    ...(secondaryEmailIsShown(facts) ? [] : [secondaryEmailBlock(initial)]),
    text(fields.mobile, 'Mobile number', {
      optional: true,
      initial: initial.mobile,
      placeholder: '+1 555 555 1212',
    }),
  ];
  if (facts.snapshot.facts.identityMode === 'EXISTING_DIRECTORY') {
    blocks.push(
      text(fields.directoryUserId, 'Directory user ID', {
        optional: true,
        initial: initial.directoryUserId,
        hint: 'Only if Amazon Connect can’t reach your directory',
      }),
    );
  }
  if (state.phone === 'soft') {
    blocks.push(
      tick(
        fields.persistentConnection,
        'Soft phone connection',
        'Keep the connection open between calls',
        initial.persistentConnection,
      ),
    );
  }
  blocks.push(
    choice(fields.voiceEnhancement, 'Audio enhancement', initial.voiceEnhancement, [
      ['VOICE_ISOLATION', 'Isolate the voice'],
      ['NOISE_SUPPRESSION', 'Suppress noise'],
      ['NONE', 'None'],
    ]),
    ...(tagsAreShown(facts) ? [] : [tagsBlock(facts, initial)]),
    text(fields.proficiencies, 'Proficiencies', {
      optional: true,
      multiline: true,
      initial: initial.proficiencies,
      placeholder: 'Language=German:4',
      hint: 'One a line: attribute=value:level, with a level from 1 to 5',
    }),
  );
  blocks.push(notBeforeBlock(facts.initial?.notBefore));
  if (!state.channels) blocks.push(unfold(fields.perChannel, 'Settings for single channels'));
  return blocks;
}

/** Whether the email address is among the first fields: a SAML user gets notifications only at this address. */
export const secondaryEmailIsShown = ({ snapshot }: FormFacts): boolean =>
  snapshot.facts.identityMode === 'SAML';

export function secondaryEmailBlock(initial: Initial): KnownBlock {
  return {
    type: 'input',
    block_id: fields.secondaryEmail,
    optional: true,
    label: plain('Secondary email'),
    hint: plain('Receives notifications instead of the first address, but never password resets'),
    element: {
      type: 'email_text_input',
      action_id: fields.secondaryEmail,
      ...(initial.secondaryEmail ? { initial_value: initial.secondaryEmail } : {}),
    },
  };
}

/** Whether tags are among the first fields, because every user of this instance gets or needs some. */
export const tagsAreShown = ({ instance }: FormFacts): boolean =>
  instance.requiredTags.length > 0 || Object.keys(instance.defaultTags).length > 0;

export function tagsBlock({ instance }: FormFacts, initial: Initial): KnownBlock {
  const { requiredTags, defaultTags } = instance;
  const lines = Object.entries(defaultTags).map(([key, value]) => `${key}=${value}`);
  // A required key is filled in, without a value after the equals sign.
  for (const key of requiredTags) if (!Object.hasOwn(defaultTags, key)) lines.push(`${key}=`);
  const needed = requiredTags.length > 0 ? `. Needed: ${requiredTags.join(', ')}` : '';
  return text(fields.tags, 'Tags', {
    optional: true,
    multiline: true,
    initial: initial.tags ?? (lines.length > 0 ? lines.join('\n') : undefined),
    placeholder: 'team=billing\nsite=Lisbon',
    hint: `One key=value per line${needed}`.slice(0, 2000),
  });
}

const channelLabels: Record<ContactChannel, string> = {
  VOICE: 'Voice',
  CHAT: 'Chat',
  TASK: 'Tasks',
  EMAIL: 'Email contacts',
};

/** Settings of individual channels, which only the newer members of CreateUser support. */
export function channelBlocks(state: FormState, initial: Initial): KnownBlock[] {
  if (!state.more || !state.channels) return [];
  const yesNo = [
    ['yes', 'Yes'],
    ['no', 'No'],
  ] as const;
  const blocks: KnownBlock[] = [
    context('channel_settings_note', 'Settings left empty here follow the settings above.'),
  ];
  for (const channel of contactChannels) {
    const label = channelLabels[channel];
    const value = (setting: ChannelSetting) => initial.channels[channelField(channel, setting)];
    blocks.push(
      choice(
        channelField(channel, 'auto_accept'),
        `${label}: accept automatically`,
        value('auto_accept'),
        yesNo,
      ),
      wholeNumber(
        channelField(channel, 'after_call_work'),
        `${label}: after-contact work (seconds)`,
        {
          optional: true,
          initial: value('after_call_work'),
        },
      ),
    );
    if (channel !== 'VOICE') continue;
    blocks.push(
      choice(
        channelField(channel, 'callback_auto_accept'),
        'Agent-first callbacks: accept automatically',
        value('callback_auto_accept'),
        yesNo,
      ),
      wholeNumber(
        channelField(channel, 'callback_after_call_work'),
        'Agent-first callbacks: after-contact work (seconds)',
        { optional: true, initial: value('callback_after_call_work') },
      ),
    );
  }
  return blocks;
}

/** Catalogue of errors: the form, clicks and cards in Slack. */
import type { ErrorEntry } from './entry.ts';

export const formErrors = {
  'form.too-slow': {
    sentence: 'Slack’s time limit ran out before the form could open.',
    todo: 'Press the same button, or type the same command, once more.',
  },
  'form.too-many': {
    sentence: 'You opened many forms within a short time, so this one stays closed.',
    todo: 'Wait a few seconds. Then press the same button, or type the same command, once more.',
  },
  'status.unknown': {
    sentence: 'There is no request {number} that you may see.',
    todo: 'Type /connect-add-user mine for your own requests.',
  },
  'status.not-a-number': {
    sentence: '“{text}” is not the number of a request.',
    todo: 'Numbers look like CU-1042. Type /connect-add-user mine for your own requests.',
  },
  'form.directory-unreachable': {
    sentence: 'Amazon Connect isn’t providing the profiles and groups of {instance} ({why}).',
    todo: 'Try again in a minute. If it keeps happening, tell the operator.',
  },
  'form.not-saved': {
    sentence: 'I couldn’t save this, so nothing was sent. What you typed is still here.',
    todo: 'Press the button again in a moment.',
  },
  'form.already-sent': {
    sentence:
      'You already sent this form as {number}, with {what}. What you changed since then was not sent.',
    todo: 'Close this form. To request somebody else, open a new one with /connect-add-user.',
  },
  'form.already-decided': {
    sentence: 'You already sent this form for {number} with another reason, and that one counts.',
    todo: 'Close this form.',
  },
  'form.reason-missing': {
    sentence: 'Enter a short reason.',
    todo: '',
  },
  'form.unknown-instance': {
    sentence: 'The instance “{instance}” is no longer configured.',
    todo: 'Open the form again.',
  },
  'click.not-saved': {
    sentence: 'I couldn’t save that click, so nothing has changed.',
    todo: 'Click again in a moment.',
  },

  'channel.shared': {
    sentence: 'This channel is shared with another company: people there see this request.',
    todo: '',
  },
  'channel.shared-refused': {
    sentence:
      'The requests channel {channel} of {instance} is shared with another company, and the policy refuses that.',
    todo: 'Ask an operator to choose another channel (requestsChannel), or to set sharedChannel to warn.',
  },
  'card.refused': {
    sentence:
      'I can’t post your request in the requests channel {channel} (Slack says {code}), so nobody can approve it yet.',
    todo: 'Ask an operator to invite me to that channel. I’ll try again automatically.',
  },
  'card.archived': {
    sentence:
      'The requests channel {channel} is archived, so I can’t post your request there and nobody can approve it yet.',
    todo: 'Ask somebody to unarchive it. I’ll try again automatically, within an hour.',
  },
  'not-before.past': {
    sentence: 'This time is in the past.',
    todo: 'Choose a later one, or none: then they are created once approved.',
  },
  'not-before.too-far': {
    sentence: 'This is more than {days} days ahead, which is as long as an approval can wait.',
    todo: 'Choose an earlier time, or request it later.',
  },
  'not-before.password': {
    sentence: 'The password that you typed is kept until {until} only, which is before this time.',
    todo: 'Choose an earlier time, or let me generate a password.',
  },
  'not-before.earlier': {
    sentence: 'Only people who may approve can move it to before {was}.',
    todo: 'Choose a later time, or ask one of them.',
  },
  'not-before.gap': {
    sentence:
      '“{written}” does not exist in {zone}: the clocks go forward then. They show {instead}.',
    todo: 'Send the file again and write: not before {instead}.',
  },
  'not-before.twice': {
    sentence:
      'The clocks in {zone} show {time} twice that night: this is the {which} one, {moment}.',
    todo: 'If the other one is meant, move it by an hour.',
  },
  'not-before.unreadable': {
    sentence: 'I can’t read the time “{written}” after “not before”.',
    todo: 'Send the file again and write it like this: not before 2026-12-01 09:00.',
  },
  'not-before.not-scheduled': {
    sentence: 'This request does not wait for a time, so there is nothing to move.',
    todo: '',
  },
  'preset.unknown': {
    sentence: '{instance} has no preset “{preset}”.',
    todo: 'Choose one of: {names}.',
  },
  'preset.none': {
    sentence: '{instance} has no presets that you may use.',
    todo: 'Leave the preset empty and fill in the other fields.',
  },
  'preset.not-yours': {
    sentence: 'You may not use the preset “{preset}” in {instance}.',
    todo: 'Choose another one, or ask the operator of this bot.',
  },
  'preset.broken': {
    sentence: 'The preset “{preset}” names “{name}”, which {instance} does not have.',
    todo: 'The operator has to correct the preset. Until then, leave the preset empty.',
  },
  'preset.fixed': {
    sentence: 'The preset “{preset}” sets this to “{value}”, and it can’t be changed.',
    todo: 'Leave it empty, or leave the preset out.',
  },
  'preset.no-username': {
    sentence: 'The preset “{preset}” can’t make a username out of these names.',
    todo: 'Type the username.',
  },
} as const satisfies Record<string, ErrorEntry>;

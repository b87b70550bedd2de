/** Catalogue of errors: the form, clicks and cards in Slack. */
import type { ErrorEntry } from './entry.ts';

export const formErrors = {
  'form.too-slow': {
    sentence: 'Slack gave me no time to open the form.',
    todo: 'Run /connect-add-user again.',
  },
  'form.directory-unreachable': {
    sentence: 'Amazon Connect does not tell me what {instance} offers ({why}).',
    todo: 'Try again in a minute. If it goes on, tell the operator.',
  },
  'form.not-saved': {
    sentence: 'I could not save this just now, so nothing was sent. What you typed is still here.',
    todo: 'Press the button again in a moment.',
  },
  'form.reason-missing': {
    sentence: 'Say in a few words why.',
    todo: '',
  },
  'form.unknown-instance': {
    sentence: 'The instance “{instance}” is not configured any more.',
    todo: 'Open the form again.',
  },
  'click.not-saved': {
    sentence: 'I could not save that just now, so nothing has changed.',
    todo: 'Click again in a moment.',
  },

  'card.refused': {
    sentence:
      'I cannot post your request in the requests channel {channel} (Slack says {code}), so nobody can approve it yet.',
    todo: 'Ask an operator to invite me to that channel; I try again by myself.',
  },
} as const satisfies Record<string, ErrorEntry>;

/** Catalogue of errors: unexpected errors, and outages for which a request waits. */
import type { ErrorEntry } from './entry.ts';

export const generalErrors = {
  unexpected: {
    sentence: 'Something unexpected went wrong.',
    todo: 'Try again. If it happens again, give the operator this reference: {reference}.',
  },
  'check.gave-up': {
    sentence:
      'I couldn’t check this request: something unexpected went wrong (reference {reference}). Nobody was asked to approve it.',
    todo: 'Press Check again. If it fails again, give the operator this reference.',
  },
  'check.ended-process': {
    sentence: 'Checking this request stopped the bot more than once, so I set it aside.',
    todo: 'Send it in smaller parts, or give the operator this reference: {reference}.',
  },
  'check.not-yours': {
    sentence: 'Only {requester}, who requested this, can have it checked again.',
    todo: '',
  },
  'check.slow': {
    sentence: 'This is taking longer than usual. Nothing is lost.',
    todo: 'I’ll keep trying and post the result here.',
  },
  'publish.gave-up': {
    sentence:
      'I couldn’t show the latest state of {number} in Slack (reference {reference}). What was decided is saved.',
    todo: 'Give the operator this reference.',
  },
  'job.gave-up': {
    sentence: 'I gave up on a job of {number} (queue {queue}) after several attempts.',
    todo: 'Search the log for the reference {reference}, which is at every attempt.',
  },
  'webhook.given-up': {
    sentence:
      'The webhook at {host} hasn’t taken events of the audit trail for three days: {wrong}.',
    todo: 'Fix it and restart me: nothing is lost, and I’ll send the rest then.',
  },
  'connect.read-denied': {
    sentence: 'AWS doesn’t allow me to read what I need from {instance}: it denies {operation}.',
    todo: 'An operator must allow it as npm run iam-policy prints it.',
  },
  'slack.unavailable': {
    sentence: 'Slack isn’t answering me right now. Nothing is lost.',
    todo: 'I’ll try again every minute and post the result here.',
  },
  'deputy.meanwhile': {
    sentence: 'You named a deputy twice at the same moment, and the other one counts.',
    todo: 'If that is not whom you meant, type the command again.',
  },
} as const satisfies Record<string, ErrorEntry>;

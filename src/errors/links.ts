/** Catalogue of errors: runs of the workflow step, and who in Slack is which Connect user, where an admin has to say so. */
import type { ErrorEntry } from './entry.ts';

export const linkErrors = {
  'workflow.nobody': {
    sentence: 'Slack doesn’t say who ran this workflow, so nobody has requested anything.',
    todo: 'Start the workflow from a link, a button or a form, and install the app from manifest.workflow.yml.',
  },
  'workflow.unknown-instance': {
    sentence: 'I know no instance “{instance}”, so nobody has requested anything.',
    todo: 'Correct the name in the workflow’s step, or leave it empty for the first instance of the policy file.',
  },
  'link.usage': {
    sentence: 'Write your username in Amazon Connect behind it: /connect-add-user link mmajor.',
    todo: 'Where there are several instances, add the name of one: link mmajor production.',
  },
  'link.not-allowed': {
    sentence: 'The policy file does not let people be linked (identity.ways has no link).',
    todo: 'Ask an operator.',
  },
  'link.known': {
    sentence: 'I know you as “{username}” in {instance} already.',
    todo: 'If that is wrong, ask an admin to correct it.',
  },
  'link.no-user': {
    sentence: '{instance} has no user “{username}”. Capital letters count.',
    todo: 'Look up your username in Amazon Connect and try again.',
  },
  'link.not-posted': {
    sentence: 'I couldn’t post the question in the requests channel.',
    todo: 'Ask somebody to invite me there, and try again.',
  },
  'link.over': {
    sentence: 'This link was decided or removed already, or its user has changed.',
    todo: 'See /connect-add-user links for what holds now.',
  },
  'link.too-old': {
    sentence: 'This was asked for more than 7 days ago.',
    todo: 'Whoever needs it can ask again with /connect-add-user link.',
  },
  'link.own': {
    sentence: 'Nobody confirms a link of their own.',
    todo: 'Leave it to another admin.',
  },
  'link.not-admin': {
    sentence: 'Links in {instance} are for people who hold Users – Create there.',
    todo: 'Leave it to one of them.',
  },
  'decision.vouched-for': {
    sentence:
      'The requester confirmed which Connect user you are, so you and they count as one person here.',
    todo: 'Leave it to somebody else, or ask an operator to link you in identity.links of the policy file.',
  },
  'link.taken': {
    sentence: '{who} is the user “{username}” already, and nobody can be two people.',
    todo: 'Remove the other link first (/connect-add-user links), or correct the policy file.',
  },
} as const satisfies Record<string, ErrorEntry>;

/** Catalogue of errors: who may request, decide and cancel. */
import type { ErrorEntry } from './entry.ts';

export const accessErrors = {
  'person.stranger': {
    sentence:
      'You belong to another company’s workspace, so I cannot take requests or decisions from you here.',
    todo: 'Ask somebody at {team} to do it.',
  },
  'person.guest': {
    sentence: 'Guests cannot ask for Connect users or decide about them.',
    todo: 'Ask a full member of this workspace.',
  },
  'person.not-active': {
    sentence: 'This Slack account is deactivated or belongs to a bot.',
    todo: 'Use your own, active account.',
  },
  'identity.no-match': {
    sentence: 'I could not tell which user in {instance} you are: {tried}.',
    todo: 'An operator can link you in the policy file: identity.links, {person}: your Connect username.',
  },
  'identity.ambiguous': {
    sentence: 'I could not tell which Connect user you are: {why}.',
    todo: 'An operator can link you in the policy file: identity.links, {person}: your Connect username.',
  },
  'identity.foreign-domain': {
    sentence: 'Your Slack e-mail address is not in a domain that this bot trusts ({domains}).',
    todo: 'An operator can link you in the policy file: identity.links, {person}: your Connect username.',
  },
  'identity.link-dead': {
    sentence: 'You are linked to the Connect user “{username}”, but {instance} has no such user.',
    todo: 'Ask an operator to mend identity.links in the policy file.',
  },
  'request.not-allowed': {
    sentence: 'Asking for users in {instance} is limited to {allowed}.',
    todo: 'Ask one of them, or ask an operator to add you to mayRequest in the policy file.',
  },
  'request.nobody-may': {
    sentence: 'Nobody may ask for users in {instance} yet: mayRequest in the policy file is empty.',
    todo: 'Ask an operator to fill it in.',
  },
  'decision.own-request': {
    sentence: 'You can’t approve your own request.',
    todo: 'Somebody else who holds Users – Create in {instance} can; to take it back, press Cancel.',
  },
  'decision.own-request-others': {
    sentence: 'You can’t approve your own request.',
    todo: '{others} can; to take it back, press Cancel.',
  },
  'decision.needs-create': {
    sentence:
      'Deciding needs Users – Create in {instance}; your Connect user “{username}” does not have it.',
    todo: 'Ask an admin of {instance}.',
  },
  'decision.more-than-held': {
    sentence:
      'The security profile “{profile}” holds permissions that you do not hold yourself ({missing}).',
    todo: 'Somebody who holds them can approve this.',
  },
  'decision.could-not-check': {
    sentence:
      'Amazon Connect does not answer, so I could not check that you may decide. Nothing has changed.',
    todo: 'Try again in a minute.',
  },
  'decision.content-changed': {
    sentence: 'This request is not the one you were shown any more.',
    todo: 'Look at the card again before you decide.',
  },
  'decision.profile-gone': {
    sentence: 'A security profile of this request is not in {instance} any more.',
    todo: 'Deny it, so that {requester} can send it again with another one.',
  },
  'decision.already': {
    sentence: '{who} {did} this {ago}.',
    todo: '',
  },
  'decision.already-you': {
    sentence: 'You {did} this yourself {ago}.',
    todo: '',
  },
  'decision.over': {
    sentence: 'This request is over: {state}.',
    todo: 'Send a new one with /connect-add-user.',
  },
  'decision.not-ready': {
    sentence: 'This request is still being checked.',
    todo: 'Try again in a moment.',
  },
  'cancel.not-yours': {
    sentence: 'Only {requester}, who asked, can cancel this request.',
    todo: 'If you hold Users – Create you can deny it.',
  },
  'retry.under-way': {
    sentence: 'This request is being created already.',
    todo: 'The card shows how far it is.',
  },
  'retry.nothing': {
    sentence: 'Nothing in this request can be tried again as it is.',
    todo: 'Change what failed and send it as a new request.',
  },
  'retry.too-late': {
    sentence: 'The approval of this request is too old to create anybody under it.',
    todo: 'Send what failed as a new request.',
  },
  'request.unknown': {
    sentence: 'I do not know this request any more.',
    todo: 'Send a new one with /connect-add-user.',
  },
} as const satisfies Record<string, ErrorEntry>;

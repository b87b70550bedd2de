/**
 * Catalogue of errors: runs of the workflow step; identity links that an admin confirms; and the fresh sign-in for an
 * approval, if the policy requires it.
 */
import type { ErrorEntry } from './entry.ts';

export const linkErrors = {
  'identity.no-match': {
    sentence: 'I can’t tell which user in {instance} you are: {tried}.',
    todo: 'Type /connect-add-user link and your Connect username; an admin confirms it. Or an operator links {person} in identity.links of the policy file.',
  },
  'identity.ambiguous': {
    sentence: 'I can’t tell which Connect user you are: {why}.',
    todo: 'Ask an operator to link you in the policy file: identity.links, {person}: your Connect username.',
  },
  'identity.unusual-address': {
    sentence:
      'Your Slack email address has letters other than a–z in it, which can look like somebody else’s address.',
    todo: 'Ask an operator to link you in the policy file: identity.links, {person}: your Connect username.',
  },
  'identity.foreign-domain': {
    sentence: 'Your Slack email address is not in a domain that this bot trusts ({domains}).',
    todo: 'Ask an operator to link you in the policy file: identity.links, {person}: your Connect username.',
  },
  'identity.link-dead': {
    sentence: 'You are linked to the Connect user “{username}”, but {instance} has no such user.',
    todo: 'Ask an operator to correct identity.links in the policy file, or an admin to remove the link: /connect-add-user links.',
  },
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
  'link.asked': {
    sentence: 'You asked already: an admin has to confirm that you are “{username}” in {instance}.',
    todo: 'Wait for an admin. If that is the wrong user, name the right one in two minutes.',
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
    sentence: 'This link was requested more than 7 days ago.',
    todo: 'Whoever needs it can ask again with /connect-add-user link.',
  },
  'link.removed': {
    sentence: '{who} is no longer linked to “{username}”.',
    todo: 'What that user may do in Amazon Connect no longer counts for them here.',
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
  'sign-in.needed': {
    sentence: 'Before this counts, the policy requires you to sign in again at your company.',
    todo: 'Use the link below, as yourself. It works once, within 10 minutes, and for the request as it is now.',
  },
  'sign-in.other-way': {
    sentence: 'You signed in, but not in a way that the policy accepts for this.',
    todo: 'Press the button again and sign in with the factor that your company requires for approvals.',
  },
  'sign-in.not-fresh': {
    sentence: 'You signed in too long ago for this to count.',
    todo: 'Press the button again, and enter your password or factor when you are asked.',
  },
  'sign-in.other-person': {
    sentence:
      'Somebody else signed in than the person who pressed the button, so nothing was approved.',
    todo: 'Press the button again and sign in as yourself. If you did not press it, tell your security team.',
  },
  'sign-in.other-user': {
    sentence:
      'Your company’s sign-in does not say that you are the user “{username}”, so you are not linked.',
    todo: 'Look up your username in Amazon Connect, or wait: an admin is asked once 10 minutes are over.',
  },
  'sign-in.unverified-address': {
    sentence:
      'Your company’s sign-in says that your email address is not verified, so it does not count.',
    todo: 'Verify the address there, or ask an operator.',
  },
  'sign-in.over': {
    sentence: 'This link was used already, or its 10 minutes are over.',
    todo: 'Press the button in Slack again for a new one.',
  },
  'sign-in.other-browser': {
    sentence: 'The sign-in was started in another browser, so nothing was approved.',
    todo: 'Press the button in Slack again and stay in one browser.',
  },
  'sign-in.not-completed': {
    sentence: 'Your company’s sign-in ended without success ({why}).',
    todo: 'Press the button in Slack again, or ask an operator.',
  },
  'sign-in.not-valid': {
    sentence: 'What your company’s sign-in answered could not be trusted, so nothing was approved.',
    todo: 'Press the button in Slack again. If it happens again, ask an operator to look at the log.',
  },
  'sign-in.provider-away': {
    sentence: 'Your company’s sign-in isn’t responding.',
    todo: 'Try again in a minute: press the button in Slack once more.',
  },
  'sign-in.not-configured': {
    sentence:
      'The policy requires a fresh sign-in for this, and the bot knows no identity provider.',
    todo: 'Ask an operator to set OIDC_ISSUER and what belongs to it.',
  },
} as const satisfies Record<string, ErrorEntry>;

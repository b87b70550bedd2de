/** Catalogue of errors: creating users in Amazon Connect. */
import type { ErrorEntry } from './entry.ts';

export const creatingErrors = {
  'notice.no-approver': {
    sentence: 'I can’t find anybody who could approve this now.',
    todo: 'Ask your Amazon Connect administrator to give somebody Users – Create, or to come to the requests channel.',
  },
  'notice.few-approvers': {
    sentence: 'It needs {needed} approvals, and I find only {names} who could give one.',
    todo: 'Ask your Amazon Connect administrator to give more people Users – Create.',
  },
  'notice.quota': {
    sentence:
      '{beyond} of these {asked} users would exceed the quota of {quota} users in {alias}, which has {users}.',
    todo: 'Delete users who left, or ask AWS for a higher quota (Service Quotas, Amazon Connect, Users per instance).',
  },
  'notice.quota-one': {
    sentence: '{alias} has {users} users already, and its quota is {quota}.',
    todo: 'Delete users who left, or ask AWS for a higher quota (Service Quotas, Amazon Connect, Users per instance).',
  },
  'notice.workflow': {
    sentence:
      'A workflow filled this in, and the requester only ran it: whoever built the workflow may have chosen what is requested.',
    todo: 'Ask the requester whether they meant to request this.',
  },
  'notice.welcome-similar': {
    sentence:
      'The welcome for {name} goes to {member} in Slack, whose name or email address there differs.',
    todo: 'Make sure that they are the same person.',
  },
  'notice.welcome-nobody': {
    sentence:
      '{member} was picked in Slack, but {name} is not the same person by name or address, so nobody gets a welcome.',
    todo: '',
  },
  'notice.service-cloud-voice': {
    sentence:
      'Salesforce Service Cloud Voice manages {alias} and creates its users itself, so it may not know a user created here.',
    todo: 'Add them in Salesforce instead: Setup → Contact Centers → the contact center → Users.',
  },
  'notice.above-agent': {
    sentence: '{name} gives {more} permissions more than Agent.',
    todo: '',
  },
  'notice.first-of-profile': {
    sentence: 'First {name} {within}.',
    todo: '',
  },
  'notice.new-to-group': {
    sentence: 'None of the {users} users in {group} has {name}.',
    todo: '',
  },
  'notice.foreign-address': {
    sentence: 'External email: {shown}.',
    todo: '',
  },
  'notice.foreign-addresses': {
    sentence: '{count} of {users} emails are external: {shown}.',
    todo: '',
  },
  'notice.username-alike': {
    sentence: 'Username “{username}” close to {other}.',
    todo: '',
  },
  'notice.username-other-case': {
    sentence:
      '“{username}” is requested in {number} too, as “{other}”: only the capital letters differ.{others}',
    todo: 'Usernames are case sensitive, so these would be two users. Check that they aren’t the same person.',
  },
  'notice.more-alike': {
    sentence: '{rest} more of this kind.',
    todo: '',
  },
  'notice.first-request': {
    sentence: 'First request of {name}, and for {users} users.',
    todo: '',
  },
  'notice.many-users': {
    sentence: '{name}’s largest request before was for {largest}.',
    todo: '',
  },
  'notice.same-access': {
    sentence: 'Same access as {same} of {all} users on {name}.',
    todo: '',
  },
  'notice.other-access': {
    sentence: 'None of the {all} users on {name} has this access.',
    todo: '',
  },
  'notice.replaces': {
    sentence: 'Replaces {number}{changes}',
    todo: '',
  },
  'notice.usual-access': {
    sentence: '{usual} of {all} get the usual access for their routing profile.',
    todo: '',
  },
  'create.duplicate': {
    sentence: 'The username “{username}” already exists in {instance}.',
    todo: 'Choose another username, or edit the existing user.',
  },
  'create.invalid': {
    sentence: 'Amazon Connect refused these values: {detail}',
    todo: 'Correct them and send the request again.',
  },
  'create.not-found': {
    sentence: 'A profile or group in this request no longer exists in {instance}: {detail}',
    todo: 'Choose another one and send the request again.',
  },
  'create.quota': {
    sentence: '{instance} is full: its user quota is used up.',
    todo: 'Ask AWS for a higher quota (Service Quotas, Amazon Connect, Users per instance) or delete users who left. Then press Resume on the card.',
  },
  'create.denied': {
    sentence: 'AWS doesn’t allow me to create users in {instance}: {detail}',
    todo: 'An operator must allow connect:CreateUser as npm run iam-policy prints it. Then press Resume on the card.',
  },
  'create.look-up-denied': {
    sentence:
      'AWS doesn’t allow me to check whether a user was created in {instance}: it denies {operation}.',
    todo: 'An operator must allow it as npm run iam-policy prints it. Then press Resume on the card.',
  },
  'create.gave-up': {
    sentence:
      'Creating stopped: something unexpected went wrong (reference {reference}). Nobody is created twice.',
    todo: 'Give the operator this reference. Then press Resume on the card.',
  },
  'create.no-answer': {
    sentence: 'Amazon Connect isn’t giving a clear answer. Nobody is created twice.',
    todo: 'I’ll look up what happened, try again, and post the result here.',
  },
  'create.throttled': {
    sentence: 'Amazon Connect is limiting the rate of requests.',
    todo: 'I’ll continue at the rate it allows.',
  },
  'create.unavailable': {
    sentence: 'Amazon Connect isn’t responding. Nothing is lost.',
    todo: 'I’ll try again every minute and post the result here.',
  },
  'create.clock-wrong': {
    sentence:
      'AWS refuses my calls because the clock of the machine that I run on is wrong. Nothing is lost.',
    todo: 'An operator needs to set the clock. I’ll try again every minute.',
  },
  'create.no-credentials': {
    sentence: 'I can’t get AWS credentials right now. Nothing is lost.',
    todo: 'I’ll try again every minute. If this goes on, an operator needs to check the bot’s role.',
  },
  'create.follow-up-failed': {
    sentence:
      'Created, but proficiencies or traffic distribution groups could not be set ({detail}).',
    todo: 'Correct the cause and press Retry on the card, or set it in Connect. Nobody is created again.',
  },
  'create.unclear-for-good': {
    sentence:
      'Amazon Connect gave no clear answer, and I can’t tell whether the user “{username}”, which now exists in {instance}, was created by this request.',
    todo: 'Check that user in Connect before you request it again.',
  },
  'create.password-ended': {
    sentence: 'The typed password was kept as long as the policy allows and has been deleted.',
    todo: 'Request this user again, and type or generate a new password.',
  },
  'create.approval-ended': {
    sentence: 'The approval expired before this user was created.',
    todo: 'Request this user again.',
  },
  'create.limit': {
    sentence:
      'The limit for {whose} is {most} users {period}: {created} were created or are under way, and {waiting} more are waiting.',
    todo: 'Somebody who has not approved this can let it go on, with a reason.',
  },
  'resume.needs-second': {
    sentence: 'This request was paused by a limit, and you requested or approved it.',
    todo: 'Somebody else who can approve has to let it go on.',
  },
  'resume.lifted': {
    sentence: '{who} let this go on above the limit {ago}.',
    todo: '',
  },
  'resume.deputy': {
    sentence:
      'This request was paused by a limit, and you are the deputy of somebody who requested or approved it.',
    todo: 'Somebody else who can approve has to let it go on.',
  },
  'create.password-lost': {
    sentence:
      'The password that was typed for this user can’t be decrypted anymore, because SECRETS_KEY has changed.',
    todo: 'Send the request again.',
  },
  'welcome.not-active': {
    sentence: '{name} isn’t active in this Slack workspace, so no welcome was sent.',
    todo: 'Press Copy a welcome, and send it another way.',
  },
  'welcome.somebody-else': {
    sentence:
      'No welcome was sent: {member} was picked in Slack, and {name} is not the same person by name or address.',
    todo: 'Press Copy a welcome, and send it another way.',
  },
  'welcome.refused': {
    sentence: 'Slack didn’t take the welcome for {name} ({code}).',
    todo: 'Press Copy a welcome, and send it another way.',
  },
  'create.no-longer-valid': {
    sentence: 'The stored values of this row differ from what was approved.',
    todo: 'Nothing was created for it. Tell the operator, and send the request again.',
  },
} as const satisfies Record<string, ErrorEntry>;

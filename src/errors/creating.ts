/** Catalogue of errors: creating users in Amazon Connect. */
import type { ErrorEntry } from './entry.ts';

export const creatingErrors = {
  'create.duplicate': {
    sentence: 'The username “{username}” exists already in {instance}.',
    todo: 'Choose another username, or edit the user that exists.',
  },
  'create.invalid': {
    sentence: 'Amazon Connect refused these values: {detail}',
    todo: 'Change what it names and send the request again.',
  },
  'create.not-found': {
    sentence: 'A profile or group of this request is not in {instance} any more: {detail}',
    todo: 'Choose another one and send the request again.',
  },
  'create.quota': {
    sentence: '{instance} is full: its quota of users is used up.',
    todo: 'Ask AWS for a higher quota (Service Quotas, Amazon Connect, Users per instance) or delete users that left; then press Resume on the card.',
  },
  'create.denied': {
    sentence: 'AWS does not let me create users in {instance}: {detail}',
    todo: 'An operator must allow connect:CreateUser as in docs/iam-policy.json; then press Resume on the card.',
  },
  'create.look-up-denied': {
    sentence:
      'AWS does not let me find out whether a user was created in {instance}: it denies {operation}.',
    todo: 'An operator must allow it as in docs/iam-policy.json; then press Resume on the card.',
  },
  'create.throttled': {
    sentence: 'Amazon Connect is slowing us down.',
    todo: 'I carry on at its pace.',
  },
  'create.unavailable': {
    sentence: 'Amazon Connect does not answer. Nothing is lost.',
    todo: 'I try again every minute and tell you here.',
  },
  'create.unclear-for-good': {
    sentence:
      'Amazon Connect gave no clear answer, and I cannot tell whether the user “{username}” that exists in {instance} now is ours.',
    todo: 'Please look at that user in Connect before you ask again.',
  },
  'create.password-lost': {
    sentence:
      'The password typed for this user cannot be read any more (the SECRETS_KEY has changed).',
    todo: 'Send the request again.',
  },
  'create.no-longer-valid': {
    sentence: 'What was approved for this row is not what stands in the database.',
    todo: 'Nothing was created for it. Tell the operator, and send the request again.',
  },
} as const satisfies Record<string, ErrorEntry>;
